"""Tables of directives, what they oblige sites to and when, and what the sites say they did."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.binding import Ask
from shared.contracts.declining import DeclineRuling
from shared.contracts.directives import ObligationState
from shared.contracts.origin import Fidelity
from shared.contracts.receipts import PageFault, PageVerdict
from shared.contracts.registry import ColumnKind
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
    fidelity: Mapped[Fidelity] = mapped_column(
        default=Fidelity.VERBATIM, server_default=Fidelity.VERBATIM
    )
    deadline: Mapped[datetime]
    issued_at: Mapped[datetime]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    column_kind: Mapped[ColumnKind | None]
    policy: Mapped[str | None]
    deadline_basis: Mapped[str | None]
    scope: Mapped[dict[str, Any] | None]
    later_until: Mapped[datetime | None] = mapped_column(index=True)
    rule_id: Mapped[UUID | None] = mapped_column(index=True)
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
    repost_id: Mapped[UUID | None] = mapped_column(index=True)
    claim: Mapped["Claim | None"] = relationship(lazy="raise")
    own_basis: Mapped[str | None]
    alarm: Mapped["Alarm | None"] = relationship(lazy="raise")
    decline_id: Mapped[UUID | None]
    decline: Mapped["Decline | None"] = relationship(
        lazy="raise", primaryjoin="foreign(Obligation.decline_id) == Decline.id"
    )
    accepted_by: Mapped[UUID | None]
    hindrances: Mapped[list[dict[str, Any]]] = mapped_column(
        default=list, server_default=text("'[]'")
    )
    version: Mapped[int] = mapped_column()

    __table_args__ = (UniqueConstraint("directive_id", "site_code"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def title(self) -> str:
        """What is to be reposted."""
        return self.directive.title

    @property
    def issuer(self) -> str:
        """Who asks for it."""
        return self.directive.issuer

    @property
    def ask(self) -> Ask:
        """What is asked."""
        return self.directive.ask

    @property
    def fidelity(self) -> Fidelity:
        """How far its repost must keep to the source."""
        return self.directive.fidelity

    @property
    def column_kind(self) -> ColumnKind | None:
        """In what kind of column it had best stand."""
        return self.directive.column_kind

    @property
    def deadline_basis(self) -> str | None:
        """How its deadline came about: as the directive's, unless it was told later."""
        return self.own_basis or self.directive.deadline_basis

    @property
    def told_at(self) -> datetime | None:
        """When the site was told of it."""
        return self.alarm.told_at if self.alarm else None

    @property
    def reminded_at(self) -> datetime | None:
        """When the site was last reminded of it."""
        return self.alarm.reminded_at if self.alarm else None

    @property
    def escalated_at(self) -> datetime | None:
        """When the site's supervisor was told that it is late."""
        return self.alarm.escalated_at if self.alarm else None

    @property
    def escalated_to(self) -> str | None:
        """Which supervisor was told."""
        return self.alarm.escalated_to if self.alarm else None


class Alarm(Due, Base):
    """What reminds of an obligation, before the deadline the site and after it the supervisor.

    It stands beside the obligation, so that a reminder makes nobody's answer stale.
    """

    __tablename__ = "alarms"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligations.id"), unique=True)
    told_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    escalated_to: Mapped[str | None] = mapped_column(index=True)


class Decline(Base):
    """That a site declined, and what the issuer ruled; kept when the obligation is open again."""

    __tablename__ = "declines"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligations.id"), index=True)
    reason: Mapped[str]
    declined_by: Mapped[str]
    declined_at: Mapped[datetime]
    ruling: Mapped[DeclineRuling | None]
    ruled_by: Mapped[str | None]
    ruled_at: Mapped[datetime | None]
    ruling_reason: Mapped[str | None]
    deadline: Mapped[datetime | None]


class Claim(Base):
    """Where a site says its repost stands, and what the readings of that page found.

    Suspected is what they found since an instant without a break; judged, what two found.
    """

    __tablename__ = "claims"

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligations.id"), primary_key=True)
    url: Mapped[str]
    host: Mapped[str]
    follows_repost: Mapped[bool]
    claimed_by: Mapped[str]
    claimed_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    suspected: Mapped[PageVerdict | None]
    suspected_since: Mapped[datetime | None]
    judged: Mapped[PageVerdict | None]
    judged_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    verdict: Mapped[PageVerdict | None]
    fault: Mapped[PageFault | None]
    status: Mapped[int | None]
    matched: Mapped[float | None]
    unread_since: Mapped[datetime | None]

    __table_args__ = (Index("ix_claims_due", "host", "due_at"),)
