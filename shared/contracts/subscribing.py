"""Who subscribes to changes and to which, and how each message to them went."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AnyHttpUrl, BaseModel, Field, UrlConstraints, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.content import ItemKind
from shared.contracts.registry import Level
from shared.contracts.text import Line, SiteCode, Strict
from shared.events import Event
from shared.moments import Moment


class PayloadForm(StrEnum):
    """How much of an item a message holds."""

    THIN = "thin"
    FULL = "full"


class LeftOut(StrEnum):
    """Why a message that should be full is thin."""

    TOO_LARGE = "too_large"
    SUPERSEDED = "superseded"


class SubscriptionAct(StrEnum):
    """What became of a subscription."""

    OPENED = "opened"
    CHANGED = "changed"
    PAUSED = "paused"
    RESUMED = "resumed"
    SECRET_ROTATED = "secret_rotated"  # noqa: S105  # an act
    DISABLED = "disabled"
    ENDED = "ended"


class Disabled(StrEnum):
    """Why a subscriber is called no more."""

    GONE = "gone"
    FAILING = "failing"


class GivenUp(StrEnum):
    """Why a message is not sent any more."""

    REFUSED = "refused"
    UNANSWERED = "unanswered"
    DISABLED = "disabled"
    ENDED = "ended"


class DeliveryState(StrEnum):
    """Whether a message is still to be sent."""

    WAITING = "waiting"
    RECEIVED = "received"
    GIVEN_UP = "given_up"


class Filters(Strict):
    """Which changes a partner wants to hear of: each filter that is named must match."""

    site_codes: Annotated[list[SiteCode], Field(max_length=100)] = Field(
        default=[], description="No code means every site."
    )
    kinds: Annotated[list[ItemKind], Field(max_length=20)] = []
    subjects: Annotated[list[Line], Field(max_length=100)] = Field(
        default=[], description="Terms of the vocabulary `subject`; narrower terms are included."
    )
    levels: Annotated[list[Level], Field(max_length=10)] = Field(
        default=[], description="Levels of the sites."
    )
    regions: Annotated[
        list[Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["340300"])]],
        Field(max_length=100),
    ] = Field(default=[], description="GB/T 2260; what lies within a region is included.")
    words: Annotated[list[Line], Field(max_length=50)] = Field(
        default=[], description="At least one of them stands in the title, summary or text."
    )


class NewSubscription(Filters):
    """Where a partner wants to be told of changes, of which, and how much."""

    url: Annotated[AnyHttpUrl, UrlConstraints(max_length=500)]
    payload: PayloadForm = PayloadForm.THIN


class NewSecret(Strict):
    """For how long the former secret holds beside the new one."""

    overlap_hours: Annotated[int, Field(ge=0, le=168)] = 24


class NewReplay(Strict):
    """What is sent once more: one message, all that were given up, or all from a time on."""

    delivery_id: UUID | None = None
    dead_letters: bool = False
    since: Moment | None = None

    @model_validator(mode="after")
    def one_of_them(self) -> Self:
        """Refuse none and several."""
        if (self.delivery_id is not None) + self.dead_letters + (self.since is not None) != 1:
            raise PydanticCustomError("not_one", "Name one of the three.")
        return self


class Replay(BaseModel):
    """How many messages are sent once more."""

    deliveries: int = Field(
        description="Later ones about the same items included, so that the last word stays last."
    )


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


class Attempt(BaseModel):
    """One attempt to deliver a message; of the answer's body nothing is kept."""

    id: UUID
    at: datetime
    status: int | None = None
    fault: str | None = Field(default=None, description="Why nobody answered, if nobody did.")
    milliseconds: int


class SubscriptionChanged(Event, type="content.subscription.changed", subject="subscription_id"):
    """A partner opened, changed or ended a subscription, or its address is called no more."""

    subscription_id: UUID
    partner: str
    act: SubscriptionAct
