"""What supply does when something became public."""

from services.content.supply.commands import contributing
from shared.contracts.content import ItemReleased
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on(ItemReleased)
async def note_release(uow: UnitOfWork, event: ItemReleased) -> None:
    """Count a contribution as published once its item is."""
    await contributing.note_release(uow, event.item_id, event.first_public_at)
