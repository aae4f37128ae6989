"""What becomes of posts when the public state or a site has changed."""

from services.content.syndication.channels.commands import following
from shared.contracts.content import ItemReleased, ItemWithdrawn
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ItemReleased)(following.follow_release)
subscriptions.on(ItemWithdrawn)(following.follow_withdrawal)
subscriptions.on(SiteChanged)(following.follow_sponsor)
