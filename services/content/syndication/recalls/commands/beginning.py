"""Following a withdrawal or a correction to every place where a copy was claimed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.content.registry import queries as registry
from services.content.release.address import public_url
from services.content.release.queries import history
from services.content.release.queries import standing as public
from services.content.release.queries.standing import RepostPlace
from services.content.syndication.recalls.deadline import to_be_gone, to_be_put_right
from services.content.syndication.recalls.models import Recall
from services.content.syndication.recalls.queries import places as queries
from services.content.syndication.recalls.queries.places import Place
from services.content.syndication.verification.commands.claiming import wake
from services.content.syndication.verification.models import Copy
from shared.contracts.binding import Ask
from shared.contracts.content import ItemReleased, ItemWithdrawn
from shared.contracts.directives import ObligationClaimed
from shared.contracts.recalls import RecallBegun, RecallCause
from shared.contracts.site_life import SiteChanged
from shared.ids import new_id
from shared.uow import UnitOfWork


class _Changed(NamedTuple):
    """What happened to an item, and by when its copies are to follow."""

    item_id: UUID
    site_code: str
    seq: int
    cause: RecallCause
    deadline: datetime
    wanted_hash: str | None = None


async def follow_withdrawal(uow: UnitOfWork, told: ItemWithdrawn) -> None:
    """Have every copy of a withdrawn item taken down."""
    await _end(uow, told.item_id)
    title = await queries.title_of(uow.session, told.item_id, told.content_hash)
    left = await history.places_left(uow.session, told.reposts, title)
    found = await _places(uow, told.item_id, left)
    deadline = to_be_gone(told.kind, uow.now)
    gone = _Changed(
        told.item_id, told.site_code, told.release_seq, RecallCause.WITHDRAWN, deadline
    )
    await _begin(uow, gone, found)


async def follow_correction(uow: UnitOfWork, told: ItemReleased) -> None:
    """Have every copy of an item whose public text was replaced put right, or taken down."""
    if told.origin is not None or told.released_at == told.first_public_at:
        return
    await _end(uow, told.item_id, unless=told.content_hash)
    shown = await queries.last_corrected(uow.session, told.item_id)
    standing = await public.places_of_reposts(uow.session, told.item_id)
    found = [
        place
        for place in await _places(uow, told.item_id, standing)
        if place.ask is Ask.REPOST and (shown or place.content_hash) != told.content_hash
    ]
    put_right = _Changed(
        *(told.item_id, told.site_code, told.release_seq, RecallCause.CORRECTED),
        to_be_put_right(uow.now),
        told.content_hash,
    )
    await _begin(uow, put_right, found)


async def follow_claim(uow: UnitOfWork, told: ObligationClaimed) -> None:
    """Have a copy put right that was claimed when the item had been corrected already."""
    recall = await queries.standing(uow.session, told.item_id)
    if recall is None or recall.wanted_hash is None:
        return
    site = await registry.site(uow.session, recall.site_code)
    found = [
        place
        for place in await queries.claimed(uow.session, told.item_id)
        if (place.site_code, place.url) == (told.site_code, told.url)
        and place.ask is Ask.REPOST
        and place.content_hash != recall.wanted_hash
    ]
    given = to_be_put_right(uow.now)
    await _add(uow, recall, public_url(site.domain, recall.item_id), found, deadline=given)


async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let what is owed for a site's copies be owed by whoever sponsors it now."""
    for table in (Copy, Recall):
        rows = update(table).where(
            table.site_code == told.code, table.sponsoring != told.sponsoring
        )
        await uow.session.execute(rows.values(sponsoring=told.sponsoring))


async def _places(
    uow: UnitOfWork, item_id: UUID, own_places: Iterable[RepostPlace]
) -> Sequence[Place]:
    """Return each page once; a claimed repost of our own stands where its site does now."""
    reposts = {one.item_id: one for one in own_places}
    by_page: dict[tuple[str, str], Place] = {}
    for place in await queries.claimed(uow.session, item_id):
        own = reposts.pop(place.repost_id, None) if place.repost_id else None
        if own is not None and place.follows_repost and _host(own.url) != _host(place.url):
            place = place._replace(url=own.url)  # noqa: PLW2901  # the site has moved
        by_page.setdefault((place.site_code, place.url), place)
    for repost in reposts.values():
        by_page.setdefault((repost.site_code, repost.url), _of_repost(repost))
    return list(by_page.values())


def _of_repost(repost: RepostPlace) -> Place:
    return Place(
        repost.site_code,
        repost.sponsoring,
        issuer=None,
        repost_id=repost.item_id,
        url=repost.url,
        ask=Ask.REPOST,
        seen=False,
        content_hash=None,
        title=repost.title,
    )


async def _end(uow: UnitOfWork, item_id: UUID, *, unless: str | None = None) -> None:
    """Search no more for what an earlier change of the item had searched for."""
    standing = select(Recall.id).where(Recall.item_id == item_id, Recall.ended_at.is_(None))
    if unless is not None:
        standing = standing.where(or_(Recall.wanted_hash.is_(None), Recall.wanted_hash != unless))
    copies = update(Copy).where(Copy.recall_id.in_(standing))
    await uow.session.execute(copies.values(due_at=None))
    recalls = update(Recall).where(Recall.id.in_(standing))
    await uow.session.execute(recalls.values(ended_at=uow.now, due_at=None))


async def _begin(uow: UnitOfWork, changed: _Changed, found: Sequence[Place]) -> None:
    if not found:
        return
    site = await registry.site(uow.session, changed.site_code)
    recall = Recall(
        id=new_id(),
        sponsoring=site.sponsoring,
        title=found[0].title,
        begun_at=uow.now,
        due_at=changed.deadline,
        **changed._asdict(),
    )
    uow.session.add(recall)
    await uow.session.flush()
    source_url = public_url(site.domain, changed.item_id)
    await _add(uow, recall, source_url, found, deadline=recall.deadline)
    uow.announce(
        RecallBegun(
            recall_id=recall.id,
            item_id=recall.item_id,
            site_code=recall.site_code,
            cause=recall.cause,
            wanted_hash=recall.wanted_hash,
            deadline=recall.deadline,
            site_codes=tuple(sorted({place.site_code for place in found})),
        )
    )


async def _add(
    uow: UnitOfWork,
    recall: Recall,
    source_url: str,
    found: Sequence[Place],
    *,
    deadline: datetime,
) -> None:
    """Owe these places to a recall, those that are owed already once."""
    rows = [
        {
            "id": new_id(),
            "recall_id": recall.id,
            "item_id": recall.item_id,
            "wanted_hash": recall.wanted_hash,
            "title": place.title,
            "source_url": source_url,
            "ask": place.ask,
            "site_code": place.site_code,
            "sponsoring": place.sponsoring,
            "issuer": place.issuer,
            "repost_id": place.repost_id,
            "url": place.url,
            "host": _host(place.url),
            "seen": place.seen,
            "deadline": deadline,
            "due_at": uow.now,
        }
        for place in found
    ]
    if rows:
        await uow.session.execute(insert(Copy).on_conflict_do_nothing(), rows)
        await wake(uow, [_host(place.url) for place in found])


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
