"""What the staff capability does when time has passed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.content.staff.commands import forgetting
from shared.auth import system
from shared.schedule import Task
from shared.uow import BeginAs

CLOCK = system("staff")


def tasks(begin: BeginAs) -> Sequence[Task]:
    """Return the clock of the staff: what has served its time is deleted."""

    async def forget(_: datetime) -> int:
        async with begin(CLOCK, "forget-logins") as uow:
            return await forgetting.forget(uow)

    return [Task("forget-logins", forget, every=timedelta(hours=1))]
