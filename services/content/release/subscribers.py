"""What the release capability does when a site has changed."""

from services.content.release.commands.following import follow_sponsor
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(SiteChanged)(follow_sponsor)
