"""Topics: what items are gathered under, and the clocks an incident or a concern runs."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    UrlConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from shared.contracts.item_text import Summary
from shared.contracts.text import Line, OrganizationCode, Reason, SiteCode, Strict
from shared.events import Event
from shared.moments import Moment


class TopicKind(StrEnum):
    """Why items are gathered: a special page, an incident, or a public concern."""

    SPECIAL = "special"
    INCIDENT = "incident"
    CONCERN = "concern"


class TopicState(StrEnum):
    """Whether items may still join; what is closed or archived stays readable."""

    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class ClockKind(StrEnum):
    """What a topic owes the public within some hours."""

    AUTHORITATIVE_RELEASE = "authoritative_release"
    PRESS_CONFERENCE = "press_conference"
    RESPONSE = "response"


class ClockState(StrEnum):
    """How a clock stands: met in time or late, let pass, or explained why it will not be met."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"
    MISSED = "missed"
    EXPLAINED = "explained"


class Clock(BaseModel):
    """What a topic owes by when, and what became of it."""

    id: UUID
    kind: ClockKind
    state: ClockState
    deadline: datetime
    met_at: datetime | None = Field(
        default=None, description="When the item was released, the conference held, or why not."
    )
    item_id: UUID | None = None
    place: str | None = None
    recorded_at: datetime | None = Field(
        default=None, description="When a person recorded it, where no release showed it."
    )
    reason: str | None = None


class TopicClock(Clock):
    """A clock with the topic it belongs to."""

    topic_id: UUID
    topic_kind: TopicKind
    title: str
    site_code: str


class Topic(BaseModel):
    """A topic as those who work on it see it."""

    id: UUID
    site_code: str
    kind: TopicKind
    state: TopicState
    title: str
    summary: str | None = None
    source: str | None = None
    source_url: str | None = None
    occurred_at: datetime | None = Field(default=None, description="As stated.")
    registered_at: datetime = Field(description="Observed; the clocks run from here.")
    assigned_to: str | None = Field(
        default=None, description="Path of the organization that is to answer a concern."
    )
    closed_at: datetime | None = None
    clocks: list[Clock] = []
    version: int


class PublicTopic(BaseModel):
    """A topic as the public reads it; what it says beyond its title are its items."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    site_code: str
    kind: TopicKind
    state: TopicState
    title: str
    closed_at: datetime | None = None


class TopicText(Strict):
    """What a topic is called and what it is about."""

    title: Line
    summary: Summary | None = None


class NewTopic(TopicText):
    """A topic to be opened on a site; an incident's or a concern's clocks start at once."""

    site_code: SiteCode
    kind: TopicKind
    occurred_at: Moment | None = None
    source: Reason | None = Field(default=None, description="Where a concern was met.")
    source_url: Annotated[AnyHttpUrl, UrlConstraints(max_length=500)] | None = None

    @model_validator(mode="after")
    def say_where_from(self) -> Self:
        """Refuse an incident without its time and a concern nobody can look up."""
        if self.kind is TopicKind.INCIDENT and self.occurred_at is None:
            raise PydanticCustomError("occurrence_missing", "Say when the incident happened.")
        if self.kind is TopicKind.CONCERN and not (self.source or self.source_url):
            raise PydanticCustomError("source_missing", "Say where the concern was met.")
        return self


class Assignment(Strict):
    """Which organization is to answer a concern."""

    organization: OrganizationCode


class PressConference(Strict):
    """A press conference that was held."""

    held_at: Moment
    place: Line


class Explanation(Strict):
    """Why a concern is not answered."""

    reason: Reason


class TopicOpened(Event, type="content.topic.opened", subject="topic_id"):
    """A topic was opened; an incident's or a concern's clocks run from now."""

    topic_id: UUID
    site_code: str
    sponsoring: str
    kind: TopicKind
    title: str
    occurred_at: datetime | None
    deadlines: dict[ClockKind, datetime]


class TopicChanged(Event, type="content.topic.changed", subject="topic_id"):
    """A topic is called otherwise, or is about something a little different."""

    topic_id: UUID
    site_code: str
    title: str


class TopicAssigned(Event, type="content.topic.assigned", subject="topic_id"):
    """An organization was told to answer a concern."""

    topic_id: UUID
    site_code: str
    organization: str
    deadline: datetime


class TopicClosed(Event, type="content.topic.closed", subject="topic_id"):
    """No more items may join a topic."""

    topic_id: UUID
    site_code: str


class TopicArchived(Event, type="content.topic.archived", subject="topic_id"):
    """A closed topic was put away; it stays readable."""

    topic_id: UUID
    site_code: str


class TopicClockSettled(Event, type="content.topic.clock_settled", subject="topic_id"):
    """What a topic owed came, in time or late, or a reason why it will not.

    It may follow a miss that it puts right: a release is heard of after the instant it happened.
    """

    topic_id: UUID
    site_code: str
    clock: ClockKind
    state: ClockState
    deadline: datetime
    met_at: datetime
    recorded_at: datetime | None = None
    item_id: UUID | None = None
    reason: str | None = None


class TopicClockMissed(Event, type="content.topic.clock_missed", subject="topic_id"):
    """A deadline of a topic passed."""

    topic_id: UUID
    site_code: str
    clock: ClockKind
    deadline: datetime
