"""Evaluations of answers, letters taken up again, and how letters end."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.letters import LetterKind, Satisfaction
from shared.contracts.text import Prose, Reason, Strict
from shared.events import Event


class Outcome(StrEnum):
    """How a letter ends; that it was answered is not that it was resolved."""

    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"


class NewEvaluation(Strict):
    """What a writer says of an answer."""

    satisfaction: Satisfaction
    solved: bool | None = Field(default=None, description="Whether the matter is settled.")
    comment: Annotated[Prose, Field(max_length=500)] | None = Field(
        default=None, description="Kept sealed, and never published."
    )


class Reopening(Strict):
    """Why a letter is to be taken up again."""

    reason: Reason


class Closure(Strict):
    """How a letter ends by its site's decision, and why; told its writer."""

    outcome: Outcome
    reason: Reason


class LetterEvaluation(BaseModel):
    """What a writer said of one answer."""

    id: UUID
    number: str
    round: int
    satisfaction: Satisfaction
    satisfaction_label: str
    solved: bool | None
    by_default: bool = Field(description="Nothing was said in time, which counts as satisfied.")
    evaluated_at: datetime


class ReadEvaluation(LetterEvaluation):
    """What a writer said of one answer, with the words, to those with authority over it."""

    comment: str | None


class EvaluationInvitation(BaseModel):
    """What a link asks to be evaluated; it tells nothing of the letter's content."""

    number: str
    kind: LetterKind
    kind_label: str
    answering_unit: str | None
    answered_on: date
    expires_on: date


class NewLink(BaseModel):
    """A link's token, shown this once; whoever has it may evaluate one answer once."""

    token: str
    expires_on: date


class LetterEvaluated(Event, type="interaction.letter.evaluated", subject="letter_id"):
    """A writer said what they think of an answer, or let the time pass."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    satisfaction: Satisfaction
    solved: bool | None
    by_default: bool


class LetterEnded(Event, type="interaction.letter.ended", subject="letter_id"):
    """A letter came to its end: resolved, or closed though unresolved."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    outcome: Outcome


class LetterReopened(Event, type="interaction.letter.reopened", subject="letter_id"):
    """A letter was taken up again; a further answer is owed."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    by_writer: bool
    times: int
    due_on: date
    due_provisional: bool
