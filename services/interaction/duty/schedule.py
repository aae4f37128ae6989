"""What duty does when time has passed."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete

from services.interaction.duty.commands import watching
from services.interaction.duty.hours import figures
from services.interaction.duty.models import Desk, SealedNote
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

WATCH = system("duty")


def tasks(sessions: Sessions, begin: BeginAs) -> list[Task]:
    """Return the clocks of duty: sign-ons that are due, and notes that are kept no longer."""
    return [
        Task("look-for-duty", partial(look_for_duty, sessions, begin)),
        Task("forget-handover-notes", partial(forget_notes, sessions), timedelta(hours=1)),
    ]


async def look_for_duty(sessions: Sessions, begin: BeginAs, now: datetime) -> int:
    """Look at every desk where somebody must have signed on by now; return how many."""
    desks = await claim(sessions, Desk, now)
    for desk in desks:
        async with begin(WATCH, f"duty:{desk.id}:{desk.looks_on}") as uow:
            await watching.look_at(uow, desk.id)
    return len(desks)


async def forget_notes(sessions: Sessions, now: datetime) -> int:
    """Delete hand-over notes, and with them their keys, once they were kept long enough."""
    old = SealedNote.written_at < now - timedelta(days=figures().notes.kept_days)
    async with sessions.begin() as session:
        gone = await session.execute(delete(SealedNote).where(old).returning(SealedNote.id))
        return len(gone.all())
