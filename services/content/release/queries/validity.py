"""Questions about which policies are in force."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Bundle

from services.content.release.models import Expiry, Live, Validity
from shared.contracts import validity as contracts
from shared.contracts.page import Page
from shared.contracts.standing import ValidityState
from shared.pagination import Asked, Listing

VALIDITIES = Listing("validities", contracts.Validity, [(Validity.seq, int)])
HOLDS = (Validity.since.desc(), Validity.seq.desc())


async def current(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, Validity]:
    """Return the mark that holds of each item that has one."""
    question = (
        select(Validity)
        .where(Validity.item_id.in_(ids))
        .ext(distinct_on(Validity.item_id))
        .order_by(Validity.item_id, *HOLDS)
    )
    return {mark.item_id: mark for mark in await session.scalars(question)}


async def followers(session: AsyncSession, item_id: UUID) -> set[UUID]:
    """Return what stands in an item's place, in its successor's, and so on.

    What was withdrawn keeps its mark, and links again when it comes back.
    """
    holding = (
        select(Validity.item_id, Validity.successor)
        .ext(distinct_on(Validity.item_id))
        .order_by(Validity.item_id, *HOLDS)
        .cte("holding")
    )
    first = select(holding.c.successor).where(holding.c.item_id == item_id)
    chain = first.cte("chain", recursive=True)
    further = select(holding.c.successor).join(chain, holding.c.item_id == chain.c.successor)
    question = select(chain.union(further).c.successor)
    return {found for found in await session.scalars(question) if found}


async def validities(
    session: AsyncSession, item_id: UUID, asked: Asked
) -> Page[contracts.Validity]:
    """Return one page of all that was recorded of an item's validity, latest first."""
    question = select(Validity).where(Validity.item_id == item_id)
    return await VALIDITIES.turn(session, question, asked)


async def expiry(session: AsyncSession, expiry_id: UUID) -> Expiry | None:
    """Return the note that an item has a last day, locked until the transaction ends."""
    return await session.get(Expiry, expiry_id, with_for_update=True)


async def in_force(
    session: AsyncSession, on: date, site_code: str | None, asked: Asked
) -> Page[contracts.PolicyInForce]:
    """Return one page of the public policies in force on a day, the newest first.

    It says in SQL what `validity.in_force` says.
    """
    listing = Listing(
        f"in-force:{on}:{site_code or ''}",
        contracts.PolicyInForce,
        [(Live.effective_from, date.fromisoformat), (Live.item_id, UUID)],
    )
    question = _in_force(on)
    if site_code is not None:
        question = question.where(Live.site_code == site_code)
    return await listing.turn(session, question, asked)


def _in_force(on: date) -> Select[contracts.PolicyInForce]:
    mark = (
        select(Validity.state, Validity.since)
        .where(Validity.item_id == Live.item_id, Validity.since <= on)
        .order_by(*HOLDS)
        .limit(1)
        .lateral("mark")
    )
    shown: Bundle[contracts.PolicyInForce] = Bundle(
        "policy",
        Live.item_id.label("id"),
        Live.site_code,
        Live.title,
        Live.doc_no,
        Live.index_no,
        Live.url,
        Live.effective_from,
        Live.expires_on,
    )
    state = func.coalesce(mark.c.state, ValidityState.EFFECTIVE.value)
    unexpired = or_(
        Live.expires_on.is_(None), Live.expires_on >= on, mark.c.since > Live.expires_on
    )
    return (
        select(shown)
        .join(mark, true(), isouter=True)
        .where(Live.effective_from <= on, state == ValidityState.EFFECTIVE.value, unexpired)
    )
