"""The interaction service, one method for each thing the schema asks of it."""

from dataclasses import dataclass

from gateway.interaction.mailbox.client import MailboxClient


@dataclass(frozen=True)
class InteractionClient(MailboxClient):
    """All capabilities of the interaction service on behalf of one reader."""
