"""What becomes of directives when the public state or a site has changed."""

from services.content.syndication.directives.commands import extending, following, reminding
from shared.contracts.content import ItemWithdrawn
from shared.contracts.registry import SiteOpened
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ItemWithdrawn)(following.follow_withdrawal)
subscriptions.on(SiteChanged)(following.follow_sponsor)
subscriptions.on(SiteChanged)(reminding.follow_supervisor)
subscriptions.on(SiteOpened)(extending.tell_opened)
