"""What topics do when time has passed."""

from collections.abc import Sequence
from datetime import datetime

from services.content.topics.commands import timing
from services.content.topics.models import Clock
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("topics")


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the work of the clock that topics have: deadlines that pass."""

    async def miss_clocks(now: datetime) -> int:
        due = await claim(sessions, Clock, now)
        for clock in due:
            async with begin(CLOCK, f"topic-clock:{clock.id}") as uow:
                await timing.miss_clock(uow, clock.id)
        return len(due)

    return [Task("miss-topic-clocks", miss_clocks)]
