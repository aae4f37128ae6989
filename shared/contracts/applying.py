"""What is applied for once a site is open, and what becomes of it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from shared.contracts.registry import ColumnKind
from shared.contracts.text import (
    PROSE_PATTERN,
    Line,
    OrganizationCode,
    Reason,
    SiteCode,
    Strict,
    typeable,
)
from shared.events import Event

Domain = Annotated[
    str,
    Field(
        pattern=r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$",
        max_length=253,
        examples=["www.bengbu.gov.cn"],
    ),
]
Days = Annotated[int, Field(ge=1, le=3660)]
Position = Annotated[int, Field(ge=0, le=9999)]
Keywords = Annotated[list[Line], Field(max_length=20)]
Description = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(typeable),
    Field(json_schema_extra={"pattern": PROSE_PATTERN}),
]
IcpNumber = Annotated[
    str,
    Field(
        pattern=r"^[\u4e00-\u9fff]ICP备[0-9]{8,10}号(-[0-9]{1,3})?$",
        examples=["皖ICP备05018251号-1"],
    ),
]
PoliceNumber = Annotated[
    str,
    Field(
        pattern=r"^[\u4e00-\u9fff]公网安备 ?[0-9]{14}号$", examples=["皖公网安备 34030002000123号"]
    ),
]


class ColumnData(Strict):
    """What a column is and where it stands; a stricter rhythm than its kind's may be stated."""

    name: Line
    kind: ColumnKind
    target_days: Days | None = None
    parent_id: UUID | None = None
    position: Position = 0
    description: Description | None = None
    keywords: Keywords = []


class ApplicationAct(StrEnum):
    """What may be applied for."""

    OPEN_COLUMN = "open_column"
    MERGE_COLUMNS = "merge_columns"
    HIDE_COLUMN = "hide_column"
    SHOW_COLUMN = "show_column"
    RENAME_COLUMN = "rename_column"
    MOVE_COLUMN = "move_column"
    CHANGE_SITE = "change_site"


class OpenColumn(ColumnData):
    """Open a column; its update clock begins when it is approved."""

    act: Literal[ApplicationAct.OPEN_COLUMN]


class MergeColumns(Strict):
    """Send the readers of one column to another one for ever; its items stay theirs."""

    act: Literal[ApplicationAct.MERGE_COLUMNS]
    from_id: UUID
    into_id: UUID


class HideColumn(Strict):
    """List a column no longer."""

    act: Literal[ApplicationAct.HIDE_COLUMN]
    column_id: UUID


class ShowColumn(Strict):
    """List a hidden column again."""

    act: Literal[ApplicationAct.SHOW_COLUMN]
    column_id: UUID


class Partial(Strict):
    """Base of a change that names only what shall be different."""

    @model_validator(mode="after")
    def _ask_for_something(self) -> Self:
        if not self.model_dump(exclude={"act", "column_id"}, exclude_none=True):
            raise PydanticCustomError("nothing_asked", "Say at least one thing to change.")
        return self


class RenameColumn(Partial):
    """Give a column another name, description or keywords."""

    act: Literal[ApplicationAct.RENAME_COLUMN]
    column_id: UUID
    name: Line | None = None
    description: Description | None = None
    keywords: Keywords | None = None


class MoveColumn(Strict):
    """Put a column under another one, or at the top, and among its neighbours."""

    act: Literal[ApplicationAct.MOVE_COLUMN]
    column_id: UUID
    parent_id: UUID | None = None
    position: Position = 0


class ChangeSite(Partial):
    """Give a site other data."""

    act: Literal[ApplicationAct.CHANGE_SITE]
    name: Line | None = None
    domain: Domain | None = None
    supervising: OrganizationCode | None = None
    sponsoring: OrganizationCode | None = None
    operating: OrganizationCode | None = None
    icp_number: IcpNumber | None = None
    police_number: PoliceNumber | None = None
    contact: Line | None = None


Change = Annotated[
    OpenColumn | MergeColumns | HideColumn | ShowColumn | RenameColumn | MoveColumn | ChangeSite,
    Field(discriminator="act"),
]


class ApplicationState(StrEnum):
    """What became of an application."""

    FILED = "filed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class NewApplication(Strict):
    """A change of an open site or its columns, and why it is needed."""

    site_code: SiteCode
    change: Change
    reason: Reason


class Choice(StrEnum):
    """How an application may be decided."""

    APPROVE = "approve"
    REFUSE = "refuse"


class Decision(Strict):
    """What the supervising organization decides about an application."""

    decision: Choice
    reason: Reason | None = None

    @model_validator(mode="after")
    def explain_refusal(self) -> Self:
        """Refuse a refusal without a word."""
        if self.decision is Choice.REFUSE and self.reason is None:
            raise PydanticCustomError("reason_missing", "A refusal needs a reason.")
        return self


class Application(BaseModel):
    """A change applied for, and what became of it."""

    id: UUID
    site_code: SiteCode
    change: Change
    reason: str
    state: ApplicationState
    applied_by: str
    applied_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision_reason: str | None
    version: int


class ApplicationFiled(Event, type="content.application.filed", subject="application_id"):
    """A sponsor applied for a change of its site or columns."""

    application_id: UUID
    site_code: str
    act: ApplicationAct
    reason: str


class ApplicationDecided(Event, type="content.application.decided", subject="application_id"):
    """The supervising organization approved an application, with its effect, or refused it."""

    application_id: UUID
    site_code: str
    act: ApplicationAct
    state: ApplicationState
    reason: str | None


class ApplicationWithdrawn(Event, type="content.application.withdrawn", subject="application_id"):
    """Whoever had applied for a change wants it no longer."""

    application_id: UUID
    site_code: str
    act: ApplicationAct
