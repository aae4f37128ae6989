"""What can be done to content: one call upstream each; a refusal comes back as a Problem."""

import strawberry

from gateway.content.assets.mutations import AssetsMutation
from gateway.content.editorial.mutations import EditorialMutation
from gateway.content.lexicons.mutations import LexiconsMutation
from gateway.content.participation.mutations import ParticipationTextsMutation
from gateway.content.registry.mutations.applying import ApplyingMutation
from gateway.content.registry.mutations.registering import RegisteringMutation
from gateway.content.registry.mutations.reporting import ReportingMutation
from gateway.content.release.mutations import ReleaseMutation
from gateway.content.staff.mutations import StaffMutation
from gateway.content.supply.mutations.asking import AskingMutation
from gateway.content.supply.mutations.commissioning import CommissioningMutation
from gateway.content.supply.mutations.contributing import ContributingMutation
from gateway.content.syndication.channels.mutations import ChannelsMutation
from gateway.content.syndication.directives.mutations import DirectivesMutation
from gateway.content.syndication.intake.mutations import IntakeMutation
from gateway.content.syndication.partners.mutations import PartnersMutation
from gateway.content.syndication.recalls.mutations import RecallsMutation
from gateway.content.syndication.reposting.mutations import RepostingMutation
from gateway.content.syndication.rules.mutations import RulesMutation
from gateway.content.topics.mutations import TopicsMutation


@strawberry.type
class ContentMutation(
    EditorialMutation,
    ReleaseMutation,
    RegisteringMutation,
    ApplyingMutation,
    ReportingMutation,
    TopicsMutation,
    AskingMutation,
    ContributingMutation,
    CommissioningMutation,
    DirectivesMutation,
    PartnersMutation,
    RulesMutation,
    ChannelsMutation,
    IntakeMutation,
    RecallsMutation,
    RepostingMutation,
    StaffMutation,
    AssetsMutation,
    LexiconsMutation,
    ParticipationTextsMutation,
):
    """All acts of the content service."""
