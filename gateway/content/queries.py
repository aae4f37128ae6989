"""What can be asked of content."""

import strawberry

from gateway.content.assets.queries import AssetsQuery
from gateway.content.delivery.queries import DeliveryQuery
from gateway.content.editorial.queries import EditorialQuery
from gateway.content.lexicons.queries import LexiconsQuery
from gateway.content.participation import types as _participation
from gateway.content.participation.queries import ParticipationTextsQuery
from gateway.content.registry.queries import RegistryQuery
from gateway.content.release.queries import ReleaseQuery
from gateway.content.staff.queries import StaffQuery
from gateway.content.supply.queries import SupplyQuery
from gateway.content.syndication.channels.queries import ChannelsQuery
from gateway.content.syndication.directives.queries import DirectivesQuery
from gateway.content.syndication.intake.queries import IntakeQuery
from gateway.content.syndication.partners.queries import PartnersQuery
from gateway.content.syndication.recalls.queries import RecallsQuery
from gateway.content.syndication.reposting.queries import RepostingQuery
from gateway.content.syndication.rules.queries import RulesQuery
from gateway.content.topics import types as _topics
from gateway.content.topics.queries import TopicsQuery

# Their contracts become GraphQL types when they are imported.
TYPES = (_topics, _participation)


@strawberry.type
class ContentQuery(
    DeliveryQuery,
    EditorialQuery,
    ReleaseQuery,
    RegistryQuery,
    TopicsQuery,
    SupplyQuery,
    DirectivesQuery,
    PartnersQuery,
    RulesQuery,
    ChannelsQuery,
    IntakeQuery,
    RecallsQuery,
    RepostingQuery,
    StaffQuery,
    AssetsQuery,
    LexiconsQuery,
    ParticipationTextsQuery,
):
    """All questions to the content service."""
