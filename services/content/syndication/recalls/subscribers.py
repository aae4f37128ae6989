"""What is recalled when an item was withdrawn, its text replaced, or a copy claimed after that."""

from services.content.syndication.recalls.commands import beginning
from shared.contracts.content import ItemReleased, ItemWithdrawn
from shared.contracts.directives import ObligationClaimed
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ItemWithdrawn)(beginning.follow_withdrawal)
subscriptions.on(ItemReleased)(beginning.follow_correction)
subscriptions.on(ObligationClaimed)(beginning.follow_claim)
subscriptions.on(SiteChanged)(beginning.follow_sponsor)
