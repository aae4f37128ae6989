"""What the release capability does when a site has changed."""

from services.content.release.commands.following import follow_sponsor
from services.content.release.commands.readdressing import await_addresses
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

# First, for it waits while addresses are written, and then locks the same rows.
subscriptions.on(SiteChanged)(await_addresses)
subscriptions.on(SiteChanged)(follow_sponsor)
