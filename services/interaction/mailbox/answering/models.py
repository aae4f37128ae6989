"""Tables of answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base
from services.interaction.mailbox.letters.models import word
from shared.contracts.content import Verdict
from shared.ids import new_id


class Answer(Base):
    """One round of answering: what was submitted, sealed like the letter, and what became of it.

    The sketches tell how like it is to other answers, and nothing else to nobody.
    """

    __tablename__ = "letter_answers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    round: Mapped[int]
    organization: Mapped[str]
    supplement: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_findings: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer_hash: Mapped[str]
    policies: Mapped[list[str]]
    sketch: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    clues: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    asked_sketch: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    author: Mapped[str]
    writers: Mapped[list[str]]
    written_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict))
    reviewer: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (
        UniqueConstraint("letter_id", "round"),
        Index(None, "organization", "decided_at"),
        Index(None, "clues", postgresql_using="gin"),
    )


class Reply(Base):
    """An answer that reached one writer, sealed with that letter's key: all that one reads."""

    __tablename__ = "letter_replies"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("letter_answers.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    organization_name: Mapped[str]
    answered_at: Mapped[datetime]

    answer: Mapped[Answer] = relationship(lazy="raise")

    __table_args__ = (UniqueConstraint("letter_id", "answer_id"),)


class Draft(Base):
    """What a unit works on before it asks for review; without a text once that reached the writer.

    The row stays, so that a version of it never names two texts.
    """

    __tablename__ = "answer_drafts"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    organization: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    policies: Mapped[list[str]]
    insertions: Mapped[list[dict[str, Any]]]
    writers: Mapped[list[str]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Citation(Base):
    """An entry of the answer library of which something stands in an answer, and its edition."""

    __tablename__ = "answer_citations"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("letter_answers.id"), primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(
        ForeignKey("library_entries.id"), primary_key=True, index=True
    )
    edition: Mapped[int]


class Note(Base):
    """What those who work on a letter say to each other; kept as it was written."""

    __tablename__ = "letter_notes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    author: Mapped[str]
    organization: Mapped[str]
    written_at: Mapped[datetime]
    corrects: Mapped[UUID | None] = mapped_column(ForeignKey("letter_notes.id"), unique=True)

    correction: Mapped["Note | None"] = relationship(
        lazy="raise",
        viewonly=True,
        uselist=False,
        primaryjoin="Note.id == foreign(remote(Note.corrects))",
    )

    @property
    def corrected_by(self) -> UUID | None:
        """The note that put this one right, if one did."""
        return self.correction.id if self.correction else None
