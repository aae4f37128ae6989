"""What monitoring does when time has passed."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any

from services.audit.monitoring.commands import weighing
from services.audit.monitoring.models import Column, Letter, Obligation, Publication, Watched
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs, UnitOfWork

MONITOR = system("monitoring")
Weigh = Callable[[UnitOfWork, Any], Awaitable[None]]

SCALES: dict[type[Watched], Weigh] = {
    Column: weighing.weigh_column,
    Publication: weighing.weigh_policy,
    Letter: weighing.weigh_letter,
    Obligation: weighing.weigh_obligation,
}


def tasks(sessions: Sessions, begin: BeginAs) -> list[Task]:
    """Return monitoring's clocks: one for each kind of thing that time may put in the wrong."""
    return [
        Task(f"weigh-{table.__name__.lower()}s", partial(weigh_due, sessions, begin, table, weigh))
        for table, weigh in SCALES.items()
    ]


async def weigh_due(
    sessions: Sessions, begin: BeginAs, table: type[Watched], weigh: Weigh, now: datetime
) -> int:
    """Weigh what is due, each in its own transaction; return how many there were."""
    due = await claim(sessions, table, now)
    for row in due:
        async with begin(MONITOR, f"weigh:{row.id}") as uow:
            await weigh(uow, await uow.session.get_one(table, row.id, with_for_update=True))
    return len(due)
