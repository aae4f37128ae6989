"""What syndication does when the public state or a site has changed."""

from services.content.syndication.commands import claiming, directing, subscribing
from shared.contracts.content import ItemReleased, ItemWithdrawn
from shared.contracts.site_life import SiteChanged
from shared.contracts.syndication import ObligationSettled
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on(ItemReleased)
async def tell_of_release(uow: UnitOfWork, event: ItemReleased) -> None:
    """Make out messages to the subscribers."""
    await subscribing.tell_subscribers(uow, event)


@subscriptions.on(ItemWithdrawn)
async def tell_of_withdrawal(uow: UnitOfWork, event: ItemWithdrawn) -> None:
    """Make out messages to the subscribers, and take the reposts back."""
    await subscribing.tell_subscribers(uow, event)
    await directing.follow_withdrawal(uow, event)


subscriptions.on(SiteChanged)(directing.follow_sponsor)
subscriptions.on(ObligationSettled)(claiming.claim_own)
