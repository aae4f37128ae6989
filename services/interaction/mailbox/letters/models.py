"""Tables of letters."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Enum, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.interaction.database import Base, UnderKey
from services.interaction.mailbox.letters.access import USES
from services.interaction.mailbox.letters.handling import (
    AWAITED,
    CHANNELS,
    KINDS,
    STATES,
    STEPS,
    TYPES,
    URGENCIES,
)
from shared.contracts.letters import (
    LetterChannel,
    LetterKind,
    LetterState,
    LetterStep,
    Satisfaction,
    StateType,
    Urgency,
)
from shared.contracts.privacy import LetterUse
from shared.ids import new_id
from shared.workdays import Deadline


def word(kind: type[StrEnum]) -> Enum:
    """Keep the word itself, so that a new one needs no migration."""
    return Enum(
        kind, native_enum=False, length=32, values_callable=lambda words: [w.value for w in words]
    )


# Few of all letters are awaited at any time, and clerks mostly ask for those.
_AWAITED = text(f"state IN ({', '.join(repr(state.value) for state in AWAITED)})")


def _within(path: str) -> Index:
    """Find letters by the path of a unit, the latest first, or of any above it."""
    return Index(f"ix_letters_{path}", path, "id", postgresql_ops={path: "text_pattern_ops"})


def _some(column: str, method: str = "btree") -> Index:
    """Find the few rows that have this at all."""
    where = text(f"{column} IS NOT NULL")
    name = f"ix_letters_{column}"
    return Index(name, column, postgresql_where=where, postgresql_using=method)


class Letter(Base):
    """A citizen's letter: how far it is, but nothing of what it says or who wrote it."""

    __tablename__ = "letters"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary)
    site_code: Mapped[str]
    sponsoring: Mapped[str]
    kind: Mapped[LetterKind] = mapped_column(word(LetterKind))
    channel: Mapped[LetterChannel] = mapped_column(
        word(LetterChannel), default=LetterChannel.WEB, server_default="web"
    )
    state: Mapped[LetterState] = mapped_column(word(LetterState))
    may_publish: Mapped[bool]
    addressee: Mapped[str | None]
    organization: Mapped[str | None]
    organization_name: Mapped[str | None]
    dispatched_at: Mapped[datetime | None]
    co_handlers: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("letters.id"))
    urgency: Mapped[Urgency] = mapped_column(
        word(Urgency), default=Urgency.ORDINARY, server_default=Urgency.ORDINARY
    )
    rounds: Mapped[int] = mapped_column(default=0)
    received_on: Mapped[date]
    due_days: Mapped[int]
    due_on: Mapped[date]
    due_provisional: Mapped[bool]
    calendar_version: Mapped[str]
    due_explanation: Mapped[list[dict[str, Any]]]
    answered_on: Mapped[date | None]
    late: Mapped[bool | None]
    published_on: Mapped[date | None]
    erased_on: Mapped[date | None]
    satisfaction: Mapped[Satisfaction | None] = mapped_column(word(Satisfaction))
    reopened: Mapped[int] = mapped_column(default=0, server_default="0")
    version: Mapped[int] = mapped_column()

    content: Mapped["SealedContent | None"] = relationship(lazy="raise")
    marks: Mapped[list["WriterMark"]] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('dispatched', 'drafted', 'answered', 'resolved', 'unresolved') "
            "OR organization IS NOT NULL",
            "nobody_answers_undispatched",
        ),
        CheckConstraint(
            "state NOT IN ('answered', 'resolved', 'unresolved') OR answered_on IS NOT NULL",
            "answered_on_a_day",
        ),
        CheckConstraint("published_on IS NULL OR may_publish", "published_with_consent"),
        CheckConstraint("erased_on IS NULL OR published_on IS NULL", "nothing_erased_is_public"),
        CheckConstraint("state <> 'merged' OR lead_id IS NOT NULL", "merged_into_a_lead"),
        CheckConstraint("lead_id <> id", "leads_others_only"),
        Index("ix_letters_awaited", "id", postgresql_where=_AWAITED),
        Index("ix_letters_state", "state", "id", postgresql_where=_AWAITED),
        Index("ix_letters_site_code", "site_code", "id"),
        _within("sponsoring"),
        _within("organization"),
        _some("co_handlers", "gin"),
        _some("lead_id"),
        Index(
            "ix_letters_urgency",
            "urgency",
            "id",
            postgresql_where=text("urgency <> 'ordinary'"),
        ),
        Index(
            "ix_letters_kept",
            text("coalesce(answered_on, received_on)"),
            postgresql_where=text("erased_on IS NULL"),
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
    def channel_label(self) -> str:
        """The channel in Chinese."""
        return CHANNELS[self.channel]

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]

    @property
    def urgency_label(self) -> str:
        """The urgency in Chinese."""
        return URGENCIES[self.urgency]

    @property
    def state_type(self) -> StateType:
        """What the state comes to."""
        return TYPES[self.state]


class SealedContent(UnderKey, Base):
    """What the letter says and who wrote it; without its key nobody can read it.

    Erasing a letter deletes this row, and with it the key of whatever else was sealed with it.
    """

    __tablename__ = "letter_contents"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class WriterMark(Base):
    """What letters of one writer have in common, without telling who that is."""

    __tablename__ = "letter_marks"

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, index=True)


class Access(Base):
    """That somebody of the staff saw a letter's content, or took it out; never deleted with it."""

    __tablename__ = "letter_accesses"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    use: Mapped[LetterUse] = mapped_column(word(LetterUse))

    @property
    def use_label(self) -> str:
        """The use in Chinese."""
        return USES[self.use]


class Step(Base):
    """An entry of the timeline shown to the writer."""

    __tablename__ = "letter_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id"), index=True)
    at: Mapped[datetime]
    step: Mapped[LetterStep] = mapped_column(word(LetterStep))
    organization: Mapped[str | None]
    due_on: Mapped[date]
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)

    @classmethod
    def of(cls, letter: Letter, step: LetterStep, at: datetime, note: bytes | None = None) -> Self:
        """Note a step of `letter` as it stands after it; the letter's key seals `note`."""
        return cls(
            letter_id=letter.id,
            at=at,
            step=step,
            organization=letter.organization_name,
            due_on=letter.due_on,
            sealed_note=note,
        )

    @property
    def step_label(self) -> str:
        """The step in Chinese."""
        return STEPS[self.step]
