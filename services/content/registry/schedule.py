"""What the registry does when time has passed."""

from collections.abc import Sequence
from datetime import datetime

from services.content.registry.commands import life_cycle
from services.content.registry.models import Suspension
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("registry")


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the clock of the registry: suspensions that run out."""

    async def end_suspensions(now: datetime) -> int:
        due = await claim(sessions, Suspension, now)
        for suspension in due:
            async with begin(CLOCK, f"suspension:{suspension.id}") as uow:
                await life_cycle.end_suspension(uow, suspension.id)
        return len(due)

    return [Task("end-suspensions", end_suspensions)]
