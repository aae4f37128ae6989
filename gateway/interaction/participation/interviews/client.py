"""Interviews, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.interaction.admission import showing
from gateway.upstream import Upstream, segment
from shared.contracts.interviewing import (
    InterviewText,
    NewInterview,
    NewQuestion,
    NewTranscriptEntry,
)
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
from shared.contracts.page import Page
from shared.contracts.voices import Moderation, VoiceReceipt, VoiceState


@dataclass(frozen=True)
class InterviewsClient:
    """Interviews on behalf of one reader."""

    upstream: Upstream

    async def interviews(
        self, site_code: str | None, state: InterviewState | None, first: int, after: str | None
    ) -> Page[PublicInterview]:
        """Return a page of the interviews everyone may read of."""
        return await self.upstream.get(
            Page[PublicInterview],
            "/v1/public/interviews",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def interview(self, interview_id: UUID) -> PublicInterview:
        """Return an interview."""
        return await self.upstream.get(PublicInterview, f"/v1/public/interviews/{interview_id}")

    async def interview_questions(
        self, interview_id: UUID, first: int, after: str | None
    ) -> Page[PublicQuestion]:
        """Return a page of approved questions."""
        path = f"/v1/public/interviews/{interview_id}/questions"
        return await self.upstream.get(Page[PublicQuestion], path, first=first, after=after)

    async def transcript(
        self, interview_id: UUID, first: int, after: str | None
    ) -> Page[TranscriptEntry]:
        """Return a page of what was said."""
        path = f"/v1/public/interviews/{interview_id}/entries"
        return await self.upstream.get(Page[TranscriptEntry], path, first=first, after=after)

    async def ask_question(self, interview_id: UUID, new: NewQuestion) -> VoiceReceipt:
        """Ask something."""
        path = f"/v1/public/interviews/{interview_id}/questions"
        return await self.upstream.post(VoiceReceipt, path, new)

    async def question(self, number: str, query_code: str, proof: str | None) -> QuestionStatus:
        """Return what became of a question to whoever has its query code."""
        path = f"/v1/public/questions/{segment(number)}"
        return await self.upstream.showing(showing(query_code, proof)).get(QuestionStatus, path)

    async def kept_interviews(
        self, site_code: str | None, state: InterviewState | None, first: int, after: str | None
    ) -> Page[Interview]:
        """Return a page of the interviews the reader has to do with."""
        return await self.upstream.get(
            Page[Interview],
            "/v1/interviews",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def kept_interview(self, interview_id: UUID) -> Interview:
        """Return an interview as those who hold it work on it."""
        return await self.upstream.get(Interview, f"/v1/interviews/{interview_id}")

    async def kept_questions(
        self,
        interview_id: UUID,
        state: VoiceState | None,
        answered: bool | None,  # noqa: FBT001  # a filter
        first: int,
        after: str | None,
    ) -> Page[InterviewQuestion]:
        """Return a page of an interview's questions, sealed."""
        path = f"/v1/interviews/{interview_id}/questions"
        return await self.upstream.get(
            Page[InterviewQuestion], path, state=state, answered=answered, first=first, after=after
        )

    async def kept_question(self, question_id: UUID) -> OpenedQuestion:
        """Return a question unsealed."""
        return await self.upstream.get(OpenedQuestion, f"/v1/questions/{question_id}")

    async def prepare_interview(self, new: NewInterview) -> Interview:
        """Prepare an interview."""
        return await self.upstream.post(Interview, "/v1/interviews", new)

    async def change_interview(
        self, interview_id: UUID, text: InterviewText, version: int
    ) -> Interview:
        """Prepare it otherwise."""
        path = f"/v1/interviews/{interview_id}"
        return await self.upstream.post(Interview, path, text, version=version, method="PUT")

    async def announce_interview(self, interview_id: UUID, version: int) -> Interview:
        """Let the public know and ask."""
        path = f"/v1/interviews/{interview_id}/announcement"
        return await self.upstream.post(Interview, path, version=version)

    async def start_interview(self, interview_id: UUID, version: int) -> Interview:
        """Go live."""
        path = f"/v1/interviews/{interview_id}/start"
        return await self.upstream.post(Interview, path, version=version)

    async def enter_said(self, interview_id: UUID, new: NewTranscriptEntry) -> TranscriptEntry:
        """Enter what was said."""
        path = f"/v1/interviews/{interview_id}/entries"
        return await self.upstream.post(TranscriptEntry, path, new)

    async def end_interview(self, interview_id: UUID, version: int) -> Interview:
        """Say no more."""
        path = f"/v1/interviews/{interview_id}/end"
        return await self.upstream.post(Interview, path, version=version)

    async def publish_interview_record(self, interview_id: UUID, version: int) -> Interview:
        """Publish the record."""
        path = f"/v1/interviews/{interview_id}/publication"
        return await self.upstream.post(Interview, path, version=version)

    async def moderate_question(
        self, question_id: UUID, given: Moderation, version: int
    ) -> InterviewQuestion:
        """Let a question be read by all, or not."""
        path = f"/v1/questions/{question_id}/moderation"
        return await self.upstream.post(InterviewQuestion, path, given, version=version)
