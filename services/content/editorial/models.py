"""Tables of the editorial capability."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.content.database import Base
from shared.contracts.content import ItemKind, ReviewStep, Stage
from shared.contracts.item_text import Disclosure, InterpretationForm, TextOfItem
from shared.contracts.tasking import TaskKind, TaskOutcome
from shared.ids import new_id
from shared.schedule import Due


class PartKind(StrEnum):
    """What somebody did to an item."""

    WRITER = "writer"
    REVIEWER = "reviewer"


class Part(Base):
    """What somebody did to an item: they wrote in it or reviewed it, never both.

    Revisions and approvals refer to it, so the database itself keeps writers from reviewing.
    """

    __tablename__ = "parts"

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[PartKind]

    __table_args__ = (UniqueConstraint("item_id", "person", "kind"),)


def _part_of(person: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["item_id", person, "part"], ["parts.item_id", "parts.person", "parts.kind"]
    )


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
    topic_id: Mapped[UUID | None]
    subject: Mapped[str | None]
    genre: Mapped[str | None]
    audience: Mapped[str | None]
    keywords: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    byline: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="zh-CN")
    in_force_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    waivers: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    images: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    recordings: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    links: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    content_hash: Mapped[str]
    authorship: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    author: Mapped[str]
    part: Mapped[str] = mapped_column(Computed("'writer'::text", persisted=True))
    written_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("item_id", "number"), _part_of("author"))

    @property
    def asset_ids(self) -> list[UUID]:
        """Return the files that go out with the text."""
        named = (*self.images, *self.attachments, *self.recordings)
        return [UUID(one["asset_id"]) for one in named]


class Approval(Base):
    """A reviewer's consent to exactly one text; its constraints keep the workflow's promises."""

    __tablename__ = "approvals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"), index=True)
    content_hash: Mapped[str]
    step: Mapped[ReviewStep]
    reviewer: Mapped[str]
    part: Mapped[str] = mapped_column(Computed("'reviewer'::text", persisted=True))
    decided_at: Mapped[datetime]

    __table_args__ = (
        _part_of("reviewer"),
        UniqueConstraint("item_id", "content_hash", "step"),
        UniqueConstraint("item_id", "content_hash", "reviewer"),
    )


class Vouch(NamedTuple):
    """A person's word that a text was reviewed before it came here; it is no review."""

    by: str
    at: datetime
    content_hash: str


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
    submitted_by: Mapped[str | None]
    emergency_reason: Mapped[str | None]
    vouched_by: Mapped[str | None]
    vouched_at: Mapped[datetime | None]
    vouched_hash: Mapped[str | None]
    steps: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    findings: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    current_id: Mapped[UUID] = mapped_column("revision_id", ForeignKey("revisions.id"))
    current: Mapped[Revision] = relationship(lazy="raise")
    approvals: Mapped[list[Approval]] = relationship(
        lazy="raise", order_by=Approval.id, cascade="all, delete-orphan"
    )
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_emergency(self) -> bool:
        """Say whether it takes the emergency road."""
        return self.emergency_reason is not None

    @property
    def vouch(self) -> Vouch | None:
        """Return the word that was given for its present text, if any was."""
        if self.vouched_by is None or self.vouched_at is None:
            return None
        if self.vouched_hash != self.current.content_hash:
            return None
        return Vouch(self.vouched_by, self.vouched_at, self.vouched_hash)

    @property
    def asked(self) -> list[ReviewStep]:
        """Return the reviews asked of it since it was submitted."""
        return [ReviewStep(step) for step in self.steps]


class Recheck(Due, Base):
    """A run of the checks over every item, or over those that have a link of which news came."""

    __tablename__ = "rechecks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    link_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("link_readings.id", ondelete="CASCADE"), index=True
    )
    after: Mapped[UUID | None]
    checked: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class ReviewLevels(Base):
    """The reviews an organization has come before the leader's, for itself and those below it."""

    __tablename__ = "review_levels"

    organization: Mapped[str] = mapped_column(ForeignKey("organizations.path"), primary_key=True)
    levels: Mapped[list[str]]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Task(Due, Base):
    """Something somebody owes an item; it is due when its deadline passes."""

    __tablename__ = "tasks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"), index=True)
    item: Mapped[Item] = relationship(lazy="raise")
    site_code: Mapped[str]
    sponsoring: Mapped[str]
    kind: Mapped[TaskKind]
    step: Mapped[ReviewStep | None]
    content_hash: Mapped[str | None]
    note: Mapped[str | None]
    assignee: Mapped[str | None] = mapped_column(index=True)
    deadline: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    outcome: Mapped[TaskOutcome | None]
    version: Mapped[int] = mapped_column()

    title: AssociationProxy[str] = association_proxy("item", "title")

    __table_args__ = (
        Index("ix_tasks_open", "sponsoring", "id", postgresql_where=text("settled_at IS NULL")),
    )
    __mapper_args__ = {"version_id_col": version}


class Comment(Base):
    """A remark on a stretch of one of an item's texts."""

    __tablename__ = "comments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"), index=True)
    revision: Mapped[int]
    field: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    remark: Mapped[str]
    author: Mapped[str]
    written_at: Mapped[datetime]
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


# A view reads what its current text says as the item's own.
OF_CURRENT = {name: name for name in (*TextOfItem.model_fields, "content_hash", "author")}
for name, of_current in (OF_CURRENT | {"revision": "number"}).items():
    setattr(Item, name, association_proxy("current", of_current))
