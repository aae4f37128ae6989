"""What becomes of a site's surveys when the registry tells something."""

from sqlalchemy import update

from services.interaction.participation.surveys.models import Survey
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on(SiteChanged)
async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Leave a site's surveys to whoever sponsors it now."""
    kept = update(Survey).where(Survey.site_code == told.code)
    await uow.session.execute(kept.values(sponsoring=told.sponsoring))
