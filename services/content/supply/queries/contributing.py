"""Questions about contributions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from services.content.supply.models import Contribution
from services.content.supply.schemas import ContributionFilter, Window
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import supply as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

CONTRIBUTIONS = Listing("contributions", contracts.Contribution, [(Contribution.id, UUID)])
COUNTS = Listing(
    "contribution-counts",
    contracts.ContributionCount,
    [(Contribution.organization, str)],
    newest_first=False,
)
MOST_UNITS = 10_000


def _known_to(actor: Actor) -> ColumnElement[bool]:
    """Say whose contributions an actor sees: those to its sites, and its own unit's."""
    return or_(
        reached(actor, Permission.READ_DRAFTS, Contribution.sponsoring),
        reached(actor, Permission.CONTRIBUTE, Contribution.organization),
    )


async def contribution(
    session: AsyncSession, actor: Actor, contribution_id: UUID, *, lock: bool = False
) -> Contribution:
    """Return a contribution the actor sees, or refuse as if it did not exist."""
    question = select(Contribution).where(Contribution.id == contribution_id, _known_to(actor))
    found = await session.scalar(question.with_for_update() if lock else question)
    if found is None:
        raise NotFound("没有这条报送信息。")
    return found


async def contributions(
    session: AsyncSession, actor: Actor, wanted: ContributionFilter, asked: Asked
) -> Page[contracts.Contribution]:
    """Return one page of the contributions an actor sees, newest first."""
    question = select(Contribution).where(_known_to(actor))
    for column, value in (
        (Contribution.site_code, wanted.site_code),
        (Contribution.task_id, wanted.task_id),
        (Contribution.state, wanted.state),
    ):
        if value is not None:
            question = question.where(column == value)
    return await CONTRIBUTIONS.turn(session, question, asked)


async def of_item(session: AsyncSession, item_id: UUID) -> Contribution | None:
    """Return the contribution this item was made from, locked, if it was made from one."""
    question = select(Contribution).where(Contribution.item_id == item_id).with_for_update()
    return await session.scalar(question)


async def counts(
    session: AsyncSession, actor: Actor, within: Window, site_code: str | None, asked: Asked
) -> Page[contracts.ContributionCount]:
    """Return one page of counts per unit, by its path."""
    return await COUNTS.turn(session, _counted(actor, within, site_code), asked)


async def all_counts(
    session: AsyncSession, actor: Actor, within: Window, site_code: str | None
) -> Sequence[contracts.ContributionCount]:
    """Return the counts of every unit, by its path."""
    question = _counted(actor, within, site_code).order_by(Contribution.organization)
    rows = await session.scalars(question.limit(MOST_UNITS))
    return [contracts.ContributionCount.model_validate(row) for row in rows]


def _counted(actor: Actor, within: Window, site_code: str | None) -> Select[object]:
    def inside(
        at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    ) -> ColumnElement[bool]:
        return and_(at >= within.start, at < within.end)

    dated = {
        "submitted": inside(Contribution.submitted_at),
        "adopted": inside(Contribution.adopted_at),
        "published": inside(Contribution.published_at),
    }
    pairs: list[object] = ["organization", Contribution.organization]
    for name, of_window in dated.items():
        pairs += [name, func.count().filter(of_window)]
    question = (
        select(func.jsonb_build_object(*pairs, type_=JSONB))
        .where(_known_to(actor), or_(*dated.values()))
        .group_by(Contribution.organization)
    )
    if site_code is not None:
        question = question.where(Contribution.site_code == site_code)
    return question
