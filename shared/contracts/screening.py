"""Screening letters: taking them up, refusing them, and answering several together."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.letters import LetterKind, Urgency
from shared.contracts.text import Reason, Strict
from shared.events import Event

MOST_MERGED = 50
"""So many letters are merged in one act; any number may wait for one lead."""


class LetterRefusalReason(BaseModel):
    """A reason to refuse letters, and what their writers are advised to do instead."""

    code: str
    label: str
    advice: str
    document: str
    clause: str


class NewRefusal(Strict):
    """Why a letter is refused, and what else its writer is told."""

    reason: Annotated[str, Field(description="The code of a listed reason.", max_length=32)]
    words: Reason | None = Field(
        default=None, description="Told to the writer after the reason and its advice."
    )


class NewMerger(Strict):
    """The letters that are to be answered with another."""

    letters: Annotated[list[UUID], Field(min_length=1, max_length=MOST_MERGED)]


class NewParting(Strict):
    """Why a merged letter is handled by itself again."""

    words: Reason = Field(description="Told to its writer.")


class NewUrgency(Strict):
    """How soon a letter must be looked at."""

    urgency: Urgency


class LetterAccepted(Event, type="interaction.letter.accepted", subject="letter_id"):
    """A letter was taken up, before a unit was named to answer it."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str


class LetterRefused(Event, type="interaction.letter.refused", subject="letter_id"):
    """A letter was refused for a listed reason; nobody owes it an answer."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str
    due_on: date
    reason: str


class LetterMerged(Event, type="interaction.letter.merged", subject="letter_id"):
    """A letter waits for the answer to another from now on; its own clock runs on."""

    letter_id: UUID
    number: str
    site_code: str
    lead_id: UUID
    lead_number: str


class LetterUnmerged(Event, type="interaction.letter.unmerged", subject="letter_id"):
    """A merged letter is handled by itself again."""

    letter_id: UUID
    number: str
    site_code: str
    lead_id: UUID


class LetterUrgencySet(Event, type="interaction.letter.urgency_set", subject="letter_id"):
    """A clerk said how soon a letter must be looked at."""

    letter_id: UUID
    number: str
    site_code: str
    urgency: Urgency
