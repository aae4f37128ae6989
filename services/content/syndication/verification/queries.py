"""Questions about claimed pages and their readings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.content.editorial.queries import items as drafts
from services.content.release.queries import standing as public
from services.content.syndication.directives.directive import CLAIMED
from services.content.syndication.directives.models import Claim, Directive, Obligation
from services.content.syndication.verification.matching import Edition
from services.content.syndication.verification.models import PageReading
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import receipts as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

if TYPE_CHECKING:
    from services.content.editorial.models import Revision
    from services.content.release.models import Live


class ClaimedPage(NamedTuple):
    """A page to read: where it stands, and the editions it may show."""

    url: str
    editions: list[Edition]


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


async def next_due(session: AsyncSession, host: str) -> datetime | None:
    """Return when the next page of a host is due."""
    question = select(func.min(Claim.due_at)).join(Obligation)
    return await session.scalar(question.where(Claim.host == host, Obligation.state.in_(CLAIMED)))


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
        text = texts.get((one.item_id, one.directive.content_hash))
        own = live.get(one.repost_id) if one.repost_id else None
        editions = [
            *(
                _edition(row, row.origin_url or row.url)
                for row in (live.get(one.item_id), own)
                if row
            ),
            *([_edition(text, "")] if text else []),
        ]
        found[one.id] = ClaimedPage(_address(one, own), _without_doubles(editions))
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
