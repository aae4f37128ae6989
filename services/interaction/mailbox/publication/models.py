"""Tables of published letters."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from services.interaction.database import Base
from services.interaction.mailbox.letters.handling import KINDS
from services.interaction.mailbox.letters.models import word
from shared.contracts.content import Verdict
from shared.contracts.letters import LetterKind, Satisfaction
from shared.ids import new_id


class PublishedLetter(Base):
    """The rendition everyone may read, made once from the sealed letter and kept apart from it."""

    __tablename__ = "published_letters"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    site_code: Mapped[str]
    kind: Mapped[LetterKind] = mapped_column(word(LetterKind))
    title: Mapped[str]
    text: Mapped[str]
    answer: Mapped[str]
    received_on: Mapped[date]
    answered_on: Mapped[date]
    answering_unit: Mapped[str]
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    published_at: Mapped[datetime]
    satisfaction: Mapped[Satisfaction | None] = mapped_column(word(Satisfaction))

    __table_args__ = (Index(None, "site_code", "id"),)

    @property
    def kind_label(self) -> str:
        """The kind in Chinese."""
        return KINDS[self.kind]


class Rendition(Base):
    """A rendition up for its second review, sealed with the letter's key until it is public."""

    __tablename__ = "letter_renditions"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    rendition_hash: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict))
    reviewer: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
