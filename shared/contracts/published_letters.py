"""Published letters: the masked renditions that everyone may read."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.attachments import PublicAttachment
from shared.contracts.content import Verdict
from shared.contracts.letters import LetterKind, Satisfaction
from shared.contracts.text import Line, Reason, Strict
from shared.contracts.writing import LetterText
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
    attachments: list[PublicAttachment] = Field(
        default=[], description="Each as a redacted rendition, or marked as withheld."
    )
    published_at: datetime
    satisfaction: Satisfaction | None = None


class RenditionText(Strict):
    """How a letter is to be shown instead of as it was written; what is not said stays masked."""

    title: Annotated[Line, Field(max_length=100)] | None = None
    text: LetterText | None = None
    answer: LetterText | None = None


class RenditionReview(Strict):
    """A second reviewer's decision on exactly the rendition that was read."""

    verdict: Verdict
    rendition_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reason: Reason | None = Field(default=None, description="Needed to return it.")


class TakingDown(Strict):
    """Why a letter is public no longer; told its writer."""

    reason: Reason


class ProposedRendition(BaseModel):
    """A letter as it is proposed to the public, personal data masked."""

    letter_id: UUID
    title: str
    text: str
    answer: str
    attachments: list[PublicAttachment]
    rendition_hash: str = Field(description="Name it in the review: it binds consent to this.")
    proposed_by: str
    proposed_at: datetime
    verdict: Verdict | None = None
    reviewer: str | None = None
    decided_at: datetime | None = None
    reason: str | None = Field(default=None, description="Why it was returned.")


class PublicationProposed(Event, type="interaction.publication.proposed", subject="letter_id"):
    """A masked rendition waits for its second review."""

    letter_id: UUID
    number: str
    site_code: str
    rendition_hash: str


class PublicationReturned(Event, type="interaction.publication.returned", subject="letter_id"):
    """A second reviewer gave a rendition back."""

    letter_id: UUID
    number: str
    site_code: str
    rendition_hash: str


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
