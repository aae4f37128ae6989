"""Who is on duty, as those who work there may know it.

Events name people by their ids; what hand-over notes say is in none of them.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.events import Event


class DutyState(StrEnum):
    """How far a day of duty is."""

    PLANNED = "planned"
    VACANT = "vacant"
    SIGNED_ON = "signed_on"
    SIGNED_OFF = "signed_off"
    STRUCK = "struck"


class DutyChangeKind(StrEnum):
    """What happened to a day of duty."""

    PUBLISHED = "published"
    VACATED = "vacated"
    COVERED = "covered"
    SWAPPED = "swapped"
    STRUCK = "struck"
    OPENED = "opened"
    SIGNED_ON = "signed_on"
    SIGNED_OFF = "signed_off"


class VacatedBecause(StrEnum):
    """Why nobody has a day that is on the roster."""

    ABSENT = "absent"
    LEFT = "left"
    WORKED_AFTER_ALL = "worked_after_all"


class SwapState(StrEnum):
    """What became of one member's asking another to take a day."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


class Duty(BaseModel):
    """A working day of a desk and who has it."""

    id: UUID
    organization: str = Field(description="Path of the organization.")
    on: date
    member_id: UUID | None
    person_id: UUID | None
    name: str | None = Field(description="Who is on duty; none while the day is vacant.")
    state: DutyState
    state_label: str
    provisional: bool = Field(description="The year of the day has no holiday notice yet.")
    sign_on_by: datetime = Field(description="Who has not signed on by then is missing.")
    signed_on_at: datetime | None
    late: bool | None = Field(description="Signed on after that; none while not signed on.")
    signed_off_at: datetime | None
    notes: int = Field(description="How many hand-over notes were left on it.")
    version: int


class DutyChange(BaseModel):
    """Something that happened to a day of duty, and who had it before and after."""

    at: datetime
    kind: DutyChangeKind
    kind_label: str
    before: str | None
    after: str | None
    by: str
    reason: str | None


class OpenedDuty(Duty):
    """A day of duty with all that happened to it, the earliest first."""

    changes: list[DutyChange]


class DutyLeader(BaseModel):
    """Whom to tell when nobody on duty answers."""

    person_id: UUID
    name: str


class OnDuty(BaseModel):
    """Who is on duty at this moment."""

    duty_id: UUID
    person_id: UUID
    name: str
    signed_on_at: datetime | None


class DutyNow(BaseModel):
    """How a desk stands at this moment."""

    organization: str
    on: date
    working_day: bool
    day_label: str = Field(description="What kind of day it is, in Chinese.")
    provisional: bool
    duty: Duty | None = Field(description="Today's day of duty, whoever has it.")
    on_duty: OnDuty | None = Field(description="None on days off, in breaks and after sign-off.")
    leaders: list[DutyLeader]


class DutySwap(BaseModel):
    """One member's asking another to take a day, in return for one of theirs or for none."""

    id: UUID
    duty_id: UUID
    on: date
    return_duty_id: UUID | None
    return_on: date | None
    asked_by: str = Field(description="Name of the member who asks.")
    asked_of: str = Field(description="Name of the member who is asked.")
    state: SwapState
    state_label: str
    asked_at: datetime
    settled_at: datetime | None
    version: int


class HandoverNote(BaseModel):
    """What whoever had a day left for the next; it may hold what citizens wrote."""

    id: UUID
    duty_id: UUID
    on: date
    author: str = Field(description="Name of the member who wrote it.")
    written_at: datetime
    text: str


class DutyReassigned(Event, type="interaction.duty.reassigned", subject="duty_id"):
    """Somebody else has a day of duty now: by swap, or as cover."""

    duty_id: UUID
    organization: str
    on: date
    before: UUID | None
    after: UUID
    by: DutyChangeKind


class DutyVacated(Event, type="interaction.duty.vacated", subject="duty_id"):
    """A day on the roster has nobody."""

    duty_id: UUID
    organization: str
    on: date
    before: UUID | None
    because: VacatedBecause


class DutyStruck(Event, type="interaction.duty.struck", subject="duty_id"):
    """A day left the roster, because offices do not work on it after all."""

    duty_id: UUID
    organization: str
    on: date
    before: UUID | None


class DutySignedOn(Event, type="interaction.duty.signed_on", subject="duty_id"):
    """Whoever is on duty signed on."""

    duty_id: UUID
    organization: str
    on: date
    person_id: UUID
    late: bool


class DutySignedOff(Event, type="interaction.duty.signed_off", subject="duty_id"):
    """Whoever is on duty signed off."""

    duty_id: UUID
    organization: str
    on: date
    person_id: UUID


class DutyMissing(Event, type="interaction.duty.missing", subject="organization"):
    """On a working day nobody signed on in time; the leaders are to be told. Said once.

    Without a duty the day is not even on the roster; without a person nobody has it.
    """

    organization: str
    on: date
    duty_id: UUID | None
    person_id: UUID | None
    leaders: tuple[UUID, ...]


class DutySwapAsked(Event, type="interaction.duty_swap.asked", subject="swap_id"):
    """One member asked another to take a day."""

    swap_id: UUID
    organization: str
    duty_id: UUID
    return_duty_id: UUID | None
    asked_by: UUID
    asked_of: UUID


class DutySwapSettled(Event, type="interaction.duty_swap.settled", subject="swap_id"):
    """A swap was accepted, refused or withdrawn, or other changes overtook it."""

    swap_id: UUID
    organization: str
    state: SwapState


class HandoverNoted(Event, type="interaction.handover.noted", subject="duty_id"):
    """Whoever is on duty left a note for the next."""

    note_id: UUID
    duty_id: UUID
    organization: str


class HandoverNotesRead(Event, type="interaction.handover.read", subject="organization"):
    """Somebody read a desk's hand-over notes, which may hold what citizens wrote."""

    organization: str
    notes: tuple[UUID, ...]
