"""Checking items again, a batch at a time: all, or those with a link of which news came."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.editorial.commands.checking import (
    FileFacts,
    Surroundings,
    addresses,
    check_again,
    file_facts,
    surroundings,
    text_of,
)
from services.content.editorial.commands.noting import note
from services.content.editorial.link_reading import queries as links
from services.content.editorial.link_reading.dead_link import DeadLink
from services.content.editorial.models import Item, Recheck
from services.content.editorial.queries import items as queries
from services.content.editorial.waiver import unanswered
from shared.contracts.content import ItemRechecked
from shared.contracts.importing import ItemsImported
from shared.contracts.lexicons import LexiconChanged
from shared.uow import UnitOfWork


@dataclass(frozen=True)
class Rechecked:
    """What the checks find now in the text an item had when it was read."""

    item_id: UUID
    version: int
    findings: list[dict[str, Any]]
    addresses: Collection[str] = ()


async def begin_again(uow: UnitOfWork, _: LexiconChanged | ItemsImported) -> None:
    """Begin a run from the first item; a run under way would miss what it has passed."""
    running = update(Recheck).where(Recheck.done_at.is_(None), Recheck.link_id.is_(None))
    await uow.session.execute(running.values(done_at=uow.now, due_at=None))
    uow.session.add(Recheck(begun_at=uow.now, due_at=uow.now))


async def found_now(
    session: AsyncSession, items: Sequence[Item], now: datetime
) -> list[Rechecked]:
    """Return what the checks find in the present texts of these items by what is in force now."""
    around = await surroundings(session, now, {item.column_id for item in items})
    files = await file_facts(session, [each for item in items for each in item.current.asset_ids])
    leads_to = await asyncio.to_thread(_addresses_of, items, files)
    urls = {url for each in leads_to.values() for url in each}
    dead = await links.dead_links(session, urls)
    return await asyncio.to_thread(_check_all_again, items, around, files, leads_to, dead)


def _addresses_of(
    items: Sequence[Item], files: Mapping[UUID, FileFacts]
) -> Mapping[UUID, frozenset[str]]:
    return {item.id: addresses(text_of(item), item, files) for item in items}


def _check_all_again(
    items: Sequence[Item],
    around: Surroundings,
    files: Mapping[UUID, FileFacts],
    leads_to: Mapping[UUID, Collection[str]],
    dead_links: Mapping[str, DeadLink],
) -> list[Rechecked]:
    return [
        Rechecked(
            item.id,
            item.version,
            check_again(item, around, files, dead_links),
            leads_to.get(item.id, ()),
        )
        for item in items
    ]


async def record(
    uow: UnitOfWork, run_id: UUID, rechecked: Sequence[Rechecked], last: UUID | None
) -> None:
    """Keep what a batch found; an item changed meanwhile was checked when it changed."""
    run = await uow.session.get(Recheck, run_id, with_for_update=True)
    if run is None or run.done_at is not None:
        return  # the words in force have changed again, or nobody has the link any more
    found = {one.item_id: one for one in rechecked}
    unchanged = [
        item
        for item in await queries.locked(uow.session, list(found))
        if item.version == found[item.id].version
    ]
    if run.link_id is None:
        await note(uow, {item.id: found[item.id].addresses for item in unchanged})
    news = [item for item in unchanged if item.findings != found[item.id].findings]
    await _keep(uow, {item.id: found[item.id].findings for item in news})
    for item in news:
        _announce(uow, item, found[item.id].findings)
    run.checked += len(rechecked)
    run.after, run.leased_until = last, None
    run.due_at = uow.now if last else None
    run.done_at = None if last else uow.now
    if run.done_at is not None and run.link_id is not None:
        await uow.session.delete(run)


async def _keep(uow: UnitOfWork, findings: Mapping[UUID, list[dict[str, Any]]]) -> None:
    """Keep what was found in items that are locked, in one statement however many they are."""
    if not findings:
        return
    kept = (
        update(Item)
        .where(Item.id == bindparam("of"))
        .values(findings=bindparam("found"), version=Item.version + 1)
    )
    rows = [{"of": item, "found": found} for item, found in findings.items()]
    await (await uow.session.connection()).execute(kept, rows)


def _announce(uow: UnitOfWork, item: Item, findings: Sequence[Mapping[str, Any]]) -> None:
    uow.announce(
        ItemRechecked(
            item_id=item.id,
            site_code=item.site_code,
            content_hash=item.current.content_hash,
            findings=len(findings),
            blocking=len(unanswered(findings)),
        )
    )
