"""Surveys, as clerks, respondents and the public may know them.

No event and no public view holds a single answer, a text that somebody wrote, or a small count.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import Verdict
from shared.contracts.questionnaires import (
    MOST_QUESTIONS,
    Question,
    QuestionKind,
    SurveyQuestion,
)
from shared.contracts.text import Line, Prose, Reason, SiteCode, Strict
from shared.events import Event
from shared.moments import Moment


class SurveyState(StrEnum):
    """How far a survey is; its questions are frozen once it was opened."""

    DRAFTED = "drafted"
    RETURNED = "returned"
    APPROVED = "approved"
    OPEN = "open"
    CLOSED = "closed"


class SurveyPass(StrEnum):
    """What lets somebody answer, once: a token of their device, or a code they were given."""

    DEVICE = "device"
    CODE = "code"


class SurveyText(Strict):
    """All that a reviewer consents to, and that nobody changes once the survey is open."""

    title: Annotated[Line, Field(max_length=100)]
    introduction: Annotated[Prose, Field(max_length=5_000)]
    questions: Annotated[Sequence[Question], Field(min_length=1, max_length=MOST_QUESTIONS)]
    answered_with: SurveyPass
    opens_at: Moment | None = Field(
        default=None, description="Without one it opens when it is approved."
    )
    closes_at: Moment
    live_tally: bool = Field(
        default=False, description="Whether the public sees counts before the survey is closed."
    )
    threshold: Annotated[int, Field(ge=1, le=100)] | None = Field(
        default=None, description="Counts below it are hidden; the usual figure unless named."
    )


class NewSurvey(SurveyText):
    """A survey to be drafted for a site."""

    site_code: SiteCode
    succeeds: UUID | None = Field(
        default=None, description="The closed survey of the same site that this one mends."
    )


class SurveyReview(Strict):
    """A decision on exactly the text that was read."""

    verdict: Verdict
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reason: Reason | None = Field(default=None, description="Needed to return.")


class SurveyClosing(Strict):
    """Why a survey ends before its time."""

    reason: Reason


class WantedInvitations(Strict):
    """How many people are to be invited."""

    count: Annotated[int, Field(ge=1, le=500)]


class Invitations(BaseModel):
    """Codes to hand out, each good for one response."""

    count: int
    codes: list[str] = Field(
        default=[], description="Shown this once; nobody can look them up again."
    )


class DeviceToken(BaseModel):
    """What a device answers surveys with, each once; it says nothing of who holds it."""

    token: str


class ResponseReceipt(BaseModel):
    """That a response was taken in."""

    survey_id: UUID
    answered_on: date


class Survey(BaseModel):
    """A survey in the clerks' list."""

    id: UUID
    site_code: str
    state: SurveyState
    state_label: str
    title: str
    answered_with: SurveyPass
    opens_at: datetime | None
    closes_at: datetime
    live_tally: bool
    threshold: int
    edition: int = Field(description="Grows with every change of the text.")
    digest: str = Field(description="Name it in the review: it binds consent to this text.")
    author: str
    reviewer: str | None
    reason: str | None = Field(description="Why it was returned, or closed before its time.")
    opened_at: datetime | None
    closed_at: datetime | None
    succeeds: UUID | None
    succeeded_by: UUID | None
    invited: int
    version: int


class OpenedSurvey(Survey):
    """A survey with its text, for those with authority over it."""

    introduction: str
    questions: list[SurveyQuestion]
    responses: int


class KeptText(SurveyText):
    """A survey's text, as it is kept."""

    questions: Sequence[SurveyQuestion]
    threshold: int


class SurveyEdition(BaseModel):
    """One text that a survey had; each is kept."""

    number: int
    digest: str
    author: str
    written_at: datetime
    text: KeptText


class ListedSurvey(BaseModel):
    """An open or closed survey in the public list."""

    id: UUID
    site_code: str
    state: SurveyState
    state_label: str
    title: str
    answered_with: SurveyPass
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    live_tally: bool
    succeeds: UUID | None
    succeeded_by: UUID | None


class PublicSurvey(ListedSurvey):
    """A survey as everyone may read it and answer it."""

    introduction: str
    questions: list[SurveyQuestion]
    threshold: int
    digest: str = Field(description="SHA-256 of the text, canonical JSON; as long as it is open.")


class SurveyCount(BaseModel):
    """How often an option was chosen; what is hidden is none, not nought."""

    key: str
    label: str
    count: int | None = None
    share: float | None = Field(default=None, description="Of those who answered.")
    score: float | None = Field(
        default=None, description="Mean points of a ranking: the last of n places counts one."
    )


class SurveyRowTally(BaseModel):
    """How the options fell in a row of a matrix."""

    key: str
    label: str
    options: list[SurveyCount]


class SurveyQuestionTally(BaseModel):
    """What was answered to a question, taken together."""

    key: str
    kind: QuestionKind
    title: str
    answered: int | None = None
    options: list[SurveyCount] = []
    rows: list[SurveyRowTally] = []
    mean: float | None = Field(default=None, description="Of a rating.")
    hides: bool = Field(description="Whether something is hidden, so that nobody can be told.")


class SurveyTally(BaseModel):
    """What was answered so far, or in the end, as far as everyone may know it."""

    survey_id: UUID
    final: bool
    responses: int = Field(description="How many are in these counts.")
    counted_at: datetime
    threshold: int
    questions: list[SurveyQuestionTally]


class SurveyDrafted(Event, type="interaction.survey.drafted", subject="survey_id"):
    """A survey has a new text, which somebody else must approve."""

    survey_id: UUID
    site_code: str
    edition: int
    digest: str


class SurveyReturned(Event, type="interaction.survey.returned", subject="survey_id"):
    """A reviewer, or a time that had passed, gave a survey back to its authors."""

    survey_id: UUID
    site_code: str
    digest: str


class SurveyApproved(Event, type="interaction.survey.approved", subject="survey_id"):
    """A survey may open with exactly this text."""

    survey_id: UUID
    site_code: str
    digest: str
    opens_at: datetime | None


class SurveyOpened(Event, type="interaction.survey.opened", subject="survey_id"):
    """Everyone may read a survey, and those with a pass answer it; its text is frozen."""

    survey_id: UUID
    site_code: str
    title: str
    edition: int
    digest: str
    answered_with: SurveyPass
    closes_at: datetime
    succeeds: UUID | None


class InvitationsIssued(Event, type="interaction.survey.invitations_issued", subject="survey_id"):
    """Codes to answer a survey with were handed out."""

    survey_id: UUID
    site_code: str
    count: int
    invited: int = Field(description="In all.")


class SurveyClosed(Event, type="interaction.survey.closed", subject="survey_id"):
    """A survey ended; what was answered is told as everyone may know it."""

    survey_id: UUID
    site_code: str
    title: str
    digest: str
    answered_with: SurveyPass
    invited: int
    opened_at: datetime
    closed_at: datetime
    early: bool
    tally: SurveyTally
