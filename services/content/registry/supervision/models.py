"""Tables of supervision."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.applying import ApplicationAct, ApplicationState
from shared.ids import new_id


class Application(Base):
    """A change of a site or its columns, applied for by its sponsor."""

    __tablename__ = "applications"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    act: Mapped[ApplicationAct]
    change: Mapped[dict[str, Any]]
    reason: Mapped[str]
    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.FILED)
    applied_by: Mapped[str]
    applied_at: Mapped[datetime]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("decided_by <> applied_by", "nobody_decides_their_own"),
        CheckConstraint(
            "(state IN ('approved', 'refused')) = (decided_by IS NOT NULL)", "decided_by_someone"
        ),
    )


class Outage(Base):
    """A time in which a site cannot be reached, as its sponsor reported it."""

    __tablename__ = "outages"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    began_at: Mapped[datetime]
    expected_until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    cause: Mapped[str]
    reported_by: Mapped[str]
    reported_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(
            "uq_outages_lasting",
            "site_code",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class Procedure(Base):
    """A working rule of an organization, in one of its editions."""

    __tablename__ = "procedures"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organization: Mapped[str] = mapped_column(ForeignKey("organizations.path"))
    kind: Mapped[str]
    title: Mapped[str]
    document_number: Mapped[str | None]
    edition: Mapped[int]
    in_force_from: Mapped[date]
    replaced_by: Mapped[UUID | None] = mapped_column(ForeignKey("procedures.id"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("organization", "kind", "edition"),)
