"""What can be asked of interaction."""

import strawberry

from gateway.interaction.duty.queries import DutyQuery
from gateway.interaction.mailbox.following.queries import FollowingQuery
from gateway.interaction.mailbox.privacy.queries import PrivacyQuery
from gateway.interaction.mailbox.publication.queries import PublicationQuery


@strawberry.type
class InteractionQuery(
    DutyQuery,
    FollowingQuery,
    PublicationQuery,
    PrivacyQuery,
):
    """All questions to the interaction service."""
