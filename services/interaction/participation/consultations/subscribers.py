"""What consultations do when the registry tells something."""

from services.interaction.participation.consultations.commands import due
from shared.contracts.registry import WorkdaysNoticed
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on(WorkdaysNoticed)
async def count_again(uow: UnitOfWork, told: WorkdaysNoticed) -> None:
    """Let reports fall due by the notice; the group has kept it a moment before."""
    await due.recount(uow, told.year)
