"""Tables of the editorial capability."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.content import Disclosure, ItemKind, ReviewStep, Stage
from shared.ids import new_id


class Revision(Base):
    """An immutable text of an item, and who wrote it."""

    __tablename__ = "revisions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(index=True)
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
    content_hash: Mapped[str]
    findings: Mapped[list[dict[str, Any]]]
    author: Mapped[str]
    written_at: Mapped[datetime]


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
    """A piece of content: its current text, and the stage that text has reached."""

    __tablename__ = "items"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"), index=True)
    sponsoring: Mapped[str] = mapped_column(index=True)
    column_id: Mapped[UUID] = mapped_column(ForeignKey("columns.id"))
    kind: Mapped[ItemKind]
    stage: Mapped[Stage] = mapped_column(default=Stage.DRAFT)
    return_reason: Mapped[str | None]
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revisions.id"))
    revision: Mapped[Revision] = relationship(lazy="raise")
    approvals: Mapped[list[Approval]] = relationship(
        lazy="raise", order_by=Approval.id, cascade="all, delete-orphan"
    )
    version: Mapped[int] = mapped_column()

    title: AssociationProxy[str] = association_proxy("revision", "title")
    body: AssociationProxy[str] = association_proxy("revision", "body")
    summary: AssociationProxy[str | None] = association_proxy("revision", "summary")
    doc_no: AssociationProxy[str | None] = association_proxy("revision", "doc_no")
    written_on: AssociationProxy[date | None] = association_proxy("revision", "written_on")
    source: AssociationProxy[str] = association_proxy("revision", "source")
    disclosure: AssociationProxy[Disclosure] = association_proxy("revision", "disclosure")
    disclosure_reason: AssociationProxy[str | None] = association_proxy(
        "revision", "disclosure_reason"
    )
    interprets: AssociationProxy[UUID | None] = association_proxy("revision", "interprets")
    to_be_interpreted: AssociationProxy[bool] = association_proxy("revision", "to_be_interpreted")
    content_hash: AssociationProxy[str] = association_proxy("revision", "content_hash")
    findings: AssociationProxy[list[dict[str, Any]]] = association_proxy("revision", "findings")
    author: AssociationProxy[str] = association_proxy("revision", "author")

    __mapper_args__ = {"version_id_col": version}
