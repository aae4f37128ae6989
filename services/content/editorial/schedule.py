"""What the editorial office does when time has passed."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from services.content.editorial import models, queries
from services.content.editorial.commands import checking, rechecking, tasking
from shared.auth import system
from shared.db import Sessions
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLOCK = system("editorial")
BATCH = 100


def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
    """Return the clocks of the office: tasks not done in time, items to be checked again."""

    async def call_overdue(now: datetime) -> int:
        due = await claim(sessions, models.Task, now)
        for owed in due:
            async with begin(CLOCK, f"task:{owed.id}") as uow:
                await tasking.call_overdue(uow, owed.id)
        return len(due)

    async def check_again(now: datetime) -> int:
        due = await claim(sessions, models.Recheck, now, most=1)
        for run in due:
            async with sessions() as session:
                items = await queries.batch(session, run.after, BATCH)
                columns = {item.column_id for item in items}
                around = await checking.surroundings(session, now, columns)
                named = [asset for item in items for asset in item.current.asset_ids]
                files = await checking.file_facts(session, named)
            found = await asyncio.to_thread(rechecking.check_all_again, items, around, files)
            last = items[-1].id if len(items) == BATCH else None
            async with begin(CLOCK, f"recheck:{run.id}") as uow:
                await rechecking.record(uow, run.id, found, last)
        return len(due)

    return [
        Task("call-tasks-overdue", call_overdue),
        Task("check-items-again", check_again),
    ]
