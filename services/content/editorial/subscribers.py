"""What editorial does when a site has changed, or the words in force."""

from services.content.editorial.commands.following import follow_sponsor
from services.content.editorial.commands.rechecking import begin_again
from shared.contracts.lexicons import LexiconChanged
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(SiteChanged)(follow_sponsor)
subscriptions.on(LexiconChanged)(begin_again)
