"""What is claimed when a site has answered a directive, and read when a repost has changed."""

from services.content.syndication.verification.commands import claiming
from shared.contracts.content import ItemReleased
from shared.contracts.directives import ObligationSettled
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ObligationSettled)(claiming.claim_own)
subscriptions.on(ItemReleased)(claiming.read_again)
