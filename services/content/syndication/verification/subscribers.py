"""What is claimed when a site has answered a directive."""

from services.content.syndication.verification.commands import claiming
from shared.contracts.directives import ObligationSettled
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ObligationSettled)(claiming.claim_own)
