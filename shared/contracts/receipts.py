"""Where a repost stands, and what reading its page proved."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, UrlConstraints

from shared.contracts.text import Strict


class PageVerdict(StrEnum):
    """What one reading found of a page; one that was not read says nothing of the site."""

    SAME = "same"
    DIVERGED = "diverged"
    ABSENT = "absent"
    UNREAD = "unread"


class PageFault(StrEnum):
    """Why a page was not read, or what it lacks altogether."""

    NO_ANSWER = "no_answer"
    FORBIDDEN = "forbidden"
    STATUS = "status"
    TOO_LONG = "too_long"
    TANGLED = "tangled"
    NO_EDITION = "no_edition"
    GONE = "gone"
    NO_TEXT = "no_text"
    NO_LINK = "no_link"
    BLANK = "blank"
    NEVER_SEEN = "never_seen"


class TextDifference(BaseModel):
    """Where a page departs from the edition, without spaces; either side may be nothing."""

    model_config = ConfigDict(frozen=True)

    edition: str
    page: str


class PageMarks(BaseModel):
    """What a page says of the text it shows; none of it alone judges the page but its title."""

    model_config = ConfigDict(frozen=True)

    title_shown: bool = Field(description="The title stands on the page, outside the text.")
    source_shown: bool = Field(description="来源 and the source's name stand on the page.")
    title_labelled: bool = Field(description="`ArticleTitle` is the title.")
    source_labelled: bool = Field(description="`ContentSource` names the source.")
    date_labelled: bool = Field(description="`PubDate` is a date and time.")


class PageReading(BaseModel):
    """One reading of a page, kept as evidence."""

    id: UUID
    obligation_id: UUID
    url: str = Field(description="Where it was read, after all redirects.")
    read_at: datetime
    verdict: PageVerdict
    fault: PageFault | None = None
    status: int | None = Field(default=None, description="What the server answered, if it did.")
    seconds: float = Field(description="How long the answer took.")
    body_hash: str | None = Field(default=None, description="SHA-256 of the page as it came.")
    content_hash: str | None = Field(
        default=None, description="The edition that it was compared with."
    )
    matched: float | None = Field(
        default=None, description="Share of the edition's text found in its order, 0 to 1."
    )
    marks: PageMarks | None = None
    differences: list[TextDifference] = []


class Claim(BaseModel):
    """A site's word that a repost stands at an address, and what became of it."""

    model_config = ConfigDict(from_attributes=True)

    url: str
    claimed_at: datetime
    judged: PageVerdict | None = Field(
        default=None, description="What two readings, apart in time, found the same."
    )
    judged_at: datetime | None = None
    read_at: datetime | None = None
    verdict: PageVerdict | None = Field(default=None, description="What the last reading found.")
    fault: PageFault | None = None
    status: int | None = None
    matched: float | None = None
    unread_since: datetime | None = Field(
        default=None, description="Since when no reading got through, if the last did not."
    )


class NewClaim(Strict):
    """Where a site's repost stands: a page of its own domain."""

    url: Annotated[AnyHttpUrl, UrlConstraints(max_length=1000)]
