"""Counting visits."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from services.content.delivery.models import Visits
from services.content.release.queries import reading
from shared.business_day import business_date
from shared.uow import UnitOfWork

SOON_ENOUGH = text("SET LOCAL synchronous_commit TO off")
"""Readers of one item wait for one another's commits; a crash may lose the last few visits."""


async def count_visit(uow: UnitOfWork, item_id: UUID) -> None:
    """Count one visit of a public item, on this day; it is no event (docs/adr/0024)."""
    site_code = await reading.site_of(uow.session, item_id)
    await uow.session.execute(SOON_ENOUGH)
    visit = insert(Visits).values(
        item_id=item_id, day=business_date(uow.now), site_code=site_code, count=1
    )
    await uow.session.execute(
        visit.on_conflict_do_update(
            index_elements=[Visits.item_id, Visits.day], set_={"count": Visits.count + 1}
        )
    )
