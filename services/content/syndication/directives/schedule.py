"""When deadlines come near, and when they have passed."""

from collections.abc import Sequence
from datetime import datetime

from services.content.syndication.directives.commands import following, reminding
from services.content.syndication.directives.models import Alarm, Obligation
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("syndication")


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the clocks of directives."""

    async def miss_deadlines(now: datetime) -> int:
        due = await claim(sessions, Obligation, now)
        for obligation in due:
            async with begin(CLOCK, f"obligation:{obligation.id}") as uow:
                await following.miss_deadline(uow, obligation.id)
        return len(due)

    async def sound_alarms(now: datetime) -> int:
        due = await claim(sessions, Alarm, now)
        for alarm in due:
            async with begin(CLOCK, f"alarm:{alarm.id}") as uow:
                await reminding.sound(uow, alarm.obligation_id)
        return len(due)

    return [Task("miss-deadlines", miss_deadlines), Task("sound-alarms", sound_alarms)]
