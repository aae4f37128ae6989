"""What can be asked of interaction."""

import strawberry

from gateway.interaction.mailbox import types as _mailbox
from gateway.interaction.mailbox.queries import MailboxQuery

# Their contracts become GraphQL types when they are imported.
TYPES = (_mailbox,)


@strawberry.type
class InteractionQuery(MailboxQuery):
    """All questions to the interaction service."""
