"""What becomes of directives when the public state or a site has changed."""

from services.content.syndication.directives.commands import following
from shared.contracts.content import ItemWithdrawn
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ItemWithdrawn)(following.follow_withdrawal)
subscriptions.on(SiteChanged)(following.follow_sponsor)
