"""What public items do when the registry changes."""

from sqlalchemy import update

from services.content.release.models import Live
from shared.contracts.site_life import SiteChanged
from shared.uow import UnitOfWork


async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let the public items of a site answer to whoever sponsors it now."""
    rows = update(Live).where(Live.site_code == told.code, Live.sponsoring != told.sponsoring)
    await uow.session.execute(rows.values(sponsoring=told.sponsoring))
