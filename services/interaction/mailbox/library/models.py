"""Tables of the answer library."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base
from services.interaction.mailbox.letters.models import word
from services.interaction.mailbox.library.editions import STATES
from shared.contracts.answer_library import LibraryEntryState
from shared.contracts.content import Verdict
from shared.ids import new_id


class LibraryEdition(Base):
    """A text of an entry, as it was written; it tells of nobody, and is not sealed."""

    __tablename__ = "library_editions"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("library_entries.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]
    keywords: Mapped[list[str]]
    matter: Mapped[str | None]
    policies: Mapped[list[str]]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    author: Mapped[str]
    written_at: Mapped[datetime]
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict))
    reviewer: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    words: Mapped[str] = mapped_column(TSVECTOR, deferred=True)

    __table_args__ = (Index(None, "words", postgresql_using="gin"),)


class LibraryEntry(Base):
    """What a unit says to a question; `edition_in_use` is the latest text that was approved."""

    __tablename__ = "library_entries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organization: Mapped[str] = mapped_column(index=True)
    organization_name: Mapped[str]
    state: Mapped[LibraryEntryState] = mapped_column(
        word(LibraryEntryState), default=LibraryEntryState.WAITING
    )
    editions: Mapped[int] = mapped_column(default=0)
    edition_in_use: Mapped[int | None]
    uses: Mapped[int] = mapped_column(default=0)
    retired_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    edition: Mapped[LibraryEdition | None] = relationship(
        lazy="raise",
        viewonly=True,
        primaryjoin="and_(LibraryEntry.id == foreign(LibraryEdition.entry_id), "
        "LibraryEntry.edition_in_use == foreign(LibraryEdition.number))",
        uselist=False,
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]
