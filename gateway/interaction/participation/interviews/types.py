"""Interviews as GraphQL types."""

import strawberry

from shared.contracts import interviews

for plain in (
    interviews.InterviewGuest,
    interviews.PublicInterview,
    interviews.AskedQuestion,
    interviews.TranscriptEntry,
    interviews.PublicQuestion,
    interviews.QuestionStatus,
    interviews.Interview,
    interviews.InterviewQuestion,
    interviews.OpenedQuestion,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
