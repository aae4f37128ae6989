"""Experts and media who are asked to explain a policy, and what they deliver."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.text import Line, OrganizationCode, Reason, SiteCode, Strict
from shared.events import Event
from shared.moments import Day

Fee = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class CommissionState(StrEnum):
    """How far a commission is."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    ACCEPTED_WORK = "accepted_work"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Expert(BaseModel):
    """Someone who may be asked; how to reach them is not kept here."""

    id: UUID
    organization: str = Field(description="Path of the organization that keeps the entry.")
    name: str
    field: str
    affiliation: str
    version: int


class ExpertEntry(Strict):
    """Who an expert is."""

    name: Line
    field: Line
    affiliation: Line


class NewExpert(ExpertEntry):
    """An expert for an organization's register."""

    organization: OrganizationCode


class Commission(BaseModel):
    """A piece of work somebody was asked for."""

    id: UUID
    site_code: str
    brief: str
    interprets: UUID | None = None
    expert_id: UUID | None = None
    medium: str | None = None
    due_on: date
    fee: Decimal
    currency: str
    state: CommissionState
    reason: str | None = None
    item_id: UUID | None = None
    accepted_by: str | None = Field(default=None, description="Who accepted the work.")
    accepted_at: datetime | None = None
    version: int


class NewCommission(Strict):
    """What an expert of the register, or a medium, is asked for."""

    site_code: SiteCode
    brief: Reason
    interprets: UUID | None = None
    expert_id: UUID | None = None
    medium: Line | None = None
    due_on: Day
    fee: Fee = Decimal(0)
    currency: Literal["CNY"] = "CNY"

    @model_validator(mode="after")
    def ask_one(self) -> Self:
        """Refuse a commission to nobody, or to two."""
        if (self.expert_id is None) == (self.medium is None):
            raise PydanticCustomError("invitee_unclear", "Name either an expert or a medium.")
        return self


class CommissionStep(Strict):
    """How a commission goes on."""

    state: CommissionState
    item_id: UUID | None = Field(default=None, description="What was delivered.")
    reason: Reason | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse a delivery of nothing and a cancellation without a word."""
        if self.state is CommissionState.DELIVERED and self.item_id is None:
            raise PydanticCustomError("item_missing", "Say which item was delivered.")
        if self.state is CommissionState.CANCELLED and self.reason is None:
            raise PydanticCustomError("reason_missing", "A cancellation needs a reason.")
        return self


class ExpertRegistered(Event, type="content.expert.registered", subject="expert_id"):
    """An expert was entered in an organization's register."""

    expert_id: UUID
    organization: str


class ExpertChanged(Event, type="content.expert.changed", subject="expert_id"):
    """What a register says of an expert was put right."""

    expert_id: UUID
    organization: str


class CommissionGiven(Event, type="content.commission.given", subject="commission_id"):
    """A site asked an expert or a medium for a piece of work."""

    commission_id: UUID
    site_code: str
    interprets: UUID | None
    due_on: date
    fee: Decimal
    currency: str


class CommissionMoved(Event, type="content.commission.moved", subject="commission_id"):
    """A commission went one step on; with accepted work its fee is owed."""

    commission_id: UUID
    site_code: str
    state: CommissionState
    fee: Decimal
    currency: str
    item_id: UUID | None = None
