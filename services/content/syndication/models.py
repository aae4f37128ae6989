"""Tables of the syndication capability."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.syndication import Ask, ObligationState
from shared.ids import new_id
from shared.schedule import Due


class Directive(Base):
    """An order to repost an item."""

    __tablename__ = "directives"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(index=True)
    content_hash: Mapped[str]
    title: Mapped[str]
    issuer: Mapped[str]
    ask: Mapped[Ask]
    deadline: Mapped[datetime]
    issued_at: Mapped[datetime]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Obligation(Due, Base):
    """What one site owes under a directive; it is due when the deadline passes unanswered."""

    __tablename__ = "obligations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    directive_id: Mapped[UUID] = mapped_column(ForeignKey("directives.id"))
    directive: Mapped[Directive] = relationship(lazy="raise")
    item_id: Mapped[UUID]
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    sponsoring: Mapped[str]
    state: Mapped[ObligationState] = mapped_column(default=ObligationState.DELIVERED)
    deadline: Mapped[datetime]
    late: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    repost_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column()

    __table_args__ = (UniqueConstraint("directive_id", "site_code"),)
    __mapper_args__ = {"version_id_col": version}


class Subscription(Base):
    """A partner's wish to be told; its secret is derived, never stored."""

    __tablename__ = "subscriptions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partner: Mapped[str] = mapped_column(index=True)
    url: Mapped[str]
    site_codes: Mapped[list[str]]
    generation: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Delivery(Due, Base):
    """One message to one subscriber; its receipt is kept."""

    __tablename__ = "deliveries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subscription_id: Mapped[UUID] = mapped_column(ForeignKey("subscriptions.id"), index=True)
    subscription: Mapped[Subscription] = relationship(lazy="raise")
    event_id: Mapped[UUID]
    type: Mapped[str]
    subject: Mapped[str]
    payload: Mapped[str]
    status: Mapped[int | None]
    delivered_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("subscription_id", "event_id"),)
