"""Releases set for a time, as they are asked for, told and announced."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.problem import FaultView
from shared.contracts.text import Strict
from shared.events import Event
from shared.moments import Moment


class ScheduleState(StrEnum):
    """What became of a scheduled release."""

    SCHEDULED = "scheduled"
    RELEASED = "released"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ScheduledRelease(BaseModel):
    """A release set for a time."""

    id: UUID
    at: datetime
    state: ScheduleState
    size: int = Field(description="How many items go out together.")
    scheduled_by: str
    scheduled_at: datetime
    release_id: UUID | None = None
    released_at: datetime | None = None
    late_seconds: float | None = Field(
        default=None, description="How long after its time it became public."
    )
    faults: list[FaultView] = Field(default=[], description="Why it was not released.")
    version: int


class ScheduledItem(BaseModel):
    """An item of a scheduled release, as it was read."""

    item_id: UUID
    version: int
    stated_on: date | None
    stated_reason: str | None


class ScheduledReleaseInFull(ScheduledRelease):
    """A release set for a time, with its items."""

    items: list[ScheduledItem]


class Rescheduling(Strict):
    """Another time for a scheduled release."""

    at: Moment


class ReleaseScheduled(Event, type="content.release.scheduled", subject="schedule_id"):
    """A release was set for a time."""

    schedule_id: UUID
    at: datetime
    items: tuple[UUID, ...]


class ReleaseRescheduled(Event, type="content.release.rescheduled", subject="schedule_id"):
    """A scheduled release was set for another time."""

    schedule_id: UUID
    at: datetime


class ScheduledReleaseCancelled(Event, type="content.release.cancelled", subject="schedule_id"):
    """A scheduled release will not happen."""

    schedule_id: UUID


class ScheduledReleaseKept(Event, type="content.release.kept", subject="schedule_id"):
    """A scheduled release happened."""

    schedule_id: UUID
    release_id: UUID
    at: datetime
    released_at: datetime
    late_seconds: float


class ScheduledReleaseFailed(Event, type="content.release.failed", subject="schedule_id"):
    """A scheduled release did not happen when its time had come."""

    schedule_id: UUID
    at: datetime
    scheduled_by: str
    codes: tuple[str, ...]
