"""What partners are told when the public state has changed."""

from services.content.syndication.partners.commands.subscribing import tell_subscribers
from shared.contracts.content import ItemReleased, ItemWithdrawn
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ItemReleased)(tell_subscribers)
subscriptions.on(ItemWithdrawn)(tell_subscribers)
