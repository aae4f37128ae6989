"""What the mailbox does when time has passed."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete

from services.interaction.mailbox.commands import due
from services.interaction.mailbox.limits import limits
from services.interaction.mailbox.lockout import counts_since
from services.interaction.mailbox.models import LetterClock, WrongCodes
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLERK = system("interaction")


def tasks(sessions: Sessions, begin: BeginAs) -> list[Task]:
    """Return the mailbox's clocks: overdue letters, and wrong codes nobody need remember."""
    return [
        Task("overdue-letters", partial(call_overdue, sessions, begin)),
        Task("forget-wrong-codes", partial(forget_wrong_codes, sessions), timedelta(minutes=15)),
    ]


async def call_overdue(sessions: Sessions, begin: BeginAs, now: datetime) -> int:
    """Say of every letter whose time is up that it is overdue; return how many were looked at."""
    clocks = await claim(sessions, LetterClock, now)
    for clock in clocks:
        async with begin(CLERK, f"overdue:{clock.id}") as uow:
            await due.call_overdue(uow, clock.id)
    return len(clocks)


async def forget_wrong_codes(sessions: Sessions, now: datetime) -> int:
    """Delete counts of wrong codes that no longer matter; return how many."""
    old = WrongCodes.since <= counts_since(limits().wrong_codes, now)
    async with sessions.begin() as session:
        gone = await session.execute(delete(WrongCodes).where(old).returning(WrongCodes.number))
        return len(gone.all())
