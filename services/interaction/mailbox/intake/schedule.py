"""What is done about writing in when time has passed."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete

from services.interaction.mailbox.intake.holding import bursts, holding
from services.interaction.mailbox.intake.models import LetterMark
from shared.db import Sessions
from shared.schedule import Task


def tasks(sessions: Sessions) -> list[Task]:
    """Return the one task: marks that no longer count."""
    forget = partial(forget_marks, sessions)
    return [Task("forget-letter-marks", forget, timedelta(minutes=15))]


async def forget_marks(sessions: Sessions, now: datetime) -> int:
    """Delete marks that hold no letter any more; return how many."""
    since = min(burst.since(now) for burst in bursts(holding()).values())
    async with sessions.begin() as session:
        old = delete(LetterMark).where(LetterMark.at <= since).returning(LetterMark.letter_id)
        return len((await session.execute(old)).all())
