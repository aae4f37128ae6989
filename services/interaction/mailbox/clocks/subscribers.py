"""What is done about clocks when the registry tells something."""

from services.interaction.mailbox.clocks import commands
from shared.contracts.registry import WorkdaysNoticed
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on(WorkdaysNoticed)
async def count_again(uow: UnitOfWork, told: WorkdaysNoticed) -> None:
    """Let open letters fall due by the notice; the group has kept it a moment before."""
    await commands.recount(uow, told.year)
