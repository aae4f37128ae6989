"""Directives to repost, what sites answer, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.receipts import Claim
from shared.contracts.registry import Level
from shared.contracts.text import OrganizationCode, Reason, SiteCode, Strict
from shared.events import Event
from shared.moments import Moment


class Ask(StrEnum):
    """What a directive asks of a site."""

    REPOST = "repost"
    LINK = "link"


class ObligationState(StrEnum):
    """How far a site is with what a directive asks of it."""

    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    LATE = "late"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LIVE_CLAIMED = "live_claimed"
    LIVE_VERIFIED = "live_verified"
    DIVERGED = "diverged"


class Directive(BaseModel):
    """An order to repost an item, and by when."""

    id: UUID
    item_id: UUID
    title: str
    issuer: str = Field(description="Path of the organization that issued it.")
    ask: Ask
    deadline: datetime
    issued_at: datetime
    withdrawn: bool
    version: int


class Obligation(BaseModel):
    """What one site owes under a directive."""

    id: UUID
    directive_id: UUID
    item_id: UUID
    site_code: str
    state: ObligationState
    deadline: datetime
    settled_at: datetime | None = None
    late: bool = Field(description="Not settled when it fell due, whatever happened after.")
    reason: str | None = None
    repost_id: UUID | None = None
    claim: Claim | None = Field(
        default=None, description="Where the repost stands, and what its readings proved."
    )
    version: int


class NewDirective(Strict):
    """An order to the sites of a region, one level of it or all, or to named ones."""

    item_id: UUID
    issuer: OrganizationCode
    ask: Ask = Ask.REPOST
    deadline: Moment
    level: Level | None = None
    site_codes: Annotated[list[SiteCode], Field(max_length=1000)] | None = Field(
        default=None, description="Named sites; without them every site below the issuer."
    )


class Answer(StrEnum):
    """What a site may answer to a directive."""

    ACCEPT = "accept"
    DECLINE = "decline"


class ObligationAnswer(Strict):
    """A site reposts into one of its columns, or declines with a reason."""

    answer: Answer
    column_id: UUID | None = None
    reason: Reason | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse an acceptance without a column and a refusal without a reason."""
        if self.answer is Answer.ACCEPT and self.column_id is None:
            raise PydanticCustomError("column_missing", "Say in which column it will stand.")
        if self.answer is Answer.DECLINE and self.reason is None:
            raise PydanticCustomError("reason_missing", "A refusal needs a reason.")
        return self


class DirectiveIssued(Event, type="content.directive.issued", subject="directive_id"):
    """Sites were told to repost an item."""

    directive_id: UUID
    item_id: UUID
    issuer: str
    ask: Ask
    deadline: datetime
    site_codes: tuple[str, ...]


class ObligationSettled(Event, type="content.obligation.settled", subject="obligation_id"):
    """A site reposted, or declined with a reason."""

    obligation_id: UUID
    directive_id: UUID
    item_id: UUID
    site_code: str
    state: ObligationState
    late: bool
    deadline: datetime
    reason: str | None = None
    repost_id: UUID | None = None


class DirectiveWithdrawn(Event, type="content.directive.withdrawn", subject="directive_id"):
    """The item a directive was about is public no more, and neither are its reposts."""

    directive_id: UUID
    item_id: UUID
    reposts: tuple[UUID, ...]


class ObligationMissed(Event, type="content.obligation.missed", subject="obligation_id"):
    """A site let a directive's deadline pass."""

    obligation_id: UUID
    directive_id: UUID
    item_id: UUID
    site_code: str
    deadline: datetime


class ObligationClaimed(Event, type="content.obligation.claimed", subject="obligation_id"):
    """A site said where its repost stands."""

    obligation_id: UUID
    directive_id: UUID
    item_id: UUID
    site_code: str
    url: str


class ObligationJudged(Event, type="content.obligation.judged", subject="obligation_id"):
    """Two readings of a repost's page, apart in time, found the same, and not what stood before.

    The state is live-verified, diverged, or live-claimed again if the text is there no more.
    """

    obligation_id: UUID
    directive_id: UUID
    item_id: UUID
    site_code: str
    state: ObligationState
    url: str
    matched: float | None
    content_hash: str | None
    reading_id: UUID
