"""What those who hold an interview send, and those who ask in it."""

from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.item_files import WebAddress
from shared.contracts.text import Line, OrganizationCode, Prose, SiteCode, Strict
from shared.contracts.voices import NewVoice
from shared.moments import Moment


class Guest(BaseModel):
    """Who answers in an interview, and as what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[Line, Field(max_length=50)]
    post: Annotated[Line, Field(max_length=100)]


class InterviewText(Strict):
    """What an interview is about, with whom, and when."""

    organization: OrganizationCode = Field(description="The unit that answers.")
    title: Annotated[Line, Field(max_length=150)]
    introduction: Annotated[Prose, Field(max_length=20_000)]
    guests: Annotated[list[Guest], Field(min_length=1, max_length=20)]
    starts_at: Moment
    ends_at: Moment
    page_url: WebAddress | None = Field(default=None, description="Where its public page stands.")

    @model_validator(mode="after")
    def last(self) -> Self:
        """Refuse one that is over before it begins."""
        if self.ends_at <= self.starts_at:
            raise PydanticCustomError("over_before_it_begins", "It ends after it starts.")
        return self


class NewInterview(InterviewText):
    """An interview to be prepared for a site."""

    site_code: SiteCode


class NewQuestion(NewVoice):
    """What somebody asks."""


class Speaker(StrEnum):
    """Who says something in an interview."""

    HOST = "host"
    GUEST = "guest"


class NewTranscriptEntry(Strict):
    """What was said, as staff enter it; a correction stands in the place of what it replaces."""

    speaker: Speaker
    name: Annotated[Line, Field(max_length=50)] | None = Field(
        default=None, description="Which guest; the host has no name."
    )
    text: Annotated[Prose, Field(max_length=10_000)]
    question_id: UUID | None = Field(default=None, description="The question it answers.")
    replaces: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="The entry it corrects, by its sequence."
    )
