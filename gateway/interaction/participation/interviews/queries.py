"""What can be asked of interviews."""

from uuid import UUID

import strawberry

from gateway.arguments import Proof, SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.problem import find
from shared.contracts.interviews import (
    Interview,
    InterviewQuestion,
    InterviewState,
    OpenedQuestion,
    PublicInterview,
    PublicQuestion,
    QuestionStatus,
    TranscriptEntry,
)
from shared.contracts.voices import VoiceState


@strawberry.type
class InterviewsQuery:
    """Who answers what about, what was asked, and what was said."""

    @strawberry.field(description="An interview that was announced.")
    async def interview(self, info: Info, id: UUID) -> PublicInterview | None:
        """Return an interview everyone may read of."""
        return await find(info.context.interaction.interview(id))

    @strawberry.field(description="The interviews that were announced, newest first.")
    async def interviews(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: InterviewState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PublicInterview]:
        """Return a page of interviews."""
        page = await info.context.interaction.interviews(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="Approved questions, masked, oldest first.")
    async def interview_questions(
        self, info: Info, interview_id: UUID, first: First = 20, after: After = None
    ) -> Connection[PublicQuestion] | None:
        """Return a page of questions, unless there is no such interview."""
        page = await find(info.context.interaction.interview_questions(interview_id, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(
        description="What was said, in order; it is read as it is said at"
        " `/v1/public/interviews/{id}/transcript` of the interaction service."
    )
    async def transcript(
        self, info: Info, interview_id: UUID, first: First = 20, after: After = None
    ) -> Connection[TranscriptEntry] | None:
        """Return a page of a transcript, unless there is no such interview."""
        page = await find(info.context.interaction.transcript(interview_id, first, after))
        return None if page is None else connect(page, after)

    @strawberry.field(
        description="What became of one's own question; a wrong code and an unknown number are the"
        " same nothing."
    )
    async def question(
        self, info: Info, number: str, query_code: str, proof: Proof = None
    ) -> QuestionStatus | None:
        """Return what became of a question to whoever has its query code."""
        return await find(info.context.interaction.question(number, query_code, proof))

    @strawberry.field(description="An interview as those who hold it work on it.")
    async def kept_interview(self, info: Info, id: UUID) -> Interview | None:
        """Return an interview, if the reader's posts reach it."""
        return await find(info.context.interaction.kept_interview(id))

    @strawberry.field(description="The interviews the reader's posts reach, newest first.")
    async def kept_interviews(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: InterviewState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Interview]:
        """Return a page of interviews as those who hold them work on them."""
        page = await info.context.interaction.kept_interviews(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="An interview's questions for its desk, sealed, oldest first.")
    async def kept_questions(
        self,
        info: Info,
        interview_id: UUID,
        state: VoiceState | None = None,
        answered: bool | None = None,  # noqa: FBT001  # a filter
        first: First = 20,
        after: After = None,
    ) -> Connection[InterviewQuestion] | None:
        """Return a page of questions, if the reader's posts reach them."""
        page = await find(
            info.context.interaction.kept_questions(interview_id, state, answered, first, after)
        )
        return None if page is None else connect(page, after)

    @strawberry.field(description="One question unsealed, for whoever moderates.")
    async def kept_question(self, info: Info, id: UUID) -> OpenedQuestion | None:
        """Return a question, if the reader's posts reach it."""
        return await find(info.context.interaction.kept_question(id))
