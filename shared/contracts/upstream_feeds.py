"""Upstream feeds, the rules for their entries, and what came of asking them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AnyHttpUrl, BaseModel, Field, UrlConstraints, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.binding import Ask
from shared.contracts.content import ItemKind
from shared.contracts.registry import Level
from shared.contracts.text import Line, OrganizationCode, Strict
from shared.events import Event
from shared.moments import Moment

FeedUrl = Annotated[AnyHttpUrl, UrlConstraints(max_length=500)]
Words = Annotated[list[Line], Field(max_length=50)]


class FeedForm(StrEnum):
    """What an upstream feed is written in."""

    RSS = "rss"
    ATOM = "atom"
    JSON_FEED = "json_feed"
    CHANGES = "changes"


class FeedState(StrEnum):
    """How an upstream feed is."""

    WORKING = "working"
    FAILING = "failing"
    QUIET = "quiet"
    GONE = "gone"
    ENDED = "ended"


class FeedFault(StrEnum):
    """Why a feed could not be read, or not in whole."""

    FORBIDDEN = "forbidden"
    NO_ANSWER = "no_answer"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    STATUS = "status"
    GONE = "gone"
    TOO_LONG = "too_long"
    NOT_A_FEED = "not_a_feed"
    BROKEN_XML = "broken_xml"
    BROKEN_JSON = "broken_json"
    ENTITIES = "entities"
    TANGLED = "tangled"
    BAD_ENTRIES = "bad_entries"
    TOO_MANY_ENTRIES = "too_many_entries"


class PollResult(StrEnum):
    """What came of asking a feed."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class Becomes(StrEnum):
    """What a rule makes of an entry."""

    DRAFT = "draft"
    DIRECTIVE = "directive"
    TRAY = "tray"


class DirectiveToIssue(Strict):
    """A directive for the time at which the item made of an entry is public."""

    issuer: OrganizationCode
    ask: Ask = Ask.REPOST
    level: Level | None = None
    within_hours: Annotated[int, Field(ge=1, le=8_760)] = Field(
        default=24, description="Counted from the release; 24 is the national red line."
    )
    automatic: bool = Field(
        default=False, description="Issued at once if the rules' maker may, otherwise proposed."
    )


class EntryRule(Strict):
    """Which entries it is about (every filter that is named must match), and what they become."""

    words: Words = Field(default=[], description="One of them stands in the title.")
    categories: Words = Field(default=[], description="The entry has one of them.")
    sources: Words = Field(default=[], description="Its author or source contains one of them.")
    link_prefix: Annotated[str, Field(max_length=500)] = ""
    becomes: Becomes
    kind: ItemKind | None = None
    column_id: UUID | None = None
    directive: DirectiveToIssue | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse a rule that does not say where its drafts stand, or what it orders."""
        if self.becomes is not Becomes.TRAY and (self.kind is None or self.column_id is None):
            raise PydanticCustomError("place_missing", "Say the kind and the column.")
        if (self.becomes is Becomes.DIRECTIVE) != (self.directive is not None):
            raise PydanticCustomError("directive_unclear", "A directive is named, or none is.")
        return self


class ProposedDirective(DirectiveToIssue):
    """A directive for an entry, as it is told."""


class RuleOfFeed(EntryRule):
    """A rule, as its feed tells it."""

    directive: ProposedDirective | None = None


class NewFeed(Strict):
    """A feed of a higher-level site, and for whom it is read."""

    organization: OrganizationCode
    url: FeedUrl
    title: Line = Field(description="Whose texts they are, as they will be attributed.")
    since: Moment | None = Field(
        default=None,
        description="Entries published before stay in the tray; from the registration on if null.",
    )


class ChangedFeed(Strict):
    """Where a feed is now, and what it is called; it is read at once."""

    url: FeedUrl
    title: Line


class NewRules(Strict):
    """What becomes of a feed's entries: the first rule that matches; the tray if none does."""

    rules: Annotated[list[EntryRule], Field(max_length=50)]


class FeedStanding(BaseModel):
    """How a feed answers."""

    state: FeedState
    fault: FeedFault | None = None
    message: str | None = Field(default=None, description="What is wrong, in Chinese.")
    form: FeedForm | None = None
    reads_at: str = Field(description="Where it is read: where it moved to for good.")
    failures: int = Field(description="How often in a row it could not be read.")
    polled_at: datetime | None = None
    read_at: datetime | None = Field(default=None, description="When it last could be read.")
    newest_at: datetime | None = Field(default=None, description="When it last brought an entry.")
    usual_hours: float | None = Field(default=None, description="Its rhythm, once known.")
    due_at: datetime | None = Field(default=None, description="When it is asked again.")


class UpstreamFeed(BaseModel):
    """A feed of a higher-level site."""

    id: UUID
    organization: str = Field(description="Path of the organization it is read for.")
    url: str
    title: str
    since: datetime
    registered_by: str
    registered_at: datetime
    rules: list[RuleOfFeed]
    ruled_by: str | None = Field(
        default=None,
        description="Whose rules they are: they are carried out with their authority.",
    )
    standing: FeedStanding
    version: int


class BadEntry(BaseModel):
    """An entry that could not be taken in."""

    place: int = Field(description="Which one of the feed it is, from 1.")
    title: str | None = None
    message: str


class FeedPoll(BaseModel):
    """One time that a feed was asked, and what came of it."""

    id: UUID
    at: datetime
    url: str
    result: PollResult
    fault: FeedFault | None = None
    message: str | None = Field(default=None, description="What is wrong and where, in Chinese.")
    line: int | None = None
    column: int | None = None
    status: int | None = None
    seconds: float
    size: int = Field(description="Bytes.")
    seen: int
    new: int
    changed: int
    bad: list[BadEntry] = []


class FeedAct(StrEnum):
    """What somebody did about a feed."""

    REGISTERED = "registered"
    CHANGED = "changed"
    RULED = "ruled"
    ENDED = "ended"


class UpstreamFeedChanged(Event, type="content.upstream_feed.changed", subject="feed_id"):
    """Somebody registered or changed a feed, or ended it."""

    feed_id: UUID
    organization: str
    act: FeedAct


class UpstreamFeedTurned(Event, type="content.upstream_feed.turned", subject="feed_id"):
    """A feed fails, is quiet beyond its rhythm, is gone for good, or works again."""

    feed_id: UUID
    organization: str
    title: str
    state: FeedState
    fault: FeedFault | None = None
    message: str | None = None
