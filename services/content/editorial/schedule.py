"""What the editorial office does when time has passed."""

from collections.abc import Sequence
from datetime import datetime

from services.content.editorial import models
from services.content.editorial.commands import tasking
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("editorial")


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the clock of the editorial office: tasks that are not done in time."""

    async def call_overdue(now: datetime) -> int:
        due = await claim(sessions, models.Task, now)
        for owed in due:
            async with begin(CLOCK, f"task:{owed.id}") as uow:
                await tasking.call_overdue(uow, owed.id)
        return len(due)

    return [Task("call-tasks-overdue", call_overdue)]
