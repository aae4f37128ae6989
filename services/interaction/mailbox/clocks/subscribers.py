"""What is done about clocks when the registry tells something."""

from services.interaction.mailbox.clocks.recounts import commands as recounts
from shared.contracts.registry import WorkdaysNoticed
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on(WorkdaysNoticed)
async def count_again(uow: UnitOfWork, told: WorkdaysNoticed) -> None:
    """Owe running clocks a count by the notice; the group has kept it a moment before."""
    await recounts.begin(uow, told.year)
