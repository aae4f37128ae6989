"""The interaction service, one method for each thing the schema asks of it."""

from dataclasses import dataclass

from gateway.interaction.duty.client import DutyClient
from gateway.interaction.mailbox.answering.client import AnsweringClient
from gateway.interaction.mailbox.attachments.client import AttachmentsClient
from gateway.interaction.mailbox.clocks.client import ClocksClient
from gateway.interaction.mailbox.desk.client import DeskClient
from gateway.interaction.mailbox.evaluation.client import EvaluationClient
from gateway.interaction.mailbox.following.client import FollowingClient
from gateway.interaction.mailbox.insights.client import InsightsClient
from gateway.interaction.mailbox.intake.client import IntakeClient
from gateway.interaction.mailbox.letters.client import LettersClient
from gateway.interaction.mailbox.library.client import LibraryClient
from gateway.interaction.mailbox.notifications.client import NotificationsClient
from gateway.interaction.mailbox.privacy.client import PrivacyClient
from gateway.interaction.mailbox.publication.client import PublicationClient
from gateway.interaction.mailbox.screening.client import ScreeningClient
from gateway.interaction.mailbox.sorting.client import SortingClient
from gateway.interaction.participation.consultations.client import ConsultationsClient
from gateway.interaction.participation.interviews.client import InterviewsClient
from gateway.interaction.participation.surveys.client import SurveysClient


@dataclass(frozen=True)
class InteractionClient(
    DutyClient,
    IntakeClient,
    FollowingClient,
    PublicationClient,
    AttachmentsClient,
    PrivacyClient,
    ConsultationsClient,
    InterviewsClient,
    SurveysClient,
    ClocksClient,
    EvaluationClient,
    InsightsClient,
    AnsweringClient,
    LibraryClient,
    NotificationsClient,
    DeskClient,
    LettersClient,
    ScreeningClient,
    SortingClient,
):
    """All capabilities of the interaction service on behalf of one reader."""
