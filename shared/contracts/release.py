"""Releases and withdrawals, as they are asked for and answered."""

from collections import Counter
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.content import PublicItem
from shared.contracts.problem import FaultView
from shared.contracts.standing import WithdrawalKind
from shared.contracts.text import Reason, Strict
from shared.events import Event
from shared.moments import Day, Moment

LARGEST_RELEASE = 2_000
"""Items of one release: writing so many holds up all other releases for a few seconds."""


class ItemVersion(Strict):
    """An item to go out, as it was read."""

    item_id: UUID
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    stated_on: Day | None = Field(
        default=None, description="The date printed on it, if it was published earlier elsewhere."
    )
    stated_reason: Reason | None = Field(
        default=None, description="Why it bears an earlier date; kept, and known to the audit."
    )

    @model_validator(mode="after")
    def explain_date(self) -> Self:
        """Refuse to back-date without a reason."""
        if self.stated_on is not None and self.stated_reason is None:
            raise PydanticCustomError("reason_missing", "An earlier date needs a reason.")
        return self


class NewRelease(Strict):
    """Items that go out together: all of them or none."""

    items: Annotated[list[ItemVersion], Field(min_length=1, max_length=LARGEST_RELEASE)]

    @field_validator("items")
    @classmethod
    def name_each_once(cls, items: list[ItemVersion]) -> list[ItemVersion]:
        """Refuse an item that is named twice, by its id."""
        times = Counter(item.item_id for item in items)
        if twice := sorted(str(item_id) for item_id, count in times.items() if count > 1):
            raise PydanticCustomError(
                "item_twice", "Named more than once: {items}", {"items": "、".join(twice)}
            )
        return items


class ReleaseOrder(NewRelease):
    """A release, and when it is to happen."""

    at: Moment | None = Field(
        default=None, description="A time within a year; at once without it."
    )


class ReleaseView(BaseModel):
    """A release that happened."""

    id: UUID
    seq: int
    released_at: datetime


class ReleasePreview(BaseModel):
    """What a release would do, were it carried out now."""

    faults: list[FaultView] = Field(description="Everything that keeps it back.")
    items: list[PublicItem] = Field(description="The items as the public would read them.")
    leaving: list[UUID] = Field(description="Status statements that would leave.")


class Withdrawal(Strict):
    """Why an item is taken back, as what, and what stands in its place."""

    reason: Reason
    kind: WithdrawalKind = WithdrawalKind.MISTAKEN
    successor: UUID | None = Field(
        default=None, description="The public item in place of a superseded one."
    )

    @model_validator(mode="after")
    def place_successor(self) -> Self:
        """Refuse a successor of what was not superseded."""
        if self.successor is not None and self.kind is not WithdrawalKind.SUPERSEDED:
            raise PydanticCustomError("successor_misplaced", "Only the superseded has one.")
        return self


class Withdrawn(BaseModel):
    """An item that is public no more."""

    item_id: UUID
    seq: int
    kind: WithdrawalKind = WithdrawalKind.MISTAKEN
    also: list[UUID] = Field(
        default=[], description="Interpretations withdrawn with their policy."
    )


class Relation(StrEnum):
    """How a public item depends on another."""

    INTERPRETATION = "interpretation"
    REPOST = "repost"
    REPLACED = "replaced"
    LINK = "link"
    TOPIC = "topic"
    CLAIMED = "claimed"
    COPY = "copy"


class Affected(BaseModel):
    """Something that refers to a public item or shows it: what a withdrawal does to it."""

    id: UUID = Field(description="Its own: of an item, topic, obligation or copy.")
    item_id: UUID = Field(description="The item that refers; of a page or topic, the one asked.")
    site_code: str
    title: str
    url: str | None = Field(default=None, description="Where it stands.")
    relation: Relation
    leaves: bool = Field(
        description="It is withdrawn too, or must be taken down; if not, it only loses its link."
    )


class PublicStep(BaseModel):
    """A step of an item's public history, with what the public is not told."""

    seq: int
    act: str
    at: datetime
    kind: WithdrawalKind | None
    successor: UUID | None
    reason: str | None
    by: str | None


class ItemBackdated(Event, type="content.item.backdated", subject="item_id"):
    """An item went out with an earlier date printed on it than the day it became public."""

    item_id: UUID
    site_code: str
    column_id: UUID
    stated_on: date
    first_public_at: datetime
    release_seq: int
    reason: str


class ItemsReaddressed(Event, type="content.items.readdressed", subject="site_code"):
    """Public items, or the origins of reposts, got the address of their site's new domain."""

    site_code: str
    domain: str
    items: int
    release_seq: int
