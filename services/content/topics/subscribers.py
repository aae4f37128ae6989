"""What topics do when something became public."""

from services.content.topics.commands import timing
from shared.contracts.content import ItemReleased
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on(ItemReleased)
async def note_release(uow: UnitOfWork, event: ItemReleased) -> None:
    """Let an item of the topic's own site meet its clocks; a repost is no news."""
    if event.topic_id is not None and event.origin is None:
        at = event.released_at or event.first_public_at
        await timing.note_release(uow, event.topic_id, event.item_id, event.kind, at)
