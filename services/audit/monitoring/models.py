"""Tables of monitoring: what events told of the sites, and what was found."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.audit.database import Base
from services.audit.monitoring.cadence import Freshness
from services.audit.monitoring.finding import FindingKind, Severity
from shared.contracts.directives import ObligationState
from shared.contracts.registry import ColumnKind
from shared.ids import new_id
from shared.schedule import Due


class Site(Base):
    """A website, and who answers for it."""

    __tablename__ = "sites"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    sponsoring: Mapped[str]


class Watched(Due):
    """Mixin of what is weighed when facts change or time passes; `entries` tell where from."""

    site_code: Mapped[str]
    entries: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))

    @property
    def subject(self) -> str:
        """What findings on it are about."""
        raise NotImplementedError


class Column(Watched, Base):
    """A column with the rhythm it stated, and how it stands against it."""

    __tablename__ = "columns"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[ColumnKind]
    target_days: Mapped[int | None]
    red_line_days: Mapped[int | None]
    opened_at: Mapped[datetime]
    freshness: Mapped[Freshness]
    update_due: Mapped[date | None]
    resting_since: Mapped[datetime | None]
    merged_into: Mapped[UUID | None] = mapped_column(index=True)

    @property
    def subject(self) -> str:
        """The column by its id."""
        return f"column:{self.id}"

    @property
    def freshness_label(self) -> str:
        """How it stands, in Chinese."""
        return self.freshness.label


class Publication(Watched, Base):
    """An item that is public, or was; a policy that must be interpreted is weighed."""

    __tablename__ = "publications"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    column_id: Mapped[UUID]
    is_statement: Mapped[bool]
    title: Mapped[str]
    first_public_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    to_be_interpreted: Mapped[bool]
    interprets: Mapped[UUID | None] = mapped_column(index=True)
    interpretation_due_on: Mapped[date | None]

    __table_args__ = (Index(None, "column_id", "is_statement", "first_public_at"),)

    @property
    def subject(self) -> str:
        """The item by its id."""
        return f"item:{self.id}"


class Letter(Watched, Base):
    """A citizen's letter, as far as its clock goes."""

    __tablename__ = "letters"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    due_on: Mapped[date]
    answered_at: Mapped[datetime | None]

    @property
    def subject(self) -> str:
        """The letter by its number."""
        return f"letter:{self.number}"


class Obligation(Watched, Base):
    """What one site owes under a directive."""

    __tablename__ = "obligations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    directive_id: Mapped[UUID]
    item_id: Mapped[UUID]
    deadline: Mapped[datetime]
    state: Mapped[ObligationState]
    settled_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    diverged_at: Mapped[datetime | None]
    diverged: Mapped[dict[str, Any] | None]
    mended_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("directive_id", "site_code"),)

    @property
    def subject(self) -> str:
        """The directive by its id; the site is told apart by its code."""
        return f"directive:{self.directive_id}"


class Finding(Base):
    """Something wrong on a site, from when it was found until its cause is gone."""

    __tablename__ = "findings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[FindingKind]
    site_code: Mapped[str]
    subject: Mapped[str]
    summary: Mapped[str]
    evidence: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    unfounded: Mapped[bool]

    __table_args__ = (
        Index(None, "site_code", "opened_at"),
        Index(
            "uq_findings_open",
            "subject",
            "site_code",
            "kind",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    @property
    def label(self) -> str:
        """What is wrong, in Chinese."""
        return self.kind.nature.label

    @property
    def severity(self) -> Severity:
        """How much harm it does while it stands."""
        return self.kind.nature.severity

    @property
    def remedy(self) -> str:
        """How it is put right."""
        return self.kind.nature.remedy
