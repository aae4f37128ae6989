"""Files that come with letters: as their writers and the clerks know them, and the public may.

No event and no public view holds a file's own name, or anything of its content.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from shared.contracts.assets import AssetKind, Refusal, RefusalReason
from shared.contracts.text import Reason, Strict
from shared.events import Event

Claim = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_-]{43}$",
        description="What an upload was answered with; it puts the file to a letter, once.",
        examples=["Xk3vT0qYF2n8sW7bR1cLw5uPz9JmQe4hGdA6oKiBtNE"],
    ),
]


class AttachmentState(StrEnum):
    """How far a file is on its way; nobody can open one that is not ready."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


class AttachmentForm(StrEnum):
    """In which form a file is read: for its readers, redacted by a person, for the public."""

    READING = "reading"
    REDACTED = "redacted"
    PUBLIC = "public"


class AttachmentClaim(BaseModel):
    """What whoever uploads a file keeps until the letter is written."""

    claim: Claim
    name: str = Field(description="What the file will be called, without folders and tricks.")
    size: int = Field(description="In bytes.")
    expires_at: datetime = Field(description="When the file is deleted unless a letter names it.")


class Attachment(BaseModel):
    """A file of a letter, as its writer sees it."""

    id: UUID
    position: int = Field(description="Its place in the letter, from 1.")
    name: str = Field(description="As the file was called by whoever uploaded it.")
    size: int = Field(description="In bytes, as it was uploaded.")
    kind: AssetKind | None = Field(description="Told by the bytes, once they were looked into.")
    state: AttachmentState
    state_label: str
    waiting_for: str | None = Field(description="What keeps it waiting, in Chinese.")
    refusals: list[Refusal]
    received_at: datetime


class RedactedCopy(BaseModel):
    """A file a person redacted, to be shown to the public in an attachment's place."""

    size: int
    kind: AssetKind | None
    state: AttachmentState
    state_label: str
    waiting_for: str | None
    refusals: list[Refusal]
    uploader: str
    received_at: datetime


class AttachmentDecision(BaseModel):
    """What a person decided about an attachment, should its letter be published."""

    publish: bool
    reason: str | None = Field(description="Why the public is not shown it.")
    kind: AssetKind | None = Field(description="What the public would be given.")
    size: int | None
    sha256: str | None = Field(description="Of the bytes the public would be given.")
    decided_by: str
    decided_at: datetime


class KeptAttachment(Attachment):
    """A file of a letter, as those see it who work on the letter."""

    redacted: RedactedCopy | None
    decision: AttachmentDecision | None
    version: int


class NewDecision(Strict):
    """Whether the public is shown an attachment, and why if it is not."""

    publish: bool
    reason: Annotated[Reason, Field(max_length=200)] | None = Field(
        default=None, description="The public reads it where an attachment is withheld."
    )

    @model_validator(mode="after")
    def _give_a_reason(self) -> Self:
        if self.publish == (self.reason is not None):
            raise ValueError("a reason stands where an attachment is withheld, and only there")
        return self


class PublicAttachment(BaseModel):
    """An attachment of a published letter: a redacted rendition, or a mark that it is withheld."""

    name: str = Field(description="A neutral name, never the file's own.", examples=["附件1.jpg"])
    withheld: str | None = Field(default=None, description="Why it is not shown.")
    mime: str | None = None
    size: int | None = Field(default=None, description="In bytes.")
    sha256: str | None = None
    path: str | None = Field(default=None, description="Where its bytes are, at this service.")


class AttachmentReceived(Event, type="interaction.attachment.received", subject="attachment_id"):
    """A file arrived; nobody can open it before it was looked into."""

    attachment_id: UUID
    redacts: UUID | None = Field(description="The attachment whose redacted copy it is.")
    size: int


class AttachmentJudged(Event, type="interaction.attachment.judged", subject="attachment_id"):
    """A file was looked into: it can be read from now on, or was refused and deleted."""

    attachment_id: UUID
    kind: AssetKind | None
    reasons: tuple[RefusalReason, ...]


class AttachmentClaimed(Event, type="interaction.attachment.claimed", subject="letter_id"):
    """A letter came with a file."""

    letter_id: UUID
    attachment_id: UUID


class AttachmentDecided(Event, type="interaction.attachment.decided", subject="letter_id"):
    """A person decided whether the public will be shown an attachment."""

    letter_id: UUID
    attachment_id: UUID
    publish: bool


class AttachmentRemoved(Event, type="interaction.attachment.removed", subject="attachment_id"):
    """A file was deleted: no letter came, another took its place, or its letter is erased."""

    attachment_id: UUID
