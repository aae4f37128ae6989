"""What editorial does when a site has changed."""

from services.content.editorial import commands
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(SiteChanged)(commands.follow_sponsor)
