"""Whether a policy is in force, as it is recorded, told and asked for."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.standing import ValidityState
from shared.contracts.text import Line, Reason, Strict
from shared.events import Event
from shared.moments import Day


class NewValidity(Strict):
    """What became of a policy, from which day on, and what stands in its place."""

    state: ValidityState
    since: Day | None = Field(default=None, description="First day it holds; today without it.")
    successor: UUID | None = Field(default=None, description="The public item in its place.")
    document: Line | None = Field(
        default=None, description="What stands in its place or decided it, if it is not an item."
    )
    reason: Reason

    @model_validator(mode="after")
    def name_successor(self) -> Self:
        """Refuse an amendment by nothing, and a successor of what is in force."""
        named = self.successor is not None or self.document is not None
        if self.state is ValidityState.AMENDED and not named:
            raise PydanticCustomError("amendment_missing", "An amendment names what amends.")
        if self.state is ValidityState.EFFECTIVE and named:
            raise PydanticCustomError("successor_misplaced", "What is in force has no successor.")
        return self


class Validity(BaseModel):
    """One step of a policy's validity, as recorded; steps are added, never changed."""

    id: UUID
    item_id: UUID
    state: ValidityState
    since: date
    successor: UUID | None
    document: str | None
    reason: str
    recorded_by: str
    recorded_at: datetime


class PolicyInForce(BaseModel):
    """A policy that was in force on the day asked about."""

    id: UUID
    site_code: str
    title: str
    doc_no: str | None
    index_no: str | None
    url: str
    effective_from: date
    expires_on: date | None


class ValidityRecorded(Event, type="content.item.validity_recorded", subject="item_id"):
    """A policy's validity was recorded, or it expired by itself."""

    item_id: UUID
    site_code: str
    state: ValidityState
    since: date
    successor: UUID | None
    document: str | None
    release_seq: int
    reason: str
