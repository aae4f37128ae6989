"""Standing rules of an issuer: what is released makes a directive of itself."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.binding import Order, Terms
from shared.contracts.content import ItemKind
from shared.contracts.registry import Level
from shared.contracts.text import Line, OrganizationCode, SiteCode
from shared.events import Event


class Trigger(BaseModel):
    """Which releases a rule is about; everything that is named must fit."""

    from_levels: Annotated[list[Level], Field(max_length=10)] = Field(
        default=[], description="Levels of the sites that release."
    )
    from_sites: Annotated[list[SiteCode], Field(max_length=100)] = Field(
        default=[], description="The sites that release."
    )
    kinds: Annotated[list[ItemKind], Field(max_length=20)] = []
    subjects: Annotated[list[Line], Field(max_length=100)] = Field(
        default=[], description="Terms of the vocabulary, each with what is narrower."
    )


class RuleData(Order, Trigger):
    """When an issuer's rule issues, whom it binds, and what it asks of them."""

    name: Line

    @model_validator(mode="after")
    def be_about_something(self) -> Self:
        """Refuse a rule that every release would set off, and one without a deadline."""
        if not (self.from_levels or self.from_sites or self.kinds or self.subjects):
            raise PydanticCustomError("trigger_missing", "Say which releases it is about.")
        if self.policy is None:
            raise PydanticCustomError("policy_missing", "Say by which policy deadlines count.")
        return self


class NewRule(RuleData):
    """A standing rule, and in whose name it issues."""

    issuer: OrganizationCode


class RuleState(StrEnum):
    """Whether a rule acts on what is released."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class DirectiveRule(BaseModel):
    """A standing rule of an issuer, as it is now."""

    id: UUID
    name: str
    issuer: str = Field(description="Path of the organization in whose name it issues.")
    trigger: Trigger
    order: Terms
    state: RuleState
    made_by: str
    made_at: datetime
    version: int


class FiringOutcome(StrEnum):
    """What came of a release that a rule was about."""

    ISSUED = "issued"
    NOBODY_BOUND = "nobody_bound"
    POLICY_GONE = "policy_gone"


class RuleFiring(BaseModel):
    """What a rule did about one item; it does so once."""

    item_id: UUID
    rule_version: int
    outcome: FiringOutcome
    directive_id: UUID | None = None
    fired_at: datetime


class RuleAct(StrEnum):
    """What was done with a rule."""

    MADE = "made"
    CHANGED = "changed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    ENDED = "ended"


class DirectiveRuleChanged(Event, type="content.directive_rule.changed", subject="rule_id"):
    """A standing rule was made, changed, suspended, resumed or ended."""

    rule_id: UUID
    issuer: str
    name: str
    act: RuleAct
