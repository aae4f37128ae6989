"""What can be asked of interaction."""

import strawberry

from gateway.interaction.mailbox.following.queries import FollowingQuery
from gateway.interaction.mailbox.publication.queries import PublicationQuery


@strawberry.type
class InteractionQuery(
    FollowingQuery,
    PublicationQuery,
):
    """All questions to the interaction service."""
