"""Directives to repost, what each site did about them, and who subscribes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import ItemKind
from shared.contracts.receipts import Claim
from shared.contracts.registry import Level
from shared.contracts.subscribing import DeliveryState, Disabled, GivenUp, PayloadForm
from shared.events import Event


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


class Subscription(BaseModel):
    """A partner's wish to be told of changes at an address of its own."""

    id: UUID
    partner: str
    url: str
    site_codes: list[str]
    kinds: list[ItemKind] = []
    subjects: list[str] = []
    levels: list[Level] = []
    regions: list[str] = []
    words: list[str] = []
    payload: PayloadForm = PayloadForm.THIN
    active: bool
    disabled: Disabled | None = Field(default=None, description="Why it is not active.")
    paused: bool = Field(default=False, description="Messages wait until it is resumed.")
    failures: int = Field(default=0, description="Failures since a message was last received.")
    rests_until: datetime | None = Field(
        default=None, description="Nothing is sent before, and a probe then, if failures go on."
    )
    former_secret_until: datetime | None = Field(
        default=None, description="Until then messages are signed with the former secret too."
    )
    version: int


class OpenedSubscription(Subscription):
    """A subscription with its secret, which is shown this once."""

    secret: str | None = Field(
        default=None, description="Not shown to a repeated request with the same Idempotency-Key."
    )


class Delivery(BaseModel):
    """One message to a subscriber, and how it went."""

    id: UUID
    subscription_id: UUID
    event_id: UUID
    type: str
    subject: str = Field(default="", description="The item it is about.")
    state: DeliveryState = DeliveryState.WAITING
    attempts: int
    status: int | None = None
    due_at: datetime | None = Field(default=None, description="Not sent before.")
    delivered_at: datetime | None = Field(default=None, description="When it was last received.")
    given_up: GivenUp | None = Field(default=None, description="Why it is not sent any more.")


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
