"""Questions about claimed pages and copies, and their readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from services.content.editorial.queries import items as drafts
from services.content.release.queries import standing as public
from services.content.syndication.directives.directive import CLAIMED
from services.content.syndication.directives.models import Claim, Directive, Obligation
from services.content.syndication.verification.absence import Sought
from services.content.syndication.verification.matching import Edition
from services.content.syndication.verification.models import Copy, PageReading
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import receipts as contracts
from shared.contracts.origin import Fidelity
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

if TYPE_CHECKING:
    from services.content.editorial.models import Revision
    from services.content.release.models import Live


class ClaimedPage(NamedTuple):
    """A page to read: where it stands, the editions it may show, and how far it may depart."""

    url: str
    editions: list[Edition]
    fidelity: Fidelity


class SoughtPage(NamedTuple):
    """A page to search for a copy: where it stands, and what it is searched for."""

    url: str
    sought: Sought


READINGS = Listing("page-readings", contracts.PageReading, [(PageReading.id, UUID)])


async def due(
    session: AsyncSession, hosts: Collection[str], now: datetime
) -> Mapping[str, Obligation]:
    """Return of each of these hosts the repost whose page has been due longest, if one is."""
    question = (
        select(Claim.host, Obligation)
        .join(Claim, Claim.obligation_id == Obligation.id)
        .ext(distinct_on(Claim.host))
        .options(joinedload(Obligation.directive), joinedload(Obligation.claim))
        .where(Claim.host.in_(hosts), Claim.due_at <= now, Obligation.state.in_(CLAIMED))
        .order_by(Claim.host, Claim.due_at, Claim.obligation_id)
    )
    rows = await session.execute(question)
    return {row.host: row.Obligation for row in rows}


async def copies_due(
    session: AsyncSession, hosts: Collection[str], now: datetime
) -> Mapping[str, Copy]:
    """Return of each of these hosts the copy whose page has been due longest, if one is."""
    question = (
        select(Copy)
        .ext(distinct_on(Copy.host))
        .where(Copy.host.in_(hosts), Copy.due_at <= now)
        .order_by(Copy.host, Copy.due_at, Copy.id)
    )
    return {copy.host: copy for copy in await session.scalars(question)}


async def claimed_at_repost(session: AsyncSession, repost_id: UUID) -> Sequence[Obligation]:
    """Return what is kept by a repost made here and claimed at its address, locked."""
    question = (
        select(Obligation)
        .join(Obligation.claim)
        .options(contains_eager(Obligation.claim))
        .where(
            Obligation.repost_id == repost_id,
            Obligation.state.in_(CLAIMED),
            Claim.follows_repost,
        )
        .order_by(Obligation.id)
        .with_for_update(of=Obligation)
    )
    return (await session.scalars(question)).all()


async def next_due(session: AsyncSession, host: str) -> datetime | None:
    """Return when the next page of a host is due, a claimed one's or a copy's."""
    claimed = (
        select(func.min(Claim.due_at))
        .join(Obligation, Obligation.id == Claim.obligation_id)
        .where(Claim.host == host, Obligation.state.in_(CLAIMED))
    )
    copied = select(func.min(Copy.due_at)).where(Copy.host == host)
    return await session.scalar(
        select(func.least(claimed.scalar_subquery(), copied.scalar_subquery()))
    )


async def copy(session: AsyncSession, copy_id: UUID) -> Copy | None:
    """Return a copy, locked until the transaction ends."""
    return await session.scalar(select(Copy).where(Copy.id == copy_id).with_for_update())


async def sought(session: AsyncSession, copies: Collection[Copy]) -> Mapping[UUID, SoughtPage]:
    """Return what each of these pages is searched for: every text its item ever had."""
    texts = defaultdict(list)
    for text in await drafts.texts_of(session, {copy.item_id for copy in copies}):
        texts[text.item_id].append(text)
    found = {}
    for copy in copies:
        editions = _without_doubles(
            [_edition(text, copy.source_url) for text in texts[copy.item_id]]
        )
        former = [one for one in editions if one.content_hash != copy.wanted_hash]
        wanted = next((one for one in editions if one.content_hash == copy.wanted_hash), None)
        found[copy.id] = SoughtPage(copy.url, Sought(copy.ask, former, wanted, copy.seen))
    return found


async def pages(session: AsyncSession, owed: Sequence[Obligation]) -> Mapping[UUID, ClaimedPage]:
    """Return where each page stands now, and the text as it was ordered and as it is public."""
    items = {item for one in owed for item in (one.item_id, one.repost_id) if item}
    live = await public.live(session, list(items))
    ordered = {(one.item_id, one.directive.content_hash) for one in owed}
    texts = {
        (row.item_id, row.content_hash): row for row in await drafts.editions(session, ordered)
    }
    found = {}
    for one in owed:
        own = live.get(one.repost_id) if one.repost_id else None
        # The page of a repost made here is drawn from it, and follows its corrections.
        drawn = own is not None and one.claim is not None and one.claim.follows_repost
        text = None if drawn else texts.get((one.item_id, one.directive.content_hash))
        editions = [
            *(
                _edition(row, row.origin_url or row.url)
                for row in ((own,) if drawn else (live.get(one.item_id), own))
                if row
            ),
            *([_edition(text, "")] if text else []),
        ]
        fidelity = Fidelity.VERBATIM if drawn else one.directive.fidelity
        found[one.id] = ClaimedPage(_address(one, own), _without_doubles(editions), fidelity)
    return found


def _address(owed: Obligation, own: Live | None) -> str:
    """Return where a page stands: a repost of our own follows its site's domain."""
    if owed.claim is None:
        return ""
    return own.url if own and owed.claim.follows_repost else owed.claim.url


def _edition(text: Live | Revision, url: str) -> Edition:
    return Edition(text.title, text.body, text.source, text.content_hash, url)


def _without_doubles(found: Sequence[Edition]) -> list[Edition]:
    """Keep the first of each text: what stands public knows its address."""
    return list({one.content_hash: one for one in reversed(found)}.values())


async def readings(
    session: AsyncSession, actor: Actor, obligation_id: UUID, asked: Asked
) -> Page[contracts.PageReading]:
    """Return one page of the readings of a repost, newest first, to its site and its issuer."""
    known = (
        select(Obligation.id)
        .join(Directive)
        .where(
            Obligation.id == obligation_id,
            or_(
                reached(
                    actor, Permission.REPOST, Obligation.sponsoring, site=Obligation.site_code
                ),
                reached(actor, Permission.ISSUE_DIRECTIVE, Directive.issuer),
            ),
        )
    )
    if await session.scalar(known) is None:
        raise NotFound("没有这项转载任务。")
    question = select(PageReading).where(PageReading.obligation_id == obligation_id)
    return await READINGS.turn(session, question, asked)
