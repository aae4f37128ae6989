"""What is done in interviews, by those who ask and by those who hold them."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.interaction.participation.consultations.mutations import VoiceReceiptOrProblem
from gateway.problem import Problem
from shared.contracts import interviewing
from shared.contracts.interviews import Interview, InterviewQuestion, TranscriptEntry
from shared.contracts.voices import Moderation

for plain in (
    interviewing.InterviewText,
    interviewing.NewInterview,
    interviewing.NewQuestion,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)
strawberry.pydantic.input(
    interviewing.Guest, name="GuestInput", description=interviewing.Guest.__doc__
)
strawberry.pydantic.input(
    interviewing.NewTranscriptEntry,
    name="NewTranscriptEntryInput",
    description=interviewing.NewTranscriptEntry.__doc__,
)

InterviewOrProblem = Annotated[Interview | Problem, strawberry.union("InterviewOrProblem")]
QuestionOrProblem = Annotated[InterviewQuestion | Problem, strawberry.union("QuestionOrProblem")]
TranscriptEntryOrProblem = Annotated[
    TranscriptEntry | Problem, strawberry.union("TranscriptEntryOrProblem")
]


@strawberry.type
class InterviewsMutation:
    """Holding interviews, and asking in them."""

    @strawberry.mutation(
        description="Ask in an interview; number and query code tell what became of it."
    )
    async def ask_question(
        self, info: Info, interview_id: UUID, input: interviewing.NewQuestion
    ) -> VoiceReceiptOrProblem:
        """Hand a question in."""
        return await info.context.interaction.ask_question(interview_id, input)

    @strawberry.mutation(description="Prepare an interview.")
    async def prepare_interview(
        self, info: Info, input: interviewing.NewInterview
    ) -> InterviewOrProblem:
        """Prepare an interview."""
        return await info.context.interaction.prepare_interview(input)

    @strawberry.mutation(description="Prepare an interview otherwise, before it is announced.")
    async def change_interview(
        self, info: Info, id: UUID, version: int, input: interviewing.InterviewText
    ) -> InterviewOrProblem:
        """Change an interview."""
        return await info.context.interaction.change_interview(id, input, version)

    @strawberry.mutation(
        description="Let the public know and ask; whoever prepared it may not. The announcement"
        " becomes a draft of content."
    )
    async def announce_interview(self, info: Info, id: UUID, version: int) -> InterviewOrProblem:
        """Announce an interview."""
        return await info.context.interaction.announce_interview(id, version)

    @strawberry.mutation(description="Go live.")
    async def start_interview(self, info: Info, id: UUID, version: int) -> InterviewOrProblem:
        """Start an interview."""
        return await info.context.interaction.start_interview(id, version)

    @strawberry.mutation(
        description="Enter what was said, or put it in the place of what was entered wrongly."
    )
    async def enter_said(
        self, info: Info, interview_id: UUID, input: interviewing.NewTranscriptEntry
    ) -> TranscriptEntryOrProblem:
        """Enter what was said."""
        return await info.context.interaction.enter_said(interview_id, input)

    @strawberry.mutation(description="Say no more; what was said may still be corrected.")
    async def end_interview(self, info: Info, id: UUID, version: int) -> InterviewOrProblem:
        """End an interview."""
        return await info.context.interaction.end_interview(id, version)

    @strawberry.mutation(
        description="Publish the record; whoever entered something of it may not. It becomes a"
        " draft of content."
    )
    async def publish_interview_record(
        self, info: Info, id: UUID, version: int
    ) -> InterviewOrProblem:
        """Publish a record."""
        return await info.context.interaction.publish_interview_record(id, version)

    @strawberry.mutation(
        description="Let a question be read by all, masked, or tell whoever asked why not."
    )
    async def moderate_question(
        self, info: Info, id: UUID, version: int, input: Moderation
    ) -> QuestionOrProblem:
        """Moderate a question."""
        return await info.context.interaction.moderate_question(id, input, version)
