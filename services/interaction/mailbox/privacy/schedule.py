"""What is done about kept letters when time has passed."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import and_, func, or_, select

from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.privacy.commands import erasing
from services.interaction.mailbox.privacy.retention import last_days, retention
from shared.auth import system
from shared.business_day import business_date
from shared.db import Sessions
from shared.schedule import Task
from shared.uow import BeginAs

KEEPER = system("interaction")
AT_ONCE = 50


def tasks(sessions: Sessions, begin: BeginAs) -> list[Task]:
    """Return the one task: letters whose time of retention is over."""
    return [Task("retention", partial(end_retention, sessions, begin), timedelta(hours=1))]


async def end_retention(sessions: Sessions, begin: BeginAs, now: datetime) -> int:
    """Erase some letters that are kept no longer; return how many."""
    last = func.coalesce(Letter.answered_on, Letter.received_on)
    days = last_days(business_date(now), retention())
    ended = or_(*(and_(Letter.state == state, last <= day) for state, day in days.items()))
    question = (
        select(Letter.id)
        .where(Letter.erased_on.is_(None), last <= max(days.values()), ended)
        .limit(AT_ONCE)
    )
    async with sessions() as session:
        found = (await session.scalars(question)).all()
    for letter_id in found:
        async with begin(KEEPER, f"retention:{letter_id}") as uow:
            await erasing.erase(uow, letter_id, by_rule=True)
    return len(found)
