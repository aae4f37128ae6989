"""What is forgotten about those who follow when time has passed."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete

from services.interaction.citizens.lockout import counts_since, patience
from services.interaction.citizens.models import WrongCodes
from shared.db import Sessions
from shared.schedule import Task


def tasks(sessions: Sessions) -> list[Task]:
    """Return the one task: wrong codes nobody need remember."""
    forget = partial(forget_wrong_codes, sessions)
    return [Task("forget-wrong-codes", forget, timedelta(minutes=15))]


async def forget_wrong_codes(sessions: Sessions, now: datetime) -> int:
    """Delete counts of wrong codes that no longer matter; return how many."""
    old = WrongCodes.since <= counts_since(patience(), now)
    async with sessions.begin() as session:
        gone = await session.execute(delete(WrongCodes).where(old).returning(WrongCodes.against))
        return len(gone.all())
