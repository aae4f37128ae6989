"""The content service, one method for each thing the schema asks of it."""

from dataclasses import dataclass

from gateway.content.assets.client import AssetsClient
from gateway.content.delivery.client import DeliveryClient
from gateway.content.editorial.client import EditorialClient
from gateway.content.lexicons.client import LexiconsClient
from gateway.content.participation.client import ParticipationTextsClient
from gateway.content.registry.client import RegistryClient
from gateway.content.release.client import ReleaseClient
from gateway.content.staff.client import StaffClient
from gateway.content.supply.client import SupplyClient
from gateway.content.syndication.channels.client import ChannelsClient
from gateway.content.syndication.directives.client import DirectivesClient
from gateway.content.syndication.intake.client import IntakeClient
from gateway.content.syndication.partners.client import PartnersClient
from gateway.content.syndication.recalls.client import RecallsClient
from gateway.content.syndication.reposting.client import RepostingClient
from gateway.content.syndication.rules.client import RulesClient
from gateway.content.topics.client import TopicsClient


@dataclass(frozen=True)
class ContentClient(
    DeliveryClient,
    EditorialClient,
    ReleaseClient,
    RegistryClient,
    TopicsClient,
    SupplyClient,
    DirectivesClient,
    PartnersClient,
    RulesClient,
    ChannelsClient,
    IntakeClient,
    RecallsClient,
    RepostingClient,
    StaffClient,
    AssetsClient,
    LexiconsClient,
    ParticipationTextsClient,
):
    """All capabilities of the content service on behalf of one reader."""
