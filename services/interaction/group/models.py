"""Tables of what the registry told: copies, never edited here."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base


class Organization(Base):
    """A unit that may be addressed and answer."""

    __tablename__ = "organizations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    path: Mapped[str] = mapped_column(unique=True)
    governs: Mapped[bool]
    supervised_by: Mapped[str | None]


class Site(Base):
    """A website with a mailbox."""

    __tablename__ = "sites"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    supervising: Mapped[str]
    sponsoring: Mapped[str]


class HolidayNotice(Base):
    """A year's holiday notice, in place of the one checked in with the source."""

    __tablename__ = "holiday_notices"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    notice: Mapped[dict[str, Any]]
