"""What can be asked of interaction."""

import strawberry

from gateway.interaction.duty.queries import DutyQuery
from gateway.interaction.mailbox.answering.queries import AnsweringQuery
from gateway.interaction.mailbox.attachments.queries import AttachmentsQuery
from gateway.interaction.mailbox.clocks.queries import ClocksQuery
from gateway.interaction.mailbox.desk.queries import DeskQuery
from gateway.interaction.mailbox.evaluation.queries import EvaluationQuery
from gateway.interaction.mailbox.following.queries import FollowingQuery
from gateway.interaction.mailbox.insights.queries import InsightsQuery
from gateway.interaction.mailbox.intake.queries import IntakeQuery
from gateway.interaction.mailbox.letters.queries import LettersQuery
from gateway.interaction.mailbox.library.queries import LibraryQuery
from gateway.interaction.mailbox.notifications.queries import NotificationsQuery
from gateway.interaction.mailbox.privacy.queries import PrivacyQuery
from gateway.interaction.mailbox.publication.queries import PublicationQuery
from gateway.interaction.mailbox.screening.queries import ScreeningQuery
from gateway.interaction.mailbox.sorting.queries import SortingQuery
from gateway.interaction.participation.consultations import types as _consultations
from gateway.interaction.participation.consultations.queries import ConsultationsQuery
from gateway.interaction.participation.interviews import types as _interviews
from gateway.interaction.participation.interviews.queries import InterviewsQuery
from gateway.interaction.participation.surveys.queries import SurveysQuery

# Their contracts become GraphQL types when they are imported.
TYPES = (
    _consultations,
    _interviews,
)


@strawberry.type
class InteractionQuery(
    DutyQuery,
    FollowingQuery,
    PublicationQuery,
    AttachmentsQuery,
    PrivacyQuery,
    ConsultationsQuery,
    InterviewsQuery,
    SurveysQuery,
    ClocksQuery,
    EvaluationQuery,
    InsightsQuery,
    AnsweringQuery,
    LibraryQuery,
    NotificationsQuery,
    DeskQuery,
    LettersQuery,
    ScreeningQuery,
    SortingQuery,
    IntakeQuery,
):
    """All questions to the interaction service."""
