"""Tables of subscriptions, and of the messages sent to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Identity,
    Index,
    UniqueConstraint,
    false,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from services.content.syndication.partners.interest import Filters
from shared.contracts.subscribing import DeliveryState, Disabled, GivenUp, PayloadForm
from shared.ids import new_id
from shared.schedule import Due


class Subscription(Base):
    """A partner's wish to be told; its secret is derived, never stored.

    How its address answered is noted beside the version, which counts the partner's changes.
    """

    __tablename__ = "subscriptions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner: Mapped[str] = mapped_column(index=True)
    url: Mapped[str]
    site_codes: Mapped[list[str]]
    kinds: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    subjects: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    levels: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    regions: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    words: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    payload: Mapped[PayloadForm] = mapped_column(
        default=PayloadForm.THIN, server_default=PayloadForm.THIN
    )
    generation: Mapped[int] = mapped_column(default=1)
    former_secret_until: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)
    disabled: Mapped[Disabled | None]
    paused: Mapped[bool] = mapped_column(default=False, server_default=false())
    ended_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    failing_since: Mapped[datetime | None]
    rests_until: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def filters(self) -> Filters:
        """What it asks for."""
        return Filters(
            self.site_codes, self.kinds, self.subjects, self.levels, self.regions, self.words
        )


class Delivery(Due, Base):
    """One message to one subscriber; its receipt is kept.

    It is due as long as it is neither received nor given up; `position` orders what is about
    one item.
    """

    __tablename__ = "deliveries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("subscriptions.id"), index=True)
    position: Mapped[int] = mapped_column(BigInteger, Identity())
    event_id: Mapped[UUID]
    type: Mapped[str]
    subject: Mapped[str]
    payload: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())
    status: Mapped[int | None]
    delivered_at: Mapped[datetime | None]
    given_up: Mapped[GivenUp | None]

    __table_args__ = (
        UniqueConstraint("subscription_id", "event_id"),
        Index("ix_deliveries_subject", "subject", "subscription_id", "position"),
        Index(
            "ix_deliveries_open",
            "subscription_id",
            "subject",
            "position",
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_leased",
            "subscription_id",
            postgresql_where=text("leased_until IS NOT NULL"),
        ),
    )

    @property
    def state(self) -> DeliveryState:
        """Whether it is still to be sent."""
        if self.due_at is not None:
            return DeliveryState.WAITING
        received = self.delivered_at is not None and self.given_up is None
        return DeliveryState.RECEIVED if received else DeliveryState.GIVEN_UP


class Attempt(Base):
    """One attempt to deliver a message, and what was answered."""

    __tablename__ = "delivery_attempts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("deliveries.id"), index=True)
    at: Mapped[datetime]
    status: Mapped[int | None]
    fault: Mapped[str | None]
    milliseconds: Mapped[int]
