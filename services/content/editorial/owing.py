"""Who may do what is owed to an item, and by when the second look at an emergency text is due."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from services.content.editorial.workflow import REVIEWED_BY
from shared.auth import Permission
from shared.business_day import business_date, end_of
from shared.contracts.content import ReviewStep
from shared.contracts.tasking import TaskKind
from shared.workdays import Calendar


def needed(kind: TaskKind, step: ReviewStep | None) -> Permission:
    """Return what somebody must be allowed in order to do a task."""
    if kind is TaskKind.REVIEW and step is not None:
        return REVIEWED_BY[step]
    return Permission.EDIT if kind is TaskKind.WRITE else Permission.REVIEW


def doable() -> Iterator[tuple[TaskKind, ReviewStep | None, Permission]]:
    """Yield every kind of task and review, and what doing it needs."""
    for step in ReviewStep:
        yield TaskKind.REVIEW, step, needed(TaskKind.REVIEW, step)
    for kind in (TaskKind.WRITE, TaskKind.AFTER_REVIEW):
        yield kind, None, needed(kind, None)


@cache
def _emergency() -> dict[str, Any]:
    listed = files(__package__).joinpath("emergency.yaml").read_text("utf-8")
    return dict(yaml.safe_load(listed))


def after_review_due(cleared_at: datetime, calendar: Calendar) -> datetime:
    """Return the instant from which the second look at a text cleared then is overdue."""
    days: int = _emergency()["after_review_working_days"]
    return end_of(calendar.due(business_date(cleared_at), days).date)
