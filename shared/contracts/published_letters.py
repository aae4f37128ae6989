"""Published letters: the masked renditions that everyone may read."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from shared.contracts.letters import LetterKind
from shared.events import Event


class PublicLetter(BaseModel):
    """The rendition of an answered letter that everyone may read, personal data masked."""

    number: str
    site_code: str
    kind: LetterKind
    kind_label: str
    title: str
    text: str
    answer: str
    received_on: date
    answered_on: date
    answering_unit: str
    published_at: datetime


class LetterPublished(Event, type="interaction.letter.published", subject="letter_id"):
    """A masked rendition of an answered letter became public."""

    letter_id: UUID
    number: str
    kind: LetterKind
    site_code: str


class LetterUnpublished(Event, type="interaction.letter.unpublished", subject="letter_id"):
    """The masked rendition of a letter is public no longer."""

    letter_id: UUID
    number: str
    site_code: str
