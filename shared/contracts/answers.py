"""Answers to letters: drafts and their review, and what is announced of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import Verdict
from shared.contracts.letters import LetterKind
from shared.contracts.text import Reason, Strict
from shared.events import Event


class FindingSeverity(StrEnum):
    """What a sign asks of whoever approves the answer regardless."""

    MUST_EXPLAIN = "must_explain"
    HINT = "hint"


class AnswerFinding(BaseModel):
    """A sign that an answer puts its reader off."""

    code: str
    severity: FindingSeverity = FindingSeverity.MUST_EXPLAIN
    excerpt: str
    message: str
    share: float | None = Field(
        default=None, description="How much of it stands in the other answer most like it."
    )
    letters: int | None = Field(default=None, description="How many other letters it concerns.")


class LetterAnswer(BaseModel):
    """An answer to a letter, as those who work on it see it."""

    round: int
    organization: str = Field(description="Path of the unit that wrote it.")
    supplement: bool = Field(description="Whether it follows an answer the writer has.")
    text: str
    answer_hash: str = Field(description="Name it in the review: it binds consent to this text.")
    author: str
    written_at: datetime
    findings: list[AnswerFinding]
    policies: list[UUID] = Field(default=[], description="Items of policies the answer cites.")
    verdict: Verdict | None = None
    reviewer: str | None = None
    decided_at: datetime | None = None
    withdrawn_at: datetime | None = Field(
        default=None, description="When its unit withdrew it from review."
    )
    reason: str | None = Field(default=None, description="Why returned, or approved regardless.")


class GivenAnswer(BaseModel):
    """An approved answer, as its writer has it."""

    text: str
    answered_at: datetime
    answering_unit: str
    supplement: bool = Field(description="补充答复: it follows an earlier one, which stands.")
    policies: list[UUID] = Field(default=[], description="Items of policies it cites.")


class AnswerReview(Strict):
    """A reviewer's decision on exactly the answer that was read."""

    verdict: Verdict
    answer_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reason: Reason | None = Field(
        default=None, description="Needed to return, and to approve what looks perfunctory."
    )


class AnswerDrafted(Event, type="interaction.answer.drafted", subject="letter_id"):
    """The unit in charge asked for the review of an answer."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    answer_hash: str
    supplement: bool = False


class AnswerWithdrawn(Event, type="interaction.answer.withdrawn", subject="letter_id"):
    """The unit in charge withdrew an answer from its review."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    answer_hash: str
    supplement: bool = False


class AnswerReturned(Event, type="interaction.answer.returned", subject="letter_id"):
    """A reviewer gave a draft answer back."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    answer_hash: str
    supplement: bool = False


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
    hints: list[str] = Field(default=[], description="Milder signs that stood in it.")
    policies: list[UUID] = Field(default=[], description="Items of policies it cites.")


class LetterSupplemented(Event, type="interaction.letter.supplemented", subject="letter_id"):
    """A further approved answer reached the writer; the first stands, and so does its day."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str
    organization: str
    answer_hash: str
    supplemented_on: date
    waived: list[str]
    hints: list[str] = []
    policies: list[UUID] = []
