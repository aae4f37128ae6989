"""What units owe a site, what they send it, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.checking import CheckFindingView
from shared.contracts.content import ItemKind
from shared.contracts.text import Line, OrganizationCode, Prose, Reason, SiteCode, Strict
from shared.events import Event
from shared.moments import Moment


class ContributionState(StrEnum):
    """How far a contribution is; whether its item is public is another question."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ADOPTED = "adopted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Contribution(BaseModel):
    """A text a unit sent to a site."""

    id: UUID
    organization: str = Field(description="Path of the unit that sent it.")
    contributor: str
    site_code: str
    task_id: UUID | None = None
    title: str
    body: str
    source: str
    state: ContributionState
    reason: str | None = Field(default=None, description="Why it was returned or declined.")
    findings: list[CheckFindingView] = []
    submitted_at: datetime
    item_id: UUID | None = None
    adopted_at: datetime | None = None
    published_at: datetime | None = Field(
        default=None, description="When its item was first released."
    )
    version: int


class ContributionCount(BaseModel):
    """What one unit sent, what was adopted and what came out, each by its own day."""

    organization: str
    submitted: int
    adopted: int
    published: int


class ContributionText(Strict):
    """What a contributor writes."""

    title: Line
    body: Prose
    source: Line


class NewContribution(ContributionText):
    """A text for the unit's own site or for one above it."""

    organization: OrganizationCode
    site_code: SiteCode
    task_id: UUID | None = None


class Adoption(Strict):
    """Where and as what a contribution becomes an item."""

    column_id: UUID
    kind: ItemKind
    topic_id: UUID | None = None


class Because(Strict):
    """Why something is sent back, refused or called off."""

    reason: Reason


class Recurrence(StrEnum):
    """Whether a task is asked for again once its deadline has passed."""

    NONE = "none"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class SupplyTaskState(StrEnum):
    """What became of what a unit owes."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class SupplyTask(BaseModel):
    """What a unit owes a site, and by when."""

    id: UUID
    organization: str = Field(description="Path of the unit that owes it.")
    site_code: str
    title: str
    brief: str
    kind: ItemKind
    deadline: datetime
    recurrence: Recurrence
    occurrence: int = Field(description="Counted from 1 among its repetitions.")
    state: SupplyTaskState
    late: bool = Field(description="Open when it fell due, whatever happened after.")
    reason: str | None = None
    item_id: UUID | None = None
    fulfilled_at: datetime | None = None
    version: int


class NewSupplyTask(Strict):
    """What a site asks of a unit."""

    organization: OrganizationCode
    site_code: SiteCode
    title: Line
    brief: Reason
    kind: ItemKind
    due_at: Moment
    recurrence: Recurrence = Recurrence.NONE


class Fulfilment(Strict):
    """The item that is what was owed."""

    item_id: UUID


class ContributionSubmitted(
    Event, type="content.contribution.submitted", subject="contribution_id"
):
    """A unit sent a text to a site, or sent it again."""

    contribution_id: UUID
    organization: str
    site_code: str
    task_id: UUID | None = None


class ContributionReturned(Event, type="content.contribution.returned", subject="contribution_id"):
    """A site sent a contribution back to be put right."""

    contribution_id: UUID
    organization: str
    site_code: str
    reason: str


class ContributionDeclined(Event, type="content.contribution.declined", subject="contribution_id"):
    """A site will not use a contribution."""

    contribution_id: UUID
    organization: str
    site_code: str
    reason: str


class ContributionWithdrawn(
    Event, type="content.contribution.withdrawn", subject="contribution_id"
):
    """A contributor took a contribution back."""

    contribution_id: UUID
    organization: str
    site_code: str


class ContributionAdopted(Event, type="content.contribution.adopted", subject="contribution_id"):
    """A contribution became the first text of an item."""

    contribution_id: UUID
    organization: str
    contributor: str
    site_code: str
    item_id: UUID


class ContributionPublished(
    Event, type="content.contribution.published", subject="contribution_id"
):
    """The item a contribution became was released for the first time."""

    contribution_id: UUID
    organization: str
    contributor: str
    site_code: str
    item_id: UUID
    published_at: datetime


class SupplyTaskAsked(Event, type="content.supply_task.asked", subject="task_id"):
    """A site asked a unit for something, or asks again as agreed."""

    task_id: UUID
    organization: str
    site_code: str
    kind: ItemKind
    deadline: datetime
    occurrence: Annotated[int, Field(ge=1)] = 1


class SupplyTaskReminded(Event, type="content.supply_task.reminded", subject="task_id"):
    """What a unit owes falls due after one more working day."""

    task_id: UUID
    organization: str
    site_code: str
    deadline: datetime


class SupplyTaskOverdue(Event, type="content.supply_task.overdue", subject="task_id"):
    """What a unit owed did not come in time."""

    task_id: UUID
    organization: str
    site_code: str
    deadline: datetime


class SupplyTaskSettled(Event, type="content.supply_task.settled", subject="task_id"):
    """What a unit owed came, was sent back undone, or is not asked for any more."""

    task_id: UUID
    organization: str
    site_code: str
    state: SupplyTaskState
    late: bool
    item_id: UUID | None = None
    reason: str | None = None
