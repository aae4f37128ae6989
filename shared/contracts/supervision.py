"""What units report and register: outages of their sites, and their working rules."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.text import Line, OrganizationCode, Reason, SiteCode, Strict
from shared.events import Event
from shared.moments import Day, Moment


class NewOutage(Strict):
    """Since when a site cannot be reached, until when that may last, and why."""

    began_at: Moment
    expected_until: Moment
    cause: Reason


class Outage(BaseModel):
    """A time in which a site cannot be reached, as its sponsor reported it."""

    id: UUID
    site_code: SiteCode
    began_at: datetime
    expected_until: datetime
    ended_at: datetime | None
    cause: str
    reported_by: str
    reported_at: datetime
    version: int


class ProcedureEdition(Strict):
    """A working rule as it was issued."""

    title: Line
    document_number: Line | None = None
    in_force_from: Day


class NewProcedure(ProcedureEdition):
    """An organization's first working rule of its kind."""

    organization: OrganizationCode
    kind: str


class Procedure(BaseModel):
    """A working rule (管理规范) of an organization, in one of its editions."""

    id: UUID
    organization: str = Field(description="Path of the organization whose rule it is.")
    kind: str
    title: str
    document_number: str | None
    edition: int
    in_force_from: date
    replaced_by: UUID | None
    version: int


class MissingProcedure(BaseModel):
    """A working rule that an organization with a site must have, and has not in force."""

    organization: OrganizationCode
    name: str
    kind: str
    label: str


class OutageReported(Event, type="content.outage.reported", subject="outage_id"):
    """A sponsor reported that its site cannot be reached."""

    outage_id: UUID
    site_code: str
    began_at: datetime
    expected_until: datetime
    reported_at: datetime
    cause: str


class OutageEnded(Event, type="content.outage.ended", subject="outage_id"):
    """A site that could not be reached is back."""

    outage_id: UUID
    site_code: str
    began_at: datetime
    ended_at: datetime


class ProcedureAdopted(Event, type="content.procedure.adopted", subject="procedure_id"):
    """An organization has a working rule, or a new edition in place of an older one."""

    procedure_id: UUID
    organization: str
    kind: str
    title: str
    edition: int
    in_force_from: date
    replaces: UUID | None
