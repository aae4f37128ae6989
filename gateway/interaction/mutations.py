"""What can be done in interaction."""

import strawberry

from gateway.interaction.mailbox.mutations import MailboxMutation


@strawberry.type
class InteractionMutation(MailboxMutation):
    """All acts of the interaction service."""
