"""What content does when participation tells something."""

from services.content.participation import commands
from shared.contracts.participation import ParticipationTold
from shared.inbox import Subscriptions

subscriptions = Subscriptions()

subscriptions.on(ParticipationTold)(commands.take_up)
