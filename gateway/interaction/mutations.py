"""What can be done in interaction: one call upstream each; a refusal comes back as a Problem."""

import strawberry

from gateway.interaction.duty.mutations import DutyMutation
from gateway.interaction.mailbox.answering.mutations import AnsweringMutation
from gateway.interaction.mailbox.attachments.mutations import AttachmentsMutation
from gateway.interaction.mailbox.clocks.mutations import ClocksMutation
from gateway.interaction.mailbox.evaluation.mutations import EvaluationMutation
from gateway.interaction.mailbox.following.mutations import FollowingMutation
from gateway.interaction.mailbox.intake.mutations import IntakeMutation
from gateway.interaction.mailbox.library.mutations import LibraryMutation
from gateway.interaction.mailbox.privacy.mutations import PrivacyMutation
from gateway.interaction.mailbox.publication.mutations import PublicationMutation
from gateway.interaction.mailbox.screening.mutations import ScreeningMutation
from gateway.interaction.mailbox.sorting.mutations import SortingMutation
from gateway.interaction.participation.consultations.mutations import ConsultationsMutation
from gateway.interaction.participation.interviews.mutations import InterviewsMutation
from gateway.interaction.participation.surveys.mutations import SurveysMutation


@strawberry.type
class InteractionMutation(
    DutyMutation,
    IntakeMutation,
    AttachmentsMutation,
    PrivacyMutation,
    PublicationMutation,
    ConsultationsMutation,
    InterviewsMutation,
    SurveysMutation,
    ClocksMutation,
    EvaluationMutation,
    AnsweringMutation,
    LibraryMutation,
    ScreeningMutation,
    SortingMutation,
    FollowingMutation,
):
    """All acts of the interaction service."""
