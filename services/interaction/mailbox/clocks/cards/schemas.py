"""What only the API of cards accepts."""

from uuid import UUID

from shared.contracts.letter_cards import CardColour, CardState
from shared.contracts.text import SiteCode, Strict


class CardFilter(Strict):
    """Which cards are asked for."""

    colour: CardColour | None = None
    state: CardState | None = None
    site_code: SiteCode | None = None
    letter_id: UUID | None = None
