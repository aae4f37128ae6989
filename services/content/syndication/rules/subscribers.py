"""What rules do when something became public."""

from services.content.syndication.rules.commands import firing
from shared.contracts.content import ItemReleased
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ItemReleased)(firing.follow_release)
