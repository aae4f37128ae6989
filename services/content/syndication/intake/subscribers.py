"""What becomes of entries when something became public."""

from services.content.syndication.intake.commands import following
from shared.contracts.content import ItemReleased
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ItemReleased)(following.follow_release)
