"""Tables of the registry."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from services.content.registry.column_kinds import column_kinds
from services.content.registry.tree import Place
from shared.contracts.registry import ColumnKind, Level, OrganizationKind, SiteState
from shared.ids import new_id
from shared.schedule import Due


class Organization(Base):
    """A unit of the group; its path joins the codes from the root down."""

    __tablename__ = "organizations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[OrganizationKind]
    level: Mapped[Level]
    path: Mapped[str] = mapped_column(unique=True)
    supervised_by: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Site(Base):
    """A website of the group, the three organizations behind it, and where it stands."""

    __tablename__ = "sites"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    domain: Mapped[str] = mapped_column(unique=True)
    level: Mapped[Level]
    region: Mapped[str]
    supervising: Mapped[str] = mapped_column(ForeignKey("organizations.path"))
    sponsoring: Mapped[str] = mapped_column(ForeignKey("organizations.path"))
    operating: Mapped[str] = mapped_column(ForeignKey("organizations.path"))
    state: Mapped[SiteState] = mapped_column(default=SiteState.APPLIED)
    opened_at: Mapped[datetime | None]
    notice: Mapped[dict[str, Any] | None]
    icp_number: Mapped[str | None]
    police_number: Mapped[str | None]
    contact: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Suspension(Due, Base):
    """A time for which a site was taken off line; it ends by itself."""

    __tablename__ = "suspensions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    began_at: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str]
    ended_at: Mapped[datetime | None]


class Column(Base):
    """A column of a site, its place in the tree, and the rhythm it must keep."""

    __tablename__ = "columns"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    name: Mapped[str]
    kind: Mapped[ColumnKind]
    target_days: Mapped[int | None]
    red_line_days: Mapped[int | None]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("columns.id"))
    position: Mapped[int] = mapped_column(default=0)
    description: Mapped[str | None]
    keywords: Mapped[list[str]] = mapped_column(default=list)
    hidden: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("columns.id"), index=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("parent_id <> id", "no_column_stands_under_itself"),
        CheckConstraint("merged_into <> id", "no_column_leads_to_itself"),
    )

    @property
    def column_type(self) -> str:
        """ColumnType of the national page labels."""
        return column_kinds().kinds[self.kind].column_type

    @property
    def place(self) -> Place:
        """Where it stands in the tree."""
        return Place(self.parent_id, self.hidden, self.merged_into)


class WorkdayNotice(Base):
    """A holiday notice taken in after this version of the software was made."""

    __tablename__ = "workday_notices"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    notice: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
