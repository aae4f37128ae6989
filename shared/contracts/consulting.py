"""What those who hold a consultation send."""

from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.item_files import WebAddress
from shared.contracts.text import Line, OrganizationCode, Prose, Reason, SiteCode, Strict
from shared.contracts.voices import NewVoice
from shared.moments import Day

Title = Annotated[Line, Field(max_length=150)]
LONGEST_DRAFT = 120_000
"""Characters: a draft goes to content in one message, with its explanation."""
Paragraph = Annotated[Prose, Field(max_length=5_000)]


class ConsultationKind(StrEnum):
    """What is consulted on; how long it must be open follows from that."""

    RULES = "rules"
    MAJOR_DECISION = "major_decision"
    NORMATIVE_DOCUMENT = "normative_document"
    OTHER = "other"


class AdoptionDecision(StrEnum):
    """What becomes of an opinion."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"


class ConsultationText(Strict):
    """A draft put before the public, and for how long."""

    kind: ConsultationKind
    organization: OrganizationCode = Field(description="The unit that asks.")
    title: Title
    explanation: Annotated[Prose, Field(max_length=20_000)]
    paragraphs: Annotated[list[Paragraph], Field(min_length=1, max_length=500)]
    opens_on: Day
    closes_on: Day = Field(description="The last day on which opinions are taken in.")
    shortened_because: Reason | None = Field(
        default=None, description="Why it is open for less time than its kind asks for."
    )
    page_url: WebAddress | None = Field(default=None, description="Where its public page stands.")

    @model_validator(mode="after")
    def bear(self) -> Self:
        """Refuse a draft too long to be told in one message."""
        if sum(map(len, self.paragraphs)) > LONGEST_DRAFT:
            told = {"most": LONGEST_DRAFT}
            raise PydanticCustomError("draft_too_long", "At most {most} characters in all.", told)
        return self


class NewConsultation(ConsultationText):
    """A consultation to be prepared for a site."""

    site_code: SiteCode


class NewOpinion(NewVoice):
    """What somebody thinks of a draft, or of one of its paragraphs."""

    paragraph: Annotated[int, Field(ge=1, le=500)] | None = Field(
        default=None, description="Its number; none is about the whole."
    )


class AnswerToOpinions(Strict):
    """What becomes of opinions that say alike, and why."""

    decision: AdoptionDecision
    gist: Reason = Field(description="What they say, in the words of whoever answers.")
    reason: Reason


class NewAnswerToOpinions(AnswerToOpinions):
    """An answer to some opinions; they leave the one they had before."""

    opinions: Annotated[list[UUID], Field(min_length=1, max_length=500)]


class NewConsultationReport(Strict):
    """What came of a consultation, in the words of whoever held it."""

    summary: Annotated[Prose, Field(max_length=20_000)]
