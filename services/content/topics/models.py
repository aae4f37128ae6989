"""Tables of the topics capability."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.topics import ClockKind, ClockState, TopicKind, TopicState
from shared.ids import new_id
from shared.schedule import Due


class Clock(Due, Base):
    """What a topic owes by a deadline; it is due while the deadline has not passed unmet."""

    __tablename__ = "topic_clocks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    topic_id: Mapped[UUID] = mapped_column(ForeignKey("topics.id"))
    topic: Mapped["Topic"] = relationship(lazy="raise", back_populates="clocks")
    kind: Mapped[ClockKind]
    state: Mapped[ClockState] = mapped_column(default=ClockState.RUNNING)
    deadline: Mapped[datetime]
    met_at: Mapped[datetime | None]
    item_id: Mapped[UUID | None]
    place: Mapped[str | None]
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime | None]
    recorded_by: Mapped[str | None]

    title: AssociationProxy[str] = association_proxy("topic", "title")
    site_code: AssociationProxy[str] = association_proxy("topic", "site_code")
    topic_kind: AssociationProxy[TopicKind] = association_proxy("topic", "kind")

    __table_args__ = (UniqueConstraint("topic_id", "kind"),)


class Topic(Base):
    """What items of a site are gathered under."""

    __tablename__ = "topics"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    sponsoring: Mapped[str] = mapped_column(index=True)
    kind: Mapped[TopicKind]
    state: Mapped[TopicState] = mapped_column(default=TopicState.OPEN)
    title: Mapped[str]
    summary: Mapped[str | None]
    source: Mapped[str | None]
    source_url: Mapped[str | None]
    occurred_at: Mapped[datetime | None]
    registered_at: Mapped[datetime]
    registered_by: Mapped[str]
    assigned_to: Mapped[str | None] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    clocks: Mapped[list[Clock]] = relationship(
        lazy="raise", order_by=Clock.deadline, back_populates="topic"
    )
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
