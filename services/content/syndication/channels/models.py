"""Tables of channels, of what is posted to them, and of how each step went."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, false, text
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from services.content.syndication.channels.rule import Place, Rule
from services.content.syndication.partners.interest import Filters
from shared.contracts.channels import ChannelKind, OnCorrection, PostState, Step, Unwanted
from shared.ids import new_id
from shared.schedule import Due


class Channel(Base):
    """An account on a platform; its secret and its token stand here sealed.

    How the platform answers is noted beside the version, which counts what people change.
    """

    __tablename__ = "channels"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[ChannelKind]
    name: Mapped[str]
    site_code: Mapped[str | None] = mapped_column(ForeignKey("sites.code"), index=True)
    owner: Mapped[str] = mapped_column(index=True)
    address: Mapped[str | None]
    app_id: Mapped[str]
    sender_ip: Mapped[str | None]
    cover_id: Mapped[UUID | None]
    template: Mapped[dict[str, Any]]
    automatic: Mapped[bool]
    kinds: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    column_ids: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    subjects: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    words: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    on_correction: Mapped[OnCorrection]
    per_minute: Mapped[int]
    per_day: Mapped[int]
    sealed_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    secret_set_at: Mapped[datetime | None]
    sealed_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    token_until: Mapped[datetime | None]
    cover_media: Mapped[str | None]
    paused: Mapped[bool] = mapped_column(default=False, server_default=false())
    fault_code: Mapped[str | None]
    fault_words: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    rests_until: Mapped[datetime | None]
    posts_from: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def place(self) -> Place:
        """Whose it is."""
        return Place(self.owner, self.site_code)

    @property
    def rule(self) -> Rule:
        """Which released items it takes."""
        filters = Filters(kinds=self.kinds, subjects=self.subjects, words=self.words)
        return Rule(self.automatic, self.place, self.column_ids, filters)


class ChannelPost(Due, Base):
    """One item on one channel; it is due as long as there is a step to take.

    `unsure` says that a call may have been carried out without our knowing: the platform is
    asked before anything is sent again. `said` is what a post is known again by.
    """

    __tablename__ = "channel_posts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    item_id: Mapped[UUID] = mapped_column(index=True)
    content_hash: Mapped[str | None]
    said: Mapped[str | None]
    state: Mapped[PostState] = mapped_column(default=PostState.WAITING)
    ordered_by: Mapped[str | None]
    replaces_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    under_way: Mapped[Step | None]
    unsure: Mapped[bool] = mapped_column(default=False)
    looks: Mapped[int] = mapped_column(default=0)
    cover_media: Mapped[str | None]
    draft_id: Mapped[str | None]
    publish_id: Mapped[str | None]
    platform_id: Mapped[str | None]
    url: Mapped[str | None]
    unwanted: Mapped[Unwanted | None]
    outdated_at: Mapped[datetime | None]
    code: Mapped[str | None]
    words: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __table_args__ = (
        Index("ix_channel_posts_channel", "channel_id", "id"),
        Index(
            "uq_channel_posts_waiting",
            "channel_id",
            "item_id",
            unique=True,
            postgresql_where=text("state = 'waiting' AND unwanted IS NULL"),
        ),
        Index(
            "ix_channel_posts_open",
            "channel_id",
            "due_at",
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index("ix_channel_posts_sent", "channel_id", "sent_at"),
    )
    __mapper_args__ = {"version_id_col": version}


class PostAttempt(Base):
    """One step of a post and what was answered, as its receipt; rows are never changed."""

    __tablename__ = "channel_post_attempts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("channel_posts.id"), index=True)
    at: Mapped[datetime]
    step: Mapped[Step]
    status: Mapped[int | None]
    fault: Mapped[str | None]
    code: Mapped[str | None]
    words: Mapped[str | None]
    milliseconds: Mapped[int]
