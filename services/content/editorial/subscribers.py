"""What editorial does when texts, a site or the words in force have changed."""

from services.content.editorial.commands.following import follow_sponsor
from services.content.editorial.commands.noting import note_links
from services.content.editorial.commands.rechecking import begin_again
from shared.contracts.content import ItemDrafted, ItemRevised, ItemSubmitted
from shared.contracts.importing import ItemsImported
from shared.contracts.lexicons import LexiconChanged
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(SiteChanged)(follow_sponsor)
subscriptions.on(LexiconChanged)(begin_again)
subscriptions.on(ItemsImported)(begin_again)
subscriptions.on(ItemDrafted)(note_links)
subscriptions.on(ItemRevised)(note_links)
subscriptions.on(ItemSubmitted)(note_links)
