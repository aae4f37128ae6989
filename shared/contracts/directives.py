"""Directives to repost, what sites answer, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.binding import Ask, Order, Scope
from shared.contracts.declining import Decline, DeclineRuling
from shared.contracts.origin import Fidelity, LocalNote
from shared.contracts.problem import FaultView
from shared.contracts.receipts import Claim
from shared.contracts.registry import ColumnKind
from shared.contracts.text import OrganizationCode, Reason, Strict
from shared.events import Event
from shared.moments import Moment


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
    fidelity: Fidelity
    deadline: datetime
    issued_at: datetime
    withdrawn: bool
    column_kind: ColumnKind | None = Field(
        default=None, description="In what kind of column it had best stand."
    )
    policy: str | None = Field(
        default=None, description="The policy its deadline was counted by, if by one."
    )
    deadline_basis: str | None = Field(
        default=None, description="How the deadline came about, in words, in Chinese."
    )
    scope: Scope | None = Field(default=None, description="Whom it was to bind.")
    later_until: datetime | None = Field(
        default=None, description="Sites that open before are told too."
    )
    rule_id: UUID | None = Field(default=None, description="The rule it came from, if from one.")
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
    decline: Decline | None = Field(
        default=None, description="The last one; without a ruling it is under decision."
    )
    accepted_by: UUID | None = Field(
        default=None, description="The site's own rule that accepted it, if one did."
    )
    hindrances: list[FaultView] = Field(
        default=[], description="Why the site's rule could not accept it, so that somebody must."
    )
    claim: Claim | None = Field(
        default=None, description="Where the repost stands, and what its readings proved."
    )
    title: str = Field(default="", description="Of the item that is to be reposted.")
    issuer: str = Field(default="", description="Path of the organization that asks.")
    ask: Ask = Ask.REPOST
    fidelity: Fidelity = Fidelity.VERBATIM
    column_kind: ColumnKind | None = Field(
        default=None, description="In what kind of column it had best stand."
    )
    told_at: datetime | None = Field(default=None, description="When the site was told.")
    deadline_basis: str | None = Field(
        default=None, description="How its deadline came about, in words, in Chinese."
    )
    reminded_at: datetime | None = Field(
        default=None, description="When the site was last reminded that the deadline comes near."
    )
    escalated_at: datetime | None = Field(
        default=None, description="When its supervising organization was told that it is late."
    )
    escalated_to: str | None = Field(
        default=None, description="Path of the supervising organization that was told."
    )
    version: int


class Due(StrEnum):
    """How an obligation stands against its deadline."""

    SOON = "soon"
    LATE = "late"
    ESCALATED = "escalated"


class NewDirective(Order):
    """An order to repost an item, with a deadline by hand or by a policy."""

    item_id: UUID
    issuer: OrganizationCode
    deadline: Moment | None = None

    @model_validator(mode="after")
    def be_due_once(self) -> Self:
        """Refuse two deadlines and none, and one by hand for sites that are told later."""
        if (self.deadline is None) is (self.policy is None):
            raise PydanticCustomError("one_deadline", "Give a deadline or a policy.")
        if self.later_days is not None and self.policy is None:
            raise PydanticCustomError("later_policy", "Later sites need a policy.")
        return self


class Answer(StrEnum):
    """What a site may answer to a directive."""

    ACCEPT = "accept"
    DECLINE = "decline"


class ObligationAnswer(Strict):
    """A site reposts into one of its columns, or declines with a reason."""

    answer: Answer
    column_id: UUID | None = None
    local_note: LocalNote | None = None
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
    policy: str | None = None
    rule_id: UUID | None = None


class DirectiveExtended(Event, type="content.directive.extended", subject="directive_id"):
    """Sites that opened since were told of a standing directive, with a deadline of their own."""

    directive_id: UUID
    item_id: UUID
    issuer: str
    ask: Ask
    deadline: datetime
    site_codes: tuple[str, ...]


class ObligationDueSoon(Event, type="content.obligation.due_soon", subject="obligation_id"):
    """A site that has not answered yet was reminded that its deadline comes near."""

    obligation_id: UUID
    directive_id: UUID
    item_id: UUID
    site_code: str
    deadline: datetime


class ObligationEscalated(Event, type="content.obligation.escalated", subject="obligation_id"):
    """The organization that supervises a site was told that the site is late."""

    obligation_id: UUID
    directive_id: UUID
    item_id: UUID
    site_code: str
    deadline: datetime
    supervising: str


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


class DeclineRuled(Event, type="content.obligation.decline_ruled", subject="obligation_id"):
    """An issuer accepted a decline, or rejected it; then the obligation is open again."""

    obligation_id: UUID
    directive_id: UUID
    item_id: UUID
    site_code: str
    ruling: DeclineRuling
    state: ObligationState
    deadline: datetime
    reason: str | None = None


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
