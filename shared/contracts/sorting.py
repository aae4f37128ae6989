"""Sorting letters: which units answer and help, and what is announced of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.text import OrganizationCode, Reason, Strict
from shared.contracts.writing import LetterText
from shared.events import Event

MOST_CO_HANDLERS = 10


class LetterMoveKind(StrEnum):
    """How a letter, or a part in it, goes from one unit to another."""

    DISPATCHED = "dispatched"
    TRANSFERRED = "transferred"
    GIVEN_BACK = "given_back"
    ASKED = "asked"
    RELEASED = "released"


class LetterPart(StrEnum):
    """What a unit does about a letter: one answers, others help it."""

    LEAD = "lead"
    CO_HANDLER = "co_handler"


class NewCoHandling(Strict):
    """A unit that is to help the one that answers, by when, and with what."""

    organization: OrganizationCode
    due_on: date = Field(description="From today on, and not after the letter's own due date.")
    question: Reason = Field(description="What the unit in charge needs of it.")


class NewDispatch(Strict):
    """The unit that is to answer, and those that help it."""

    organization: OrganizationCode
    co_handlers: Annotated[list[NewCoHandling], Field(max_length=MOST_CO_HANDLERS)] = []


class NewGivingBack(Strict):
    """Why a letter is not for the unit that has it."""

    reason: Reason = Field(description="Kept with the letter, for those who work on it.")
    public_reason: Reason = Field(description="Told to the writer.")


class NewTransfer(NewGivingBack):
    """The unit a letter goes on to, and why."""

    organization: OrganizationCode


class NewCoHandlingOpinion(Strict):
    """What a co-handling unit has to say to the one that answers."""

    text: LetterText


class LetterMove(BaseModel):
    """A step of a letter's way through the units, never changed afterwards."""

    id: UUID
    at: datetime
    kind: LetterMoveKind
    part: LetterPart
    sender: str | None = Field(description="Path of the unit it left.")
    sender_name: str | None
    receiver: str = Field(description="Path of the unit it went to; of the sponsor, if back.")
    receiver_name: str | None
    decided_for: str = Field(description="Path of the unit in whose name it was decided.")
    by: str
    reason: str | None


class CoHandling(BaseModel):
    """What one unit was asked to help with, but not in which words."""

    id: UUID
    letter_id: UUID
    organization: str
    organization_name: str
    due_on: date
    asked_by: str
    asked_at: datetime
    given_by: str | None
    given_at: datetime | None
    withdrawn_at: datetime | None
    version: int


class OpenedCoHandling(CoHandling):
    """What was asked of a unit and what it said, unsealed."""

    question: str
    opinion: str | None


class LetterDispatched(Event, type="interaction.letter.dispatched", subject="letter_id"):
    """A letter was given to the unit that must answer it."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    due_on: date
    due_provisional: bool


class LetterTransferred(Event, type="interaction.letter.transferred", subject="letter_id"):
    """A letter went on to another unit; its number and due date stay."""

    letter_id: UUID
    number: str
    site_code: str
    sender: str
    organization: str
    decided_for: str
    due_on: date


class LetterGivenBack(Event, type="interaction.letter.given_back", subject="letter_id"):
    """A unit gave a letter back to the clerks of its site."""

    letter_id: UUID
    number: str
    site_code: str
    sender: str
    due_on: date


class CoHandlingAsked(Event, type="interaction.letter.co_handling_asked", subject="letter_id"):
    """A unit was asked to help the one that answers."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    co_handler: str
    due_on: date


class CoHandlingOpinionGiven(
    Event, type="interaction.letter.co_handling_opinion_given", subject="letter_id"
):
    """A co-handling unit said what it had to say."""

    letter_id: UUID
    number: str
    site_code: str
    co_handler: str
    due_on: date
    late: bool


class CoHandlingWithdrawn(
    Event, type="interaction.letter.co_handling_withdrawn", subject="letter_id"
):
    """A unit is asked for its opinion no more."""

    letter_id: UUID
    number: str
    site_code: str
    co_handler: str
