"""Tables of assessment."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.audit.database import Base
from shared.ids import new_id


class RegisteredRuleset(Base):
    """One version of a rule set, kept from its first use on and never changed."""

    __tablename__ = "rulesets"

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    rules: Mapped[dict[str, Any]]
    registered_at: Mapped[datetime]


class Assessment(Base):
    """A score as computed once, with the evidence and the rules it was computed from."""

    __tablename__ = "assessments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str]
    ruleset_id: Mapped[str]
    ruleset_version: Mapped[str]
    start: Mapped[date]
    end: Mapped[date]
    evidence: Mapped[list[dict[str, Any]]]
    canonical: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    registered: Mapped[RegisteredRuleset] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        ForeignKeyConstraint(
            ["ruleset_id", "ruleset_version"], ["rulesets.id", "rulesets.version"]
        ),
        Index(None, "site_code", "id"),
    )
