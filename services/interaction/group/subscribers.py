"""What is done when the registry tells something."""

from services.interaction.group import commands
from shared.contracts.registry import (
    OrganizationChanged,
    OrganizationRegistered,
    SiteOpened,
    WorkdaysNoticed,
)
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


async def know_organization(
    uow: UnitOfWork, told: OrganizationRegistered | OrganizationChanged
) -> None:
    """Know the unit from now on as one that may answer, by what it is called now."""
    await commands.keep_organization(uow, told)


subscriptions.on(OrganizationRegistered)(know_organization)
subscriptions.on(OrganizationChanged)(know_organization)


@subscriptions.on(SiteOpened)
async def know_site(uow: UnitOfWork, told: SiteOpened) -> None:
    """Open the site's mailbox."""
    await commands.keep_site(uow, told)


@subscriptions.on(SiteChanged)
async def know_site_data(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let the site's new sponsor take in its letters from now on."""
    await commands.keep_site_data(uow, told)


@subscriptions.on(WorkdaysNoticed)
async def know_notice(uow: UnitOfWork, told: WorkdaysNoticed) -> None:
    """Count deadlines by the notice from now on."""
    await commands.keep_notice(uow, told)
