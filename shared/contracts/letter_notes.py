"""Notes on letters, among those who work on them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.text import Prose, Strict
from shared.events import Event


class KeptNote(BaseModel):
    """That a note is kept, by whom and when."""

    id: UUID
    letter_id: UUID
    author: str
    organization: str = Field(description="Path of the unit its author belongs to.")
    written_at: datetime
    corrects: UUID | None = Field(default=None, description="The note in whose place it stands.")


class LetterNote(KeptNote):
    """A note on a letter; the letter's writer never sees one."""

    text: str
    corrected_by: UUID | None = Field(description="The note that put this one right.")


class NewNote(Strict):
    """A note to be kept; none is ever changed, a later one corrects it."""

    text: Annotated[Prose, Field(max_length=2_000)]
    corrects: UUID | None = None


class LetterNoted(Event, type="interaction.letter.noted", subject="letter_id"):
    """Somebody who works on a letter left a note."""

    letter_id: UUID
    number: str
    site_code: str
    note_id: UUID
    corrects: UUID | None
