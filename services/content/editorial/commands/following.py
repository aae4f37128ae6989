"""What items do when the registry changes."""

from sqlalchemy import update

from services.content.editorial.models import Item, Task
from shared.contracts.site_life import SiteChanged
from shared.uow import UnitOfWork


async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let the items of a site, and what is owed to them, answer to whoever sponsors it now."""
    for table in (Item, Task):
        rows = update(table).where(
            table.site_code == told.code, table.sponsoring != told.sponsoring
        )
        await uow.session.execute(rows.values(sponsoring=told.sponsoring))
