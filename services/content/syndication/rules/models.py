"""Tables of standing rules, and of what they did."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.directive_rules import FiringOutcome, RuleState
from shared.ids import new_id


class DirectiveRule(Base):
    """A standing rule of an issuer: on which releases it issues, and what."""

    __tablename__ = "directive_rules"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    issuer: Mapped[str]
    trigger: Mapped[dict[str, Any]]
    order: Mapped[dict[str, Any]]
    state: Mapped[RuleState] = mapped_column(default=RuleState.ACTIVE)
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class RuleFiring(Base):
    """What a rule did about an item; that there is one row for both is why it does so once."""

    __tablename__ = "rule_firings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    rule_id: Mapped[UUID] = mapped_column(ForeignKey("directive_rules.id"))
    item_id: Mapped[UUID]
    rule_version: Mapped[int]
    outcome: Mapped[FiringOutcome]
    directive_id: Mapped[UUID | None] = mapped_column(ForeignKey("directives.id"))
    fired_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("rule_id", "item_id"),)
