"""What the trail does when anything happened."""

from services.audit.trail import commands
from shared.events import Envelope
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()


@subscriptions.on_all
async def keep(uow: UnitOfWork, envelope: Envelope) -> None:
    """Keep the event for good, the audit service's own included."""
    await commands.append(uow, envelope)
