"""What is done about letters when time has passed."""

from datetime import datetime
from functools import partial

from services.interaction.mailbox.clocks import commands
from services.interaction.mailbox.clocks.models import LetterClock
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLERK = system("interaction")


def tasks(sessions: Sessions, begin: BeginAs) -> list[Task]:
    """Return the one task: overdue letters."""
    return [Task("overdue-letters", partial(call_overdue, sessions, begin))]


async def call_overdue(sessions: Sessions, begin: BeginAs, now: datetime) -> int:
    """Say of every letter whose time is up that it is overdue; return how many were looked at."""
    clocks = await claim(sessions, LetterClock, now)
    for clock in clocks:
        async with begin(CLERK, f"overdue:{clock.id}") as uow:
            await commands.call_overdue(uow, clock.id)
    return len(clocks)
