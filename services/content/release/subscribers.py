"""What the release capability does when a site has changed."""

from services.content.release import commands
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(SiteChanged)(commands.follow_sponsor)
