"""Working drafts of answers: what a unit writes before it asks for review."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.answer_library import Policies
from shared.contracts.text import Strict
from shared.contracts.writing import LetterText
from shared.events import Event


class Insertion(BaseModel):
    """An entry of the answer library that was put into a draft, in the edition it had."""

    entry_id: UUID
    edition: int
    outdated: bool = Field(
        default=False, description="It says otherwise by now, is out of its time, or retired."
    )


class SavedDraft(BaseModel):
    """That a draft was saved; what it says is told to those who read it, and kept nowhere else."""

    letter_id: UUID
    policies: list[UUID]
    insertions: list[Insertion]
    writers: list[str] = Field(description="Whoever had a hand in it; none of them may review it.")
    saved_at: datetime
    saved_by: str
    version: int


class AnswerDraft(SavedDraft):
    """The text a unit works on; nobody else sees it before it is submitted."""

    text: str


class DraftText(Strict):
    """The text of a draft and the policies it cites."""

    text: LetterText
    policies: Policies = []


class DraftSubmission(Strict):
    """Which version of the draft is to be reviewed."""

    draft_version: Annotated[int, Field(ge=1)]


class EntryInsertion(Strict):
    """The entry of the answer library to put at the end of a draft."""

    entry_id: UUID


class AnswerBegun(Event, type="interaction.answer.begun", subject="letter_id"):
    """The unit in charge began to write; what it saves after that is told to nobody."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
