"""What is done about clocks when time has passed."""

from datetime import datetime
from functools import partial

from services.interaction.mailbox.clocks.models import LetterClock
from services.interaction.mailbox.clocks.recounts import commands as recounts
from services.interaction.mailbox.clocks.recounts.models import Recount
from services.interaction.mailbox.clocks.telling import commands as telling
from services.interaction.mailbox.clocks.telling.commands import WhoIsOnDuty
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLERK = system("interaction")


def tasks(sessions: Sessions, begin: BeginAs, who_is_on_duty: WhoIsOnDuty) -> list[Task]:
    """Return the two tasks: what is to be said of clocks, and counting them again."""
    return [
        Task("letter-clocks", partial(tell, sessions, begin, who_is_on_duty)),
        Task("recount-letters", partial(recount, sessions, begin)),
    ]


async def tell(
    sessions: Sessions, begin: BeginAs, who_is_on_duty: WhoIsOnDuty, now: datetime
) -> int:
    """Say of every clock what its time has come for; return how many were looked at."""
    clocks = await claim(sessions, LetterClock, now)
    for clock in clocks:
        async with begin(CLERK, f"clock:{clock.id}") as uow:
            await telling.tell(uow, clock.id, who_is_on_duty)
    return len(clocks)


async def recount(sessions: Sessions, begin: BeginAs, now: datetime) -> int:
    """Count some more letters again by the notices that came; return how many were looked at."""
    done = 0
    for waiting in await claim(sessions, Recount, now, most=1):
        async with begin(CLERK, f"recount:{waiting.year}") as uow:
            done += await recounts.go_on(uow, waiting.id)
    return done
