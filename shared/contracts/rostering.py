"""Keeping a roster of duty: its members, their absences, and drafts of who takes which day.

Events name people by their ids, never by their names.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.text import Line, Prose, Reason, Strict
from shared.events import Event
from shared.moments import Day

NoteText = Annotated[Prose, Field(max_length=5_000)]


class RosterState(StrEnum):
    """How far a roster is; until it is published nobody is on duty by it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class DutyDesk(BaseModel):
    """An organization that keeps people on duty."""

    id: UUID
    organization: str = Field(description="Path of the organization.")
    code: str
    name: str
    looks_on: date | None = Field(
        description="The next day on which somebody must sign on; none while no roster runs."
    )


class DutyMember(BaseModel):
    """Someone who may be on duty at a desk, or is told when nobody is."""

    id: UUID
    organization: str
    person_id: UUID
    name: str
    serves: bool = Field(description="Takes days of duty.")
    leads: bool = Field(description="Is told when duty is missing, and keeps the roster.")
    since: date
    left_on: date | None
    version: int


class DutyAbsence(BaseModel):
    """Days on which a member is away, the first and the last counted in."""

    id: UUID
    organization: str
    member_id: UUID
    name: str
    since: date
    until: date
    recorded_by: str
    withdrawn_at: datetime | None
    version: int


class RosterDay(BaseModel):
    """A working day of a roster and whom it gives the day to; nobody where nobody can."""

    on: date
    member_id: UUID | None
    name: str | None
    provisional: bool


class RosterShare(BaseModel):
    """How many days of a roster one member has."""

    member_id: UUID
    name: str
    days: int


class DutyRoster(BaseModel):
    """Who takes which working day of some time."""

    id: UUID
    organization: str
    since: date
    until: date
    state: RosterState
    state_label: str
    provisional: bool = Field(description="Some of its days lie in a year without a notice.")
    calendar_version: str
    drafted_by: str
    drafted_at: datetime
    published_by: str | None
    published_at: datetime | None
    days: list[RosterDay] = Field(description="As drafted; published days change on their own.")
    shares: list[RosterShare]
    gaps: list[date] = Field(description="Days that nobody can take.")
    version: int


class DutyMemberTerms(Strict):
    """What a member is called and does at the desk."""

    name: Annotated[Line, Field(max_length=40)]
    serves: bool = True
    leads: bool = False


class NewDutyMember(DutyMemberTerms):
    """Someone to be put on a desk's register."""

    person_id: UUID = Field(description="As the staff's register has it.")


class AbsentDays(Strict):
    """The first and the last day of an absence."""

    since: Day
    until: Day


class RosterPeriod(Strict):
    """The first and the last day a draft is to cover."""

    since: Day
    until: Day


class RosterChoice(Strict):
    """Whom a draft gives a day to; none leaves it open."""

    member_id: UUID | None = None


class Cover(Strict):
    """Who takes a day over at once."""

    member_id: UUID
    reason: Reason | None = None


class SwapWish(Strict):
    """Who is asked to take a day, and which of theirs is taken in return."""

    member_id: UUID
    return_duty_id: UUID | None = Field(
        default=None, description="Without one they take the day as a cover."
    )


class SignOff(Strict):
    """The end of a day of duty."""

    note: NoteText | None = Field(default=None, description="What is handed on to the next.")


class NewHandoverNote(Strict):
    """Something to be handed on to whoever is on duty next."""

    text: NoteText


class DutyMemberEnrolled(Event, type="interaction.duty_member.enrolled", subject="member_id"):
    """A person was put on a desk's register."""

    member_id: UUID
    person_id: UUID
    organization: str
    serves: bool
    leads: bool


class DutyMemberChanged(Event, type="interaction.duty_member.changed", subject="member_id"):
    """What a member does at the desk changed, or what they are called."""

    member_id: UUID
    person_id: UUID
    organization: str
    serves: bool
    leads: bool


class DutyMemberLeft(Event, type="interaction.duty_member.left", subject="member_id"):
    """A person left a desk's register."""

    member_id: UUID
    person_id: UUID
    organization: str


class DutyAbsenceRecorded(Event, type="interaction.duty_absence.recorded", subject="absence_id"):
    """A member will be away for some days."""

    absence_id: UUID
    member_id: UUID
    organization: str
    since: date
    until: date


class DutyAbsenceWithdrawn(Event, type="interaction.duty_absence.withdrawn", subject="absence_id"):
    """A member will not be away after all."""

    absence_id: UUID
    member_id: UUID
    organization: str


class RosterDrafted(Event, type="interaction.duty_roster.drafted", subject="roster_id"):
    """A draft shared out the working days of some time, or a day of it was given otherwise."""

    roster_id: UUID
    organization: str
    since: date
    until: date
    gaps: tuple[date, ...]


class RosterPublished(Event, type="interaction.duty_roster.published", subject="roster_id"):
    """A roster holds from now on; each gap is a day on which nobody is on duty yet."""

    roster_id: UUID
    organization: str
    since: date
    until: date
    gaps: tuple[date, ...]
    provisional: bool
    calendar_version: str


class RosterDiscarded(Event, type="interaction.duty_roster.discarded", subject="roster_id"):
    """A draft was given up."""

    roster_id: UUID
    organization: str
