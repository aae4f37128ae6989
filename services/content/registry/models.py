"""Tables of the registry."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.registry import ColumnKind, Level, OrganizationKind
from shared.ids import new_id


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
    """A website of the group and the three organizations behind it."""

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
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Column(Base):
    """A column of a site, with the rhythm it must keep."""

    __tablename__ = "columns"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    name: Mapped[str]
    kind: Mapped[ColumnKind]
    target_days: Mapped[int | None]
    red_line_days: Mapped[int | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class WorkdayNotice(Base):
    """A holiday notice taken in after this version of the software was made."""

    __tablename__ = "workday_notices"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    notice: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
