"""Cards: what a unit is shown, and its supervisors see, when a letter is late."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.letter_clocks import LetterClockStep
from shared.contracts.text import Reason, SiteCode, Strict
from shared.events import Event


class CardColour(StrEnum):
    """A yellow card comes with lateness, a red one when it goes on."""

    YELLOW = "yellow"
    RED = "red"


class CardState(StrEnum):
    """How far a card's explanation is; a lifted card was given for a day that moved later."""

    GIVEN = "given"
    EXPLAINED = "explained"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    LIFTED = "lifted"


class CardRuling(StrEnum):
    """What supervisors decide about an explanation."""

    ACCEPT = "accept"
    REJECT = "reject"


class LetterCard(BaseModel):
    """A card given for a step of a letter; it stays once the letter is answered."""

    id: UUID
    letter_id: UUID
    number: str
    site_code: SiteCode
    step: LetterClockStep
    step_label: str
    colour: CardColour
    colour_label: str
    state: CardState
    state_label: str
    organization: str = Field(description="Path of the unit in charge, or of the sponsor.")
    due_on: date
    given_at: datetime
    explanation: str | None = None
    explained_by: str | None = None
    explained_at: datetime | None = None
    ruling_reason: str | None = None
    ruled_by: str | None = None
    ruled_at: datetime | None = None
    version: int


class CardExplanation(Strict):
    """Why the unit was late."""

    text: Reason


class CardDecision(Strict):
    """Whether supervisors accept an explanation; a rejection needs a reason."""

    ruling: CardRuling
    reason: Reason | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse a rejection without a reason."""
        if self.ruling is CardRuling.REJECT and self.reason is None:
            raise PydanticCustomError("reason_missing", "A rejection needs a reason.")
        return self


class LetterCardGiven(Event, type="interaction.letter_card.given", subject="letter_id"):
    """A unit was late with a letter; told to those its line of supervision leads to."""

    card_id: UUID
    letter_id: UUID
    number: str
    site_code: str
    organization: str
    step: LetterClockStep
    colour: CardColour
    due_on: date
    told: list[str] = Field(description="Paths of the organizations the card goes up to.")


class LetterCardLifted(Event, type="interaction.letter_card.lifted", subject="letter_id"):
    """A holiday notice moved the day for which a card was given; the unit was not late."""

    card_id: UUID
    letter_id: UUID
    site_code: str
    organization: str
    step: LetterClockStep
    colour: CardColour


class LetterCardExplained(Event, type="interaction.letter_card.explained", subject="letter_id"):
    """The unit said why it was late."""

    card_id: UUID
    letter_id: UUID
    site_code: str
    organization: str


class LetterCardRuled(Event, type="interaction.letter_card.ruled", subject="letter_id"):
    """Supervisors accepted an explanation or rejected it; the card stays either way."""

    card_id: UUID
    letter_id: UUID
    site_code: str
    organization: str
    ruling: CardRuling
