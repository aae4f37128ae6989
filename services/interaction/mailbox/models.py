"""Tables of the mailbox."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base
from services.interaction.mailbox.handling import KINDS, STATES, STEPS
from shared.contracts.content import Verdict
from shared.contracts.letters import LetterKind, LetterState, LetterStep
from shared.ids import new_id
from shared.schedule import Due
from shared.workdays import Deadline


def _word(kind: type[StrEnum]) -> Enum:
    """Keep the word itself, so that a new one needs no migration."""
    return Enum(
        kind, native_enum=False, length=32, values_callable=lambda words: [w.value for w in words]
    )


class Letter(Base):
    """A citizen's letter: how far it is, but nothing of what it says or who wrote it."""

    __tablename__ = "letters"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary)
    site_code: Mapped[str]
    sponsoring: Mapped[str]
    kind: Mapped[LetterKind] = mapped_column(_word(LetterKind))
    state: Mapped[LetterState] = mapped_column(_word(LetterState), index=True)
    may_publish: Mapped[bool]
    addressee: Mapped[str | None]
    organization: Mapped[str | None]
    organization_name: Mapped[str | None]
    dispatched_at: Mapped[datetime | None]
    rounds: Mapped[int] = mapped_column(default=0)
    received_on: Mapped[date]
    due_days: Mapped[int]
    due_on: Mapped[date] = mapped_column(index=True)
    due_provisional: Mapped[bool]
    calendar_version: Mapped[str]
    due_explanation: Mapped[list[dict[str, Any]]]
    answered_on: Mapped[date | None]
    late: Mapped[bool | None]
    version: Mapped[int] = mapped_column()

    content: Mapped["SealedContent"] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(
            "state = 'received' OR organization IS NOT NULL", "nobody_answers_undispatched"
        ),
        CheckConstraint(
            "(state IN ('answered', 'published')) = (answered_on IS NOT NULL)", "answered_on_a_day"
        ),
    )

    def fall_due(self, deadline: Deadline) -> None:
        """Take over the day to answer by, and how it was counted."""
        self.due_on, self.due_provisional = deadline.date, deadline.provisional
        self.calendar_version = deadline.calendar_version
        self.due_explanation = [day.model_dump(mode="json") for day in deadline.explanation]

    @property
    def kind_label(self) -> str:
        """The kind in Chinese."""
        return KINDS[self.kind]

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]


class SealedContent(Base):
    """What the letter says and who wrote it; without its key nobody can read it."""

    __tablename__ = "letter_contents"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LetterClock(Due, Base):
    """When a letter becomes overdue; none once it is answered or that has been said."""

    __tablename__ = "letter_clocks"

    id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)


class Step(Base):
    """An entry of the timeline shown to the writer."""

    __tablename__ = "letter_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    at: Mapped[datetime]
    step: Mapped[LetterStep] = mapped_column(_word(LetterStep))
    organization: Mapped[str | None]
    due_on: Mapped[date]

    @classmethod
    def of(cls, letter: Letter, step: LetterStep, at: datetime) -> Self:
        """Note a step of `letter` as the letter stands after it."""
        return cls(
            letter_id=letter.id,
            at=at,
            step=step,
            organization=letter.organization_name,
            due_on=letter.due_on,
        )

    @property
    def step_label(self) -> str:
        """The step in Chinese."""
        return STEPS[self.step]


class Answer(Base):
    """One round of answering: the draft, sealed like the letter, and what its reviewer decided."""

    __tablename__ = "letter_answers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"))
    round: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answer_hash: Mapped[str]
    author: Mapped[str]
    written_at: Mapped[datetime]
    verdict: Mapped[Verdict | None] = mapped_column(_word(Verdict))
    reviewer: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("letter_id", "round"),)


class PublishedLetter(Base):
    """The rendition everyone may read, made once from the sealed letter and kept apart from it."""

    __tablename__ = "published_letters"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    site_code: Mapped[str]
    kind: Mapped[LetterKind] = mapped_column(_word(LetterKind))
    title: Mapped[str]
    text: Mapped[str]
    answer: Mapped[str]
    received_on: Mapped[date]
    answered_on: Mapped[date]
    answering_unit: Mapped[str]
    published_at: Mapped[datetime]

    __table_args__ = (Index(None, "site_code", "id"),)

    @property
    def kind_label(self) -> str:
        """The kind in Chinese."""
        return KINDS[self.kind]


class LastSerial(Base):
    """The serial of the latest letter a site received on a day."""

    __tablename__ = "letter_serials"

    site_code: Mapped[str] = mapped_column(primary_key=True)
    received_on: Mapped[date] = mapped_column(primary_key=True)
    serial: Mapped[int]


class WrongCodes(Base):
    """Wrong query codes shown for a number, whether it exists or not."""

    __tablename__ = "wrong_codes"

    number: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime] = mapped_column(index=True)
