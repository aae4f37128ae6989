"""Clocks of letters, and what is announced of them."""

from datetime import date
from uuid import UUID

from shared.contracts.letters import LetterKind
from shared.events import Event


class LetterDueChanged(Event, type="interaction.letter.due_changed", subject="letter_id"):
    """A holiday notice moved a letter's due date, or made it certain."""

    letter_id: UUID
    number: str
    site_code: str
    before: date
    due_on: date
    due_provisional: bool
    calendar_version: str


class LetterOverdue(Event, type="interaction.letter.overdue", subject="letter_id"):
    """A letter's due date passed without an answer; said once."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str
    organization: str | None
    due_on: date
