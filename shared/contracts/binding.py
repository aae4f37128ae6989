"""Whom a directive binds, what it asks of them, and by when."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.origin import Fidelity
from shared.contracts.registry import ColumnKind, Level, OrganizationKind
from shared.contracts.text import OrganizationCode, SiteCode, Strict

Region = Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["340300"])]


class Ask(StrEnum):
    """What a directive asks of a site."""

    REPOST = "repost"
    LINK = "link"


class Reach(StrEnum):
    """Along which line an issuer reaches the sites it may bind."""

    BELOW = "below"
    LINE = "line"
    BOTH = "both"


class Scope(BaseModel):
    """Whom a directive binds: sites its issuer reaches that fit everything that is named."""

    reach: Reach = Field(
        default=Reach.BELOW,
        description="Sites of the issuer and of units below it; or of units whose second line"
        " of supervision it is; or both.",
    )
    level: Level | None = None
    regions: Annotated[list[Region], Field(max_length=100)] = Field(
        default=[], description="Regions (GB/T 2260) with everything inside them."
    )
    organizations: Annotated[list[OrganizationCode], Field(max_length=100)] = Field(
        default=[], description="Units with every unit below them."
    )
    trades: Annotated[list[OrganizationKind], Field(max_length=10)] = Field(
        default=[], description="What the sponsors of the sites are."
    )
    site_codes: Annotated[list[SiteCode], Field(max_length=1000)] | None = Field(
        default=None, description="Named sites; without them every site the rest leaves."
    )
    later_days: Annotated[int, Field(ge=1, le=366)] | None = Field(
        default=None,
        description="For so many days, sites that open are told too; their own deadline is"
        " counted by the policy from then.",
    )


class Terms(Scope):
    """Whom a directive binds, and what it asks of them."""

    ask: Ask = Ask.REPOST
    fidelity: Fidelity = Fidelity.VERBATIM
    column_kind: ColumnKind | None = Field(
        default=None, description="In what kind of column it had best stand."
    )
    policy: Annotated[str, Field(max_length=40)] | None = Field(
        default=None, description="By which deadline policy the deadline is counted."
    )


class Order(Strict, Terms):
    """Whom to bind, and what to ask of them."""

    @model_validator(mode="after")
    def name_no_later_sites(self) -> Self:
        """Refuse named sites together with sites that open later, which nobody can name yet."""
        if self.later_days is not None and self.site_codes is not None:
            raise PydanticCustomError("later_names", "Later sites are not among named ones.")
        return self


class DeadlineClock(StrEnum):
    """What a policy's hours are hours of."""

    CALENDAR = "calendar"
    OFFICE = "office"


class DeadlinePolicy(BaseModel):
    """A way to count a deadline, its source, and what it would come to now."""

    name: str = Field(examples=["red_line"])
    label: str
    hours: int
    clock: DeadlineClock
    document: str
    clause: str
    deadline: datetime = Field(description="Of what is issued now.")
    deadline_basis: str = Field(description="How that is counted, step by step, in Chinese.")


class BoundSite(BaseModel):
    """A site that a directive would bind."""

    code: str
    name: str
    level: Level
    sponsoring: str = Field(description="Path of the organization that would answer for it.")


class DirectivePreview(BaseModel):
    """Whom a directive or a rule would bind if it were issued now, and by when."""

    count: int
    sites: list[BoundSite]
    deadline: datetime
    deadline_basis: str
