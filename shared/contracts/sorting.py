"""Sorting letters: what is announced of who is to answer."""

from datetime import date
from uuid import UUID

from shared.events import Event


class LetterDispatched(Event, type="interaction.letter.dispatched", subject="letter_id"):
    """A letter was given to the unit that must answer it."""

    letter_id: UUID
    number: str
    site_code: str
    organization: str
    due_on: date
    due_provisional: bool
