"""Learning from what a link answered, and checking its items again if that is new."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from services.content.editorial.commands.noting import news_of
from services.content.editorial.link_reading.dead_link import (
    DEAD,
    Known,
    Reading,
    figures,
    learn,
    next_reading,
)
from services.content.editorial.link_reading.models import LinkHost, LinkReading
from services.content.editorial.link_reading.queries import next_due
from shared.uow import UnitOfWork


async def record(
    uow: UnitOfWork, host: str, link_id: UUID | None = None, reading: Reading | None = None
) -> None:
    """Keep what a link of a host was found to be, and let the host rest."""
    rest = figures().of_host
    if link_id is not None and reading is not None:
        rest = max(rest, reading.rest)
        await _learn(uow, link_id, reading, rest)  # first, as whoever notes links locks them first
    question = select(LinkHost).where(LinkHost.host == host).with_for_update()
    row = await uow.session.scalar(question)
    if row is None:
        return
    row.leased_until, row.rests_until = None, uow.now + rest
    await uow.session.flush()
    due = await next_due(uow.session, host)
    row.due_at = None if due is None else max(due, row.rests_until)


async def _learn(uow: UnitOfWork, link_id: UUID, reading: Reading, rest: timedelta) -> None:
    link = await uow.session.get(LinkReading, link_id, with_for_update=True)
    if link is None:
        return
    before = (link.confirmed_at, link.cause, link.cause_status)
    known = learn(
        Known(link.dead_from, link.times_dead, link.confirmed_at), reading.found, uow.now
    )
    link.dead_from, link.times_dead, link.confirmed_at = known
    link.read_at, link.found, link.status = uow.now, reading.found, reading.status
    link.answered_at = uow.now if reading.status is not None else None
    if reading.found in DEAD:
        link.cause, link.cause_status = reading.found, reading.status
    link.due_at = max(next_reading(known, reading.found, uow.now), uow.now + rest)
    after = (link.confirmed_at, link.cause, link.cause_status)
    was_dead, is_dead = before[0] is not None, after[0] is not None
    if was_dead != is_dead or (is_dead and before != after):
        uow.session.add(news_of(link.id, uow.now))
