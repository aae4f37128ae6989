"""Noting where texts lead, so that it is read; forgetting what no text leads to any more."""

from collections.abc import Collection, Mapping
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, exists, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from services.content.editorial.commands.checking import addresses, file_facts, text_of
from services.content.editorial.link_reading.dead_link import figures
from services.content.editorial.link_reading.models import LinkHost, LinkReading, LinkUse
from services.content.editorial.link_reading.queries import among, used_by
from services.content.editorial.models import Recheck
from services.content.editorial.queries import items as queries
from shared.contracts.content import ItemDrafted, ItemRevised, ItemSubmitted
from shared.ids import new_id
from shared.uow import UnitOfWork

DEAD_LINK = "links.dead"


async def note_links(uow: UnitOfWork, told: ItemDrafted | ItemRevised | ItemSubmitted) -> None:
    """Note where an item's present text and its files lead."""
    for item in await queries.locked(uow.session, [told.item_id]):
        files = await file_facts(uow.session, item.current.asset_ids)
        dead = await note(uow, {item.id: addresses(text_of(item), item, files)})
        if not any(found["code"] == DEAD_LINK for found in item.findings):
            uow.session.add_all(
                news_of(link, uow.now) for link in dead
            )  # died since it was written


async def note(uow: UnitOfWork, items: Mapping[UUID, Collection[str]]) -> list[UUID]:
    """Note where items lead, and return which dead links they newly lead to.

    New links are due at once, and dead ones too, for they may live again.
    """
    urls = {url for each in items.values() for url in each}
    known = await _links(uow, urls) if urls else {}
    wanted = {(item, known[url].id) for item, each in items.items() for url in each}
    noted = await used_by(uow.session, list(items))
    if gone := noted - wanted:
        pair = tuple_(LinkUse.item_id, LinkUse.link_id)
        await uow.session.execute(delete(LinkUse).where(pair.in_(gone)))
    new = wanted - noted
    if new:
        rows = [{"item_id": item, "link_id": link} for item, link in sorted(new)]
        await uow.session.execute(insert(LinkUse).on_conflict_do_nothing(), rows)
    reached = {link for _, link in new}
    return sorted(
        link.id for link in known.values() if link.confirmed_at is not None and link.id in reached
    )


def news_of(link_id: UUID, now: datetime) -> Recheck:
    """Return a run over the items that lead to a link, due now."""
    return Recheck(link_id=link_id, begun_at=now, due_at=now)


async def _links(uow: UnitOfWork, urls: Collection[str]) -> Mapping[str, LinkReading]:
    """Return what is known of these links, and have those read of which that is too little."""
    rows = [
        {"id": new_id(), "url": url, "host": urlsplit(url).hostname, "due_at": uow.now}
        for url in sorted(urls)
    ]
    added = insert(LinkReading).on_conflict_do_nothing()
    await uow.session.execute(added, rows)
    question = select(LinkReading).where(among(urls)).order_by(LinkReading.id)
    found = (await uow.session.scalars(question.with_for_update())).all()
    hosts = set()
    for link in found:
        if link.confirmed_at is not None and link.read_at is not None:
            link.due_at = min(link.due_at, max(uow.now, link.read_at + figures().apart))
        if link.due_at <= uow.now:
            hosts.add(link.host)
    await _wake(uow, hosts)
    return {link.url: link for link in found}


async def _wake(uow: UnitOfWork, hosts: Collection[str]) -> None:
    """Let hosts be due now, or when their rest is over."""
    if not hosts:
        return
    rows = [{"id": new_id(), "host": host, "due_at": uow.now} for host in sorted(hosts)]
    new = insert(LinkHost)
    sooner = func.least(LinkHost.due_at, new.excluded.due_at)
    woken = new.on_conflict_do_update(
        index_elements=[LinkHost.host],
        set_={"due_at": func.greatest(sooner, LinkHost.rests_until)},
    )
    await uow.session.execute(woken, rows)


async def forget(uow: UnitOfWork) -> int:
    """Forget links no text leads to any more, and hosts without links; return how many links."""
    used = exists().where(LinkUse.link_id == LinkReading.id)
    links = await uow.session.execute(delete(LinkReading).where(~used).returning(LinkReading.id))
    led_to = exists().where(LinkReading.host == LinkHost.host)
    await uow.session.execute(delete(LinkHost).where(~led_to))
    return len(links.all())


async def unlearn(uow: UnitOfWork) -> int:
    """Take back that any link is dead, since links are read no more; return how many were."""
    alive = {"dead_from": None, "times_dead": 0, "confirmed_at": None, "answered_at": None}
    dead = update(LinkReading).where(LinkReading.dead_from.is_not(None)).values(**alive)
    links = (await uow.session.scalars(dead.returning(LinkReading.id))).all()
    uow.session.add_all(news_of(link, uow.now) for link in links)
    return len(links)
