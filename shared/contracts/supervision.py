"""What units report and register: outages of their sites, and their working rules."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.text import OrganizationCode, SiteCode
from shared.events import Event


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
