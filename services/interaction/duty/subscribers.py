"""What duty does when the registry or the staff's register tells something."""

from services.interaction.duty.commands import adapting, enrolling
from shared.contracts.registry import OrganizationChanged, WorkdaysNoticed
from shared.contracts.staff import PersonDeactivated, PostVacated
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on(WorkdaysNoticed)
async def follow_notice(uow: UnitOfWork, told: WorkdaysNoticed) -> None:
    """Put the days of rosters right; the group has kept the notice a moment before."""
    await adapting.follow_notice(uow, told.year)


@subscriptions.on(OrganizationChanged)
async def follow_organization(uow: UnitOfWork, told: OrganizationChanged) -> None:
    """Know a desk by what its organization is called now."""
    await adapting.follow_organization(uow, told)


@subscriptions.on(PersonDeactivated)
async def stand_down(uow: UnitOfWork, told: PersonDeactivated) -> None:
    """Let somebody who may log in no more be on duty no more."""
    await enrolling.stand_down(uow, told.person_id)


@subscriptions.on(PostVacated)
async def vacate_post(uow: UnitOfWork, told: PostVacated) -> None:
    """Let somebody who left a clerk's post take no days there, who left a leader's not lead."""
    await enrolling.vacate_post(uow, told.person_id, told.organization, told.kind)
