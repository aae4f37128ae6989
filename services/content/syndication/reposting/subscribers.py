"""What sites that accept by themselves do when a directive is issued, or their sponsor changes."""

from services.content.syndication.reposting.commands import accepting, arranging
from shared.contracts.directives import DirectiveExtended, DirectiveIssued
from shared.contracts.site_life import SiteChanged
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(DirectiveIssued)(accepting.await_rules)
subscriptions.on(DirectiveExtended)(accepting.await_rules)
subscriptions.on(SiteChanged)(arranging.follow_sponsor)
