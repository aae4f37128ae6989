"""What editorial does when a site has changed."""

from services.content.editorial.commands.following import follow_sponsor
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(SiteChanged)(follow_sponsor)
