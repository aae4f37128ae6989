"""Questions about how often something was read."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.delivery.models import Visits

DAYS_SHOWN = 30
Days = Sequence[tuple[date, int]]


async def item_visits(session: AsyncSession, item_id: UUID) -> tuple[int, Days]:
    """Return how often an item was read altogether and on its last days, in one query."""
    total = func.sum(Visits.count).over()
    question = select(Visits.day, Visits.count, total).where(Visits.item_id == item_id)
    rows = (await session.execute(question.order_by(Visits.day.desc()).limit(DAYS_SHOWN))).all()
    return int(rows[0][2]) if rows else 0, [(day, count) for day, count, _ in rows]


async def site_visits(session: AsyncSession, site_code: str, since: date, until: date) -> Days:
    """Return how often a site's items were read on each day from one to another."""
    question = (
        select(Visits.day, func.sum(Visits.count))
        .where(Visits.site_code == site_code, Visits.day.between(since, until))
        .group_by(Visits.day)
        .order_by(Visits.day)
    )
    return [(day, int(count)) for day, count in await session.execute(question)]
