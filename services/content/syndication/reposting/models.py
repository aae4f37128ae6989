"""Tables of what sites accept by themselves, and of reposts in words of their own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from services.content.syndication.directives.models import Obligation
from shared.ids import new_id
from shared.schedule import Due


class AcceptanceRule(Base):
    """Which directives a site accepts by itself, with the authority of whoever last signed it."""

    __tablename__ = "acceptance_rules"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    sponsoring: Mapped[str]
    column_id: Mapped[UUID]
    issuers: Mapped[list[str]]
    kinds: Mapped[list[str]]
    subjects: Mapped[list[str]]
    asks: Mapped[list[str]]
    suspended: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    organization: Mapped[str]
    grants: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Acceptance(Due, Base):
    """That the rules of a site are to look at what it owes; due until they did, once."""

    __tablename__ = "acceptances"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligations.id"), unique=True)


class Rewording(Base):
    """A repost in words of a site's own, as proposed, with the consents to exactly these words."""

    __tablename__ = "rewordings"

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey("obligations.id"), primary_key=True)
    obligation: Mapped[Obligation] = relationship(lazy="raise")
    item_id: Mapped[UUID]
    site_code: Mapped[str]
    column_id: Mapped[UUID]
    title: Mapped[str | None]
    summary: Mapped[str | None]
    local_note: Mapped[str | None]
    origin_hash: Mapped[str]
    content_hash: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    approvals: Mapped[list[dict[str, Any]]]
    return_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __table_args__ = (Index("ix_rewordings_site", "site_code", "obligation_id"),)
    __mapper_args__ = {"version_id_col": version}
