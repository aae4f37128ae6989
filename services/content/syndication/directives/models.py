"""Tables of directives, of what they oblige sites to, and of what the sites say they did."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.directives import Ask, ObligationState
from shared.contracts.receipts import PageFault, PageVerdict
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
    claim: Mapped["Claim | None"] = relationship(lazy="raise")
    version: Mapped[int] = mapped_column()

    __table_args__ = (UniqueConstraint("directive_id", "site_code"),)
    __mapper_args__ = {"version_id_col": version}


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
