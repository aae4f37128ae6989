"""What those who work on items owe, to whom it falls, and by when."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import ReviewStep
from shared.contracts.text import Reason, Strict
from shared.events import Event
from shared.moments import Moment


class TaskKind(StrEnum):
    """What is to be done to an item."""

    WRITE = "write"
    REVIEW = "review"
    AFTER_REVIEW = "after_review"


class TaskOutcome(StrEnum):
    """How a task ended; dropped is one that nobody needs to do any more."""

    DONE = "done"
    RETURNED = "returned"
    DROPPED = "dropped"


class Task(BaseModel):
    """Something somebody owes an item."""

    id: UUID
    item_id: UUID
    site_code: str
    title: str = Field(description="The item's present title.")
    kind: TaskKind
    step: ReviewStep | None = None
    content_hash: str | None = Field(default=None, description="The text a review is about.")
    note: str | None = None
    assignee: str | None = Field(
        default=None, description="Whom it falls to; nobody: whoever may do it."
    )
    deadline: datetime | None = None
    opened_at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = None
    outcome: TaskOutcome | None = None
    version: int


class Assignment(Strict):
    """Whom a task falls to, and by when."""

    assignee: Annotated[str, Field(pattern=r"^person:[0-9a-f-]{36}$")] | None = None
    deadline: Moment | None = None


class NewWriting(Assignment):
    """A request to somebody to write or change an item."""

    note: Reason


class AfterReview(Strict):
    """What a second look at an emergency text came to."""

    content_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    sound: bool = Field(description="Nothing has to be corrected or withdrawn.")
    note: Reason


class TaskOpened(Event, type="content.task.opened", subject="item_id"):
    """Somebody owes an item something from now on."""

    task_id: UUID
    item_id: UUID
    site_code: str
    kind: TaskKind
    step: ReviewStep | None
    assignee: str | None
    deadline: datetime | None


class TaskAssigned(Event, type="content.task.assigned", subject="item_id"):
    """A task falls to somebody else, or is due at another time."""

    task_id: UUID
    item_id: UUID
    site_code: str
    assignee: str | None
    deadline: datetime | None


class TaskOverdue(Event, type="content.task.overdue", subject="item_id"):
    """A task was not done in time."""

    task_id: UUID
    item_id: UUID
    site_code: str
    kind: TaskKind
    deadline: datetime


class ItemReviewedAfter(Event, type="content.item.reviewed_after", subject="item_id"):
    """Somebody took the second look an emergency text owes."""

    item_id: UUID
    site_code: str
    content_hash: str
    sound: bool
