"""Tables of duty."""

from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base, UnderKey
from services.interaction.duty.attendance import CHANGES, ROSTERS, STATES, SWAPS, state_of
from shared.contracts.duty import DutyChangeKind, DutyState, SwapState
from shared.contracts.rostering import RosterState
from shared.ids import new_id
from shared.schedule import Due


class Desk(Due, Base):
    """Where an organization keeps people on duty; due when somebody must have signed on.

    Whatever changes its members, rosters or days holds this row.
    """

    __tablename__ = "duty_desks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organization_id: Mapped[UUID] = mapped_column(unique=True)
    organization: Mapped[str] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kept_since: Mapped[date | None]
    looks_on: Mapped[date | None]


class Member(Base):
    """A person on a desk's register, from one day on and until they left."""

    __tablename__ = "duty_members"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("duty_desks.id"))
    desk: Mapped[Desk] = relationship(lazy="raise")
    person_id: Mapped[UUID]
    name: Mapped[str]
    serves: Mapped[bool]
    leads: Mapped[bool]
    since: Mapped[date]
    left_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    organization: AssociationProxy[str] = association_proxy("desk", "organization")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("serves OR leads", "does_something"),
        Index("ix_duty_members_desk", "desk_id", "id"),
        Index(
            "uq_duty_members_person",
            "person_id",
            "desk_id",
            unique=True,
            postgresql_where=sql("left_on IS NULL"),
        ),
    )


class Absence(Base):
    """Days on which a member is away."""

    __tablename__ = "duty_absences"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("duty_members.id"), index=True)
    member: Mapped[Member] = relationship(lazy="raise")
    since: Mapped[date]
    until: Mapped[date]
    recorded_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    name: AssociationProxy[str] = association_proxy("member", "name")
    organization: AssociationProxy[str] = association_proxy("member", "organization")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (CheckConstraint("since <= until", "in_order"),)


class RosterDay(Base):
    """A working day of a roster and whom it gives the day to."""

    __tablename__ = "duty_roster_days"

    roster_id: Mapped[UUID] = mapped_column(ForeignKey("duty_rosters.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("duty_members.id"))
    member: Mapped[Member | None] = relationship(lazy="raise")
    provisional: Mapped[bool]

    name: AssociationProxy[str | None] = association_proxy("member", "name")


class Roster(Base):
    """Whom a draft gave which day; published, its days live on as days of duty."""

    __tablename__ = "duty_rosters"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("duty_desks.id"))
    desk: Mapped[Desk] = relationship(lazy="raise")
    since: Mapped[date]
    until: Mapped[date]
    state: Mapped[RosterState] = mapped_column(default=RosterState.DRAFT)
    days: Mapped[list[RosterDay]] = relationship(lazy="raise", order_by=RosterDay.on)
    calendar_version: Mapped[str]
    drafted_by: Mapped[str]
    drafted_at: Mapped[datetime]
    published_by: Mapped[str | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    organization: AssociationProxy[str] = association_proxy("desk", "organization")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_duty_rosters_desk", "desk_id", "id"),
        Index(
            "uq_duty_rosters_draft",
            "desk_id",
            unique=True,
            postgresql_where=sql("state = 'draft'"),
        ),
    )

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return ROSTERS[self.state]

    @property
    def provisional(self) -> bool:
        """Whether a day of it lies in a year that had no notice when it was drafted."""
        return any(day.provisional for day in self.days)

    @property
    def gaps(self) -> list[date]:
        """The days that nobody can take."""
        return [day.on for day in self.days if day.member_id is None]

    @property
    def shares(self) -> list[dict[str, Any]]:
        """How many of its days each member has."""
        days = Counter((day.member_id, day.name) for day in self.days if day.member_id)
        return [
            {"member_id": member_id, "name": name, "days": count}
            for (member_id, name), count in sorted(days.items())
        ]


class Duty(Base):
    """A working day of a desk, and who has it; struck when offices do not work on it after all."""

    __tablename__ = "duties"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("duty_desks.id"))
    desk: Mapped[Desk] = relationship(lazy="raise")
    on: Mapped[date]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("duty_members.id"), index=True)
    member: Mapped[Member | None] = relationship(lazy="raise")
    provisional: Mapped[bool]
    struck: Mapped[bool] = mapped_column(default=False)
    sign_on_by: Mapped[datetime]
    signed_on_at: Mapped[datetime | None]
    late: Mapped[bool | None]
    signed_off_at: Mapped[datetime | None]
    notes: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    organization: AssociationProxy[str] = association_proxy("desk", "organization")
    person_id: AssociationProxy[UUID | None] = association_proxy("member", "person_id")
    name: AssociationProxy[str | None] = association_proxy("member", "name")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("desk_id", "on"),
        CheckConstraint("signed_on_at IS NULL OR member_id IS NOT NULL", "somebody_signed_on"),
        CheckConstraint("signed_off_at IS NULL OR signed_on_at IS NOT NULL", "on_before_off"),
    )

    @property
    def state(self) -> DutyState:
        """How far the day is."""
        return state_of(
            struck=self.struck,
            member_id=self.member_id,
            signed_on_at=self.signed_on_at,
            signed_off_at=self.signed_off_at,
        )

    @property
    def state_label(self) -> str:
        """How far the day is, in Chinese."""
        return STATES[self.state]


class Change(Base):
    """Something that happened to a day of duty; kept for good."""

    __tablename__ = "duty_changes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    duty_id: Mapped[UUID] = mapped_column(ForeignKey("duties.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[DutyChangeKind]
    before_id: Mapped[UUID | None] = mapped_column(ForeignKey("duty_members.id"))
    after_id: Mapped[UUID | None] = mapped_column(ForeignKey("duty_members.id"))
    by: Mapped[str]
    reason: Mapped[str | None]
    had_it: Mapped[Member | None] = relationship(lazy="raise", foreign_keys=before_id)
    has_it: Mapped[Member | None] = relationship(lazy="raise", foreign_keys=after_id)

    before: AssociationProxy[str | None] = association_proxy("had_it", "name")
    after: AssociationProxy[str | None] = association_proxy("has_it", "name")

    @property
    def kind_label(self) -> str:
        """What happened, in Chinese."""
        return CHANGES[self.kind]


class Swap(Base):
    """One member's asking another to take a day."""

    __tablename__ = "duty_swaps"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("duty_desks.id"))
    duty_id: Mapped[UUID] = mapped_column(ForeignKey("duties.id"))
    return_duty_id: Mapped[UUID | None] = mapped_column(ForeignKey("duties.id"), index=True)
    asker_id: Mapped[UUID] = mapped_column(ForeignKey("duty_members.id"))
    asked_id: Mapped[UUID] = mapped_column(ForeignKey("duty_members.id"))
    state: Mapped[SwapState] = mapped_column(default=SwapState.ASKED)
    asked_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    duty: Mapped[Duty] = relationship(lazy="raise", foreign_keys=duty_id)
    return_duty: Mapped[Duty | None] = relationship(lazy="raise", foreign_keys=return_duty_id)
    asker: Mapped[Member] = relationship(lazy="raise", foreign_keys=asker_id)
    asked: Mapped[Member] = relationship(lazy="raise", foreign_keys=asked_id)

    on: AssociationProxy[date] = association_proxy("duty", "on")
    return_on: AssociationProxy[date | None] = association_proxy("return_duty", "on")
    asked_by: AssociationProxy[str] = association_proxy("asker", "name")
    asked_of: AssociationProxy[str] = association_proxy("asked", "name")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_duty_swaps_desk", "desk_id", "id"),
        Index(
            "uq_duty_swaps_asked",
            "duty_id",
            "asked_id",
            unique=True,
            postgresql_where=sql("state = 'asked'"),
        ),
    )

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return SWAPS[self.state]


class SealedNote(UnderKey, Base):
    """What whoever had a day left for the next, sealed."""

    __tablename__ = "handover_notes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("duty_desks.id"))
    duty_id: Mapped[UUID] = mapped_column(ForeignKey("duties.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("duty_members.id"))
    written_at: Mapped[datetime] = mapped_column(index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    duty: Mapped[Duty] = relationship(lazy="raise")
    member: Mapped[Member] = relationship(lazy="raise")

    on: AssociationProxy[date] = association_proxy("duty", "on")
    author: AssociationProxy[str] = association_proxy("member", "name")

    __table_args__ = (Index("ix_handover_notes_desk", "desk_id", "id"),)
