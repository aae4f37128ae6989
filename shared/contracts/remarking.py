"""Remarks on stretches of an item's text."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.text import Reason, Strict
from shared.events import Event

Position = Annotated[int, Field(ge=0, le=200_000)]


class NewComment(Strict):
    """A remark on characters `start` up to `end` of a field of one revision."""

    revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    field: Literal["title", "body", "summary"]
    start: Position
    end: Position
    remark: Reason


class Comment(BaseModel):
    """A remark, and whether it has been dealt with."""

    id: UUID
    item_id: UUID
    revision: int
    field: str
    start: int
    end: int
    quote: str = Field(description="The stretch it is about, as it stood.")
    remark: str
    author: str
    written_at: datetime
    settled_by: str | None = None
    settled_at: datetime | None = None
    version: int


class ItemCommented(Event, type="content.item.commented", subject="item_id"):
    """Somebody remarked on an item's text."""

    comment_id: UUID
    item_id: UUID
    site_code: str
    revision: int


class CommentSettled(Event, type="content.comment.settled", subject="item_id"):
    """A remark was dealt with."""

    comment_id: UUID
    item_id: UUID
    site_code: str
