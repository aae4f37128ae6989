"""When deadlines pass."""

from collections.abc import Sequence
from datetime import datetime

from services.content.syndication.directives.commands import following
from services.content.syndication.directives.models import Obligation
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("syndication")


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the clock of directives."""

    async def miss_deadlines(now: datetime) -> int:
        due = await claim(sessions, Obligation, now)
        for obligation in due:
            async with begin(CLOCK, f"obligation:{obligation.id}") as uow:
                await following.miss_deadline(uow, obligation.id)
        return len(due)

    return [Task("miss-deadlines", miss_deadlines)]
