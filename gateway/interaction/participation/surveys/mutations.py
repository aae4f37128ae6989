"""What respondents and clerks do with surveys."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import questionnaires, surveys
from shared.contracts.surveys import DeviceToken, Invitations, ResponseReceipt, Survey

for plain in (
    surveys.SurveyText,
    surveys.NewSurvey,
    surveys.SurveyReview,
    surveys.SurveyClosing,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)
for part in (
    questionnaires.Option,
    questionnaires.Condition,
    questionnaires.Question,
    questionnaires.Cell,
    questionnaires.Answer,
):
    strawberry.pydantic.input(part, name=f"Survey{part.__name__}Input", description=part.__doc__)
for whole, name in (
    (questionnaires.NewResponse, "SurveyResponseInput"),
    (surveys.WantedInvitations, "SurveyInvitationsInput"),
):
    strawberry.pydantic.input(whole, name=name, description=whole.__doc__)

SurveyOrProblem = Annotated[Survey | Problem, strawberry.union("SurveyOrProblem")]
ResponseOrProblem = Annotated[
    ResponseReceipt | Problem, strawberry.union("SurveyResponseOrProblem")
]
InvitationsOrProblem = Annotated[
    Invitations | Problem, strawberry.union("SurveyInvitationsOrProblem")
]
Shown = Annotated[
    str,
    strawberry.argument(
        name="pass", description="The token of the device, or the code of an invitation."
    ),
]


@strawberry.type
class SurveysMutation:
    """Answering surveys, and drafting, reviewing and closing them."""

    @strawberry.mutation(
        description="A token by which a device answers each survey once: keep it on the device."
    )
    async def admit_survey_device(self, info: Info) -> DeviceToken:
        """Hand out a token."""
        return await info.context.interaction.admit_survey_device()

    @strawberry.mutation(description="Answer an open survey, once for each pass.")
    async def answer_survey(
        self, info: Info, id: UUID, shown: Shown, input: questionnaires.NewResponse
    ) -> ResponseOrProblem:
        """Send a response."""
        return await info.context.interaction.answer_survey(id, shown, input)

    @strawberry.mutation(description="Draft a survey for a site.")
    async def draft_survey(self, info: Info, input: surveys.NewSurvey) -> SurveyOrProblem:
        """Draft a survey."""
        return await info.context.interaction.draft_survey(input)

    @strawberry.mutation(
        description="Write a survey anew before it opens; it must be approved again."
    )
    async def revise_survey(
        self, info: Info, id: UUID, version: int, input: surveys.SurveyText
    ) -> SurveyOrProblem:
        """Revise a survey."""
        return await info.context.interaction.revise_survey(id, input, version)

    @strawberry.mutation(
        description="Let a survey somebody else wrote open, at once or at its time, or return it."
    )
    async def review_survey(
        self, info: Info, id: UUID, version: int, input: surveys.SurveyReview
    ) -> SurveyOrProblem:
        """Review a survey."""
        return await info.context.interaction.review_survey(id, input, version)

    @strawberry.mutation(
        description="Codes to hand out, each good for one response; shown this once."
    )
    async def invite_to_survey(
        self, info: Info, id: UUID, version: int, input: surveys.WantedInvitations
    ) -> InvitationsOrProblem:
        """Issue invitations."""
        return await info.context.interaction.invite_to_survey(id, input, version)

    @strawberry.mutation(
        description="End a survey before its time; what was answered so far is its result."
    )
    async def close_survey(
        self, info: Info, id: UUID, version: int, input: surveys.SurveyClosing
    ) -> SurveyOrProblem:
        """Close a survey."""
        return await info.context.interaction.close_survey(id, input, version)
