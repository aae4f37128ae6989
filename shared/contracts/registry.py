"""Organizations, sites and columns, as everyone may know them."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.text import Line, OrganizationCode, SiteCode
from shared.events import Event


class OrganizationKind(StrEnum):
    """What an organization is within the group."""

    GOVERNMENT = "government"
    OFFICE = "office"
    DEPARTMENT = "department"
    PARTNER = "partner"


class Level(StrEnum):
    """The level of government an organization belongs to."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


class ColumnKind(StrEnum):
    """What a column holds; its update rhythm follows from it.

    Source: 蚌政办秘〔2017〕97号 二(一); ColumnType of 国办发〔2017〕47号.
    """

    OVERVIEW = "overview"
    NEWS = "news"
    NOTICES = "notices"
    POLICIES = "policies"
    INTERPRETATIONS = "interpretations"
    PERSONNEL = "personnel"
    PLANS = "plans"
    DATA = "data"
    RESPONSES = "responses"
    GUIDES = "guides"


class Organization(BaseModel):
    """A unit that answers for sites, columns or letters."""

    id: UUID
    code: OrganizationCode
    name: Line
    kind: OrganizationKind
    level: Level
    path: str = Field(description="Codes from the root down, joined by dots.")
    supervised_by: str | None = Field(
        default=None, description="Path of a second line of supervision, if it has one."
    )
    version: int


class Site(BaseModel):
    """A government website: who supervises, sponsors and operates it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    code: SiteCode
    name: Line
    domain: Line
    level: Level
    region: str = Field(description="Administrative code, GB/T 2260.", examples=["340321"])
    supervising: str = Field(description="Path of the supervising organization (主管).")
    sponsoring: str = Field(description="Path of the sponsoring organization (主办).")
    operating: str = Field(description="Path of the operating organization (承办).")
    version: int


class Column(BaseModel):
    """A column of a site, and how often it must be updated."""

    id: UUID
    site_code: SiteCode
    name: Line
    kind: ColumnKind
    target_days: int | None = Field(default=None, description="Update at least this often (city).")
    red_line_days: int | None = Field(default=None, description="Veto limit (national).")
    version: int


class OrganizationRegistered(Event, type="content.organization.registered", subject="id"):
    """An organization joined the group."""

    id: UUID
    code: str
    name: str
    kind: OrganizationKind
    level: Level
    path: str


class SiteOpened(Event, type="content.site.opened", subject="id"):
    """A site was opened."""

    id: UUID
    code: str
    name: str
    domain: str
    level: Level
    region: str
    supervising: str
    sponsoring: str


class ColumnOpened(Event, type="content.column.opened", subject="id"):
    """A column was opened on a site; from now on its update clock runs."""

    id: UUID
    site_code: str
    sponsoring: str
    name: str
    kind: ColumnKind
    target_days: int | None
    red_line_days: int | None


class WorkdaysNoticed(Event, type="content.workdays.noticed", subject="year"):
    """The State Council's holiday notice for a year was taken in, or corrected."""

    year: int
    title: str
    number: str
    issued_on: date
    off: tuple[date, ...]
    makeup: tuple[date, ...]
