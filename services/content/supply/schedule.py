"""What supply does when time has passed."""

from collections.abc import Sequence
from datetime import datetime

from services.content.supply.commands import asking
from services.content.supply.models import SupplyTask
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("supply")


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the work of the clock that supply has: reminders and deadlines."""

    async def pass_time(now: datetime) -> int:
        due = await claim(sessions, SupplyTask, now)
        for task in due:
            async with begin(CLOCK, f"supply-task:{task.id}") as uow:
                await asking.pass_time(uow, task.id)
        return len(due)

    return [Task("supply-tasks", pass_time)]
