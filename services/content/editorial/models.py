"""Tables of the editorial capability."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.content import ItemKind, ReviewStep, Stage
from shared.contracts.item_text import Disclosure, InterpretationForm, TextOfItem
from shared.ids import new_id


class Revision(Base):
    """An immutable text of an item, and who wrote it."""

    __tablename__ = "revisions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID]
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    summary: Mapped[str | None]
    doc_no: Mapped[str | None]
    written_on: Mapped[date | None]
    source: Mapped[str]
    disclosure: Mapped[Disclosure]
    disclosure_reason: Mapped[str | None]
    interprets: Mapped[UUID | None]
    to_be_interpreted: Mapped[bool]
    interpretation_may_follow: Mapped[bool] = mapped_column(server_default=text("false"))
    interpretation_exemption: Mapped[str | None]
    interpretation_form: Mapped[InterpretationForm | None]
    correction_note: Mapped[str | None]
    subject: Mapped[str | None]
    genre: Mapped[str | None]
    audience: Mapped[str | None]
    keywords: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    byline: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="zh-CN")
    in_force_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    content_hash: Mapped[str]
    authorship: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    author: Mapped[str]
    written_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("item_id", "number"),)


class Approval(Base):
    """A reviewer's consent to exactly one text; its constraints keep the workflow's promises."""

    __tablename__ = "approvals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"), index=True)
    content_hash: Mapped[str]
    step: Mapped[ReviewStep]
    reviewer: Mapped[str]
    decided_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("item_id", "content_hash", "step"),
        UniqueConstraint("item_id", "content_hash", "reviewer"),
    )


class Item(Base):
    """A piece of content: its current text, what the checks say of it, and its stage."""

    __tablename__ = "items"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    sponsoring: Mapped[str] = mapped_column(index=True)
    column_id: Mapped[UUID] = mapped_column(ForeignKey("columns.id"))
    kind: Mapped[ItemKind]
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    return_reason: Mapped[str | None]
    findings: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    current_id: Mapped[UUID] = mapped_column("revision_id", ForeignKey("revisions.id"))
    current: Mapped[Revision] = relationship(lazy="raise")
    approvals: Mapped[list[Approval]] = relationship(
        lazy="raise", order_by=Approval.id, cascade="all, delete-orphan"
    )
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


# A view reads what its current text says as the item's own.
OF_CURRENT = {name: name for name in (*TextOfItem.model_fields, "content_hash", "author")}
for name, of_current in (OF_CURRENT | {"revision": "number"}).items():
    setattr(Item, name, association_proxy("current", of_current))
