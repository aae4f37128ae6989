"""Answers to letters: drafts and their review, and what is announced of them."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import Verdict
from shared.contracts.letters import LetterKind
from shared.events import Event


class AnswerFinding(BaseModel):
    """A sign that an answer puts its reader off."""

    code: str
    excerpt: str
    message: str


class LetterAnswer(BaseModel):
    """The latest answer to a letter, as those who work on it see it."""

    text: str
    answer_hash: str = Field(description="Name it in the review: it binds consent to this text.")
    author: str
    written_at: datetime
    findings: list[AnswerFinding]
    verdict: Verdict | None = None
    reviewer: str | None = None
    decided_at: datetime | None = None
    reason: str | None = Field(default=None, description="Why returned, or approved regardless.")


class AnswerDrafted(Event, type="interaction.answer.drafted", subject="letter_id"):
    """The unit in charge drafted an answer."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    answer_hash: str


class AnswerReturned(Event, type="interaction.answer.returned", subject="letter_id"):
    """A reviewer gave a draft answer back."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    answer_hash: str


class LetterAnswered(Event, type="interaction.letter.answered", subject="letter_id"):
    """An approved answer reached the writer."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str
    organization: str
    answer_hash: str
    received_on: date
    answered_on: date
    due_on: date
    late: bool
    waived: list[str] = Field(description="Findings the reviewer let pass with a reason.")
