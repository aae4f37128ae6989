"""Letters that a person looks at before they count as received."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.letters import LetterChannel, LetterKind, ListedLetter
from shared.events import Event


class HoldingRule(StrEnum):
    """Why a letter is held; its writer never learns which, or that it is."""

    LINKS = "links"
    LISTED_WORDS = "listed_words"
    NO_SUBSTANCE = "no_substance"
    REPEATED_TEXT = "repeated_text"
    SAME_CONTACT = "same_contact"
    SAME_PLACE = "same_place"


class HoldingReason(BaseModel):
    """A rule that holds a letter, in words."""

    rule: HoldingRule
    label: str


class HeldLetter(ListedLetter):
    """A held letter in the clerks' list of them."""

    held_at: datetime
    reasons: list[HoldingReason] = Field(description="Every rule that holds it.")


class LetterHeld(Event, type="interaction.letter.held", subject="letter_id"):
    """A letter waits for a person to look at it; its number is not told."""

    letter_id: UUID
    kind: LetterKind
    channel: LetterChannel
    site_code: str
    received_on: date
