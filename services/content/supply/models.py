"""Tables of the supply capability."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from services.content.database import Base
from shared.contracts.commissioning import CommissionState
from shared.contracts.content import ItemKind
from shared.contracts.supply import ContributionState, Recurrence, SupplyTaskState
from shared.ids import new_id
from shared.schedule import Due


class SupplyTask(Due, Base):
    """What a unit owes a site; it is due for its reminder first, then for its deadline."""

    __tablename__ = "supply_tasks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organization: Mapped[str] = mapped_column(index=True)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"))
    sponsoring: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    brief: Mapped[str]
    kind: Mapped[ItemKind]
    deadline: Mapped[datetime]
    first_deadline: Mapped[datetime]
    recurrence: Mapped[Recurrence]
    occurrence: Mapped[int] = mapped_column(default=1)
    state: Mapped[SupplyTaskState] = mapped_column(default=SupplyTaskState.OPEN)
    late: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    item_id: Mapped[UUID | None]
    fulfilled_at: Mapped[datetime | None]
    asked_by: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Contribution(Base):
    """A text a unit sent to a site, and what the checks say of it."""

    __tablename__ = "contributions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organization: Mapped[str] = mapped_column(index=True)
    contributor: Mapped[str]
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"))
    sponsoring: Mapped[str] = mapped_column(index=True)
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("supply_tasks.id"))
    title: Mapped[str]
    body: Mapped[str]
    source: Mapped[str]
    state: Mapped[ContributionState] = mapped_column(default=ContributionState.SUBMITTED)
    reason: Mapped[str | None]
    findings: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))
    submitted_at: Mapped[datetime]
    item_id: Mapped[UUID | None] = mapped_column(unique=True)
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[str | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Expert(Base):
    """An entry of an organization's register of experts; it says nothing of how to reach them."""

    __tablename__ = "experts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organization: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    field: Mapped[str]
    affiliation: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Commission(Base):
    """A piece of work an expert or a medium was asked for."""

    __tablename__ = "commissions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_code: Mapped[str] = mapped_column(ForeignKey("sites.code"))
    sponsoring: Mapped[str] = mapped_column(index=True)
    brief: Mapped[str]
    interprets: Mapped[UUID | None]
    expert_id: Mapped[UUID | None] = mapped_column(ForeignKey("experts.id"))
    medium: Mapped[str | None]
    due_on: Mapped[date]
    fee: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    currency: Mapped[str]
    state: Mapped[CommissionState] = mapped_column(default=CommissionState.INVITED)
    reason: Mapped[str | None]
    item_id: Mapped[UUID | None]
    given_by: Mapped[str]
    accepted_by: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
