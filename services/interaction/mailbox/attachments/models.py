"""Tables of attachments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base
from services.interaction.mailbox.attachments.naming import STATES
from services.interaction.mailbox.attachments.renditions import Judged
from services.interaction.mailbox.letters.models import word
from shared.contracts.assets import AssetKind
from shared.contracts.attachments import AttachmentState
from shared.ids import new_id
from shared.schedule import Due


class Attachment(Due, Base):
    """A letter's file, or one that waits for its letter, or a copy of one that a person redacted.

    It is due to be judged, and then, if no letter names it in time, to be deleted.
    """

    __tablename__ = "letter_attachments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    claim_digest: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("letters.id"), index=True)
    position: Mapped[int | None]
    redacts: Mapped[UUID | None] = mapped_column(ForeignKey("letter_attachments.id"), unique=True)
    uploader: Mapped[str]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_by: Mapped[str | None]
    judging_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int]
    kind: Mapped[AssetKind | None] = mapped_column(word(AssetKind))
    state: Mapped[AttachmentState] = mapped_column(word(AttachmentState))
    waiting_for: Mapped[str | None]
    refusals: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    text_complete: Mapped[bool | None]
    scanned_by: Mapped[str | None]
    scanned_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    redacted: Mapped["Attachment | None"] = relationship(
        lazy="raise",
        viewonly=True,
        uselist=False,
        primaryjoin="Attachment.id == foreign(remote(Attachment.redacts))",
    )
    decision: Mapped["Decision | None"] = relationship(lazy="raise", viewonly=True)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(
            "(letter_id IS NULL) = (expires_at IS NOT NULL)", "expires_until_a_letter_names_it"
        ),
        CheckConstraint(
            "(letter_id IS NULL) = (wrapped_by IS NOT NULL)", "the_mailboxs_until_a_letters"
        ),
        CheckConstraint("(state = 'waiting') = (judging_key IS NOT NULL)", "opened_to_be_judged"),
    )

    @property
    def judged(self) -> Judged:
        """The file as far as it was judged."""
        return Judged(self.state, self.kind, self.size, self.text_complete)

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]


class Decision(Base):
    """What a person decided about an attachment, with the rendition that the public would get."""

    __tablename__ = "attachment_decisions"

    attachment_id: Mapped[UUID] = mapped_column(
        ForeignKey("letter_attachments.id", ondelete="CASCADE"), primary_key=True
    )
    publish: Mapped[bool]
    reason: Mapped[str | None]
    rendition_id: Mapped[UUID | None]
    sealed_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    kind: Mapped[AssetKind | None] = mapped_column(word(AssetKind))
    size: Mapped[int | None]
    sha256: Mapped[str | None]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("publish = (reason IS NULL)", "withheld_with_a_reason"),
        CheckConstraint("publish = (rendition_id IS NOT NULL)", "published_as_a_rendition"),
    )


class PublishedAttachment(Base):
    """A rendition that everyone may read, with its key; nothing here leads to the original."""

    __tablename__ = "published_attachments"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    name: Mapped[str]
    key: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[AssetKind] = mapped_column(word(AssetKind))
    size: Mapped[int]
    sha256: Mapped[str]

    __table_args__ = (UniqueConstraint("number", "name"),)


class AttachmentUploads(Base):
    """How many files an address has uploaded lately; the address cannot be read back."""

    __tablename__ = "attachment_uploads"

    source: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime] = mapped_column(index=True)


class AttachmentRemoval(Due, Base):
    """Objects of the store that no row names, or that none may come to name."""

    __tablename__ = "attachment_removals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    prefix: Mapped[str]
