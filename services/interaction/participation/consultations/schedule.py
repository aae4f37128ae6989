"""When consultations end, and when what came of them is late."""

from datetime import datetime
from functools import partial

from services.interaction.participation.consultations.commands import due
from services.interaction.participation.consultations.models import ConsultationClock
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLERK = system("interaction")


def tasks(sessions: Sessions, begin: BeginAs) -> list[Task]:
    """Return the clock of consultations."""
    return [Task("consultations", partial(pass_on, sessions, begin))]


async def pass_on(sessions: Sessions, begin: BeginAs, now: datetime) -> int:
    """Carry out what is due to consultations; return how many were looked at."""
    clocks = await claim(sessions, ConsultationClock, now)
    for clock in clocks:
        async with begin(CLERK, f"consultation:{clock.id}") as uow:
            await due.pass_on(uow, clock.id)
    return len(clocks)
