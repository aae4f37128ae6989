"""What is done with attachments when time has passed: judge, expire, clean up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from services.interaction.mailbox.attachments import queries
from services.interaction.mailbox.attachments.adapters import Judge
from services.interaction.mailbox.attachments.commands import judging, leaving
from services.interaction.mailbox.attachments.limits import limits
from services.interaction.mailbox.attachments.models import Attachment, AttachmentRemoval
from services.interaction.mailbox.attachments.naming import NO_SCANNER
from services.interaction.mailbox.attachments.sealing import JudgingKey
from shared.auth import system
from shared.db import Sessions
from shared.files.adapters.antivirus import ScannerAway
from shared.schedule import Task, claim
from shared.uow import BeginAs

CLERK = system("interaction")
LEASE = timedelta(minutes=15)
"""Longer than looking into a file, drawing it and asking the virus scanner may take together."""


def tasks(sessions: Sessions, begin: BeginAs, judge: Judge, key: JudgingKey) -> Sequence[Task]:
    """Return the clocks of attachments."""
    return [
        Task("judge-attachments", partial(look_after, sessions, begin, judge, key)),
        Task(
            "remove-attachments",
            partial(remove, sessions, begin, judge),
            every=timedelta(seconds=10),
        ),
        Task("forget-uploads", partial(forget_uploads, sessions), every=timedelta(minutes=15)),
    ]


async def look_after(
    sessions: Sessions, begin: BeginAs, judge: Judge, key: JudgingKey, now: datetime
) -> int:
    """Judge a file, or delete one that no letter came to name; one at a time, as each is heavy."""
    due = await claim(sessions, Attachment, now, lease=LEASE, most=1)
    for row in due:
        async with begin(CLERK, f"attachment:{row.id}") as uow:
            gone = await leaving.expire(uow, row.id)
        if not gone and row.judging_key is not None:
            await _judge(begin, judge, key, row)
    return len(due)


async def _judge(begin: BeginAs, judge: Judge, key: JudgingKey, row: Attachment) -> None:
    if row.judging_key is None:
        return
    file = key.unwrap(row.judging_key, row.id)
    try:
        verdict = await judge.judge(
            file, queries.name(row, file), limits(), read_text=row.redacts is not None
        )
    except ScannerAway:
        async with begin(CLERK, f"attachment:{row.id}") as uow:
            await judging.wait(uow, row.id, NO_SCANNER)
        raise
    async with begin(CLERK, f"attachment:{row.id}") as uow:
        await judging.settle(uow, row.id, verdict)


async def remove(sessions: Sessions, begin: BeginAs, judge: Judge, now: datetime) -> int:
    """Delete the objects of files that are gone; return how many files."""
    due = await claim(sessions, AttachmentRemoval, now)
    for removal in due:
        await judge.vault.files.remove(removal.prefix)
        async with begin(CLERK, f"removal:{removal.id}") as uow:
            await queries.end_removal(uow.session, AttachmentRemoval.id == removal.id)
    return len(due)


async def forget_uploads(sessions: Sessions, now: datetime) -> int:
    """Delete counts of uploads that no longer matter; return how many."""
    before = now - timedelta(minutes=limits().per_source.minutes)
    async with sessions.begin() as session:
        return await queries.forget_uploads(session, before)
