"""Tables of recalls and of what is certified of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.recalls import RecallCause
from shared.ids import new_id
from shared.schedule import Due


class Recall(Due, Base):
    """A withdrawal or correction that is followed to its copies; due when its deadline passes.

    It has ended once a later change of the item has taken its place.
    """

    __tablename__ = "recalls"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID]
    seq: Mapped[int]
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"))
    sponsoring: Mapped[str]
    title: Mapped[str]
    cause: Mapped[RecallCause]
    wanted_hash: Mapped[str | None]
    deadline: Mapped[datetime]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    certificate_id: Mapped[UUID | None]

    __table_args__ = (UniqueConstraint("item_id", "seq"),)


class Certificate(Base):
    """What was certified of a copy, or of all copies of a recall; rows are never changed."""

    __tablename__ = "certificates"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    recall_id: Mapped[UUID] = mapped_column(ForeignKey("recalls.id"))
    copy_id: Mapped[UUID | None] = mapped_column(ForeignKey("copies.id"))
    issued_at: Mapped[datetime]
    digest: Mapped[str]
    statement: Mapped[dict[str, Any]]

    __table_args__ = (Index("ix_certificates_recall", "recall_id", "id"),)
