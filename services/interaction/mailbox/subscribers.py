"""What the mailbox does when the registry tells something."""

from services.interaction.mailbox.commands import due
from shared.contracts.registry import WorkdaysNoticed
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on(WorkdaysNoticed)
async def count_again(uow: UnitOfWork, told: WorkdaysNoticed) -> None:
    """Let open letters fall due by the notice; the group has kept it a moment before."""
    await due.recount(uow, told.year)
