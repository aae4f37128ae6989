"""Organizations, sites and columns, as everyone may know them."""

from datetime import date, datetime
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
    HOME = "home"
    FUNCTIONS = "functions"
    LEADERS = "leaders"
    OPEN_DATA = "open_data"
    DISCLOSURE_GUIDE = "disclosure_guide"
    DISCLOSURE_CATALOGUE = "disclosure_catalogue"
    DISCLOSURE_REPORTS = "disclosure_reports"
    DISCLOSURE_REQUESTS = "disclosure_requests"
    LETTERS = "letters"
    CONSULTATIONS = "consultations"
    INTERVIEWS = "interviews"


class SiteState(StrEnum):
    """Where a site stands in its life.

    Source: 国办发〔2017〕47号, opening, changing and closing of sites.
    """

    APPLIED = "applied"
    OPEN = "open"
    SUSPENDED = "suspended"
    MIGRATING = "migrating"
    CLOSED = "closed"


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


class SiteNotice(BaseModel):
    """What a site tells its readers while it is suspended, migrates or is closed."""

    text: str
    since: datetime
    until: datetime | None = Field(default=None, description="When a suspension ends.")
    destination_url: str | None = Field(default=None, description="Where the content went.")
    destination_site: str | None = Field(
        default=None, description="Code of the site of the group where the content went."
    )


class Site(BaseModel):
    """A government website: who supervises, sponsors and operates it, and where it stands."""

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
    state: SiteState = SiteState.OPEN
    opened_at: datetime | None = None
    notice: SiteNotice | None = None
    icp_number: str | None = Field(default=None, description="ICP 备案号.")
    police_number: str | None = Field(default=None, description="公安备案号.")
    contact: str | None = Field(default=None, description="How readers reach the site's keepers.")
    version: int


class Footer(BaseModel):
    """What every page of a site must show at its foot.

    Source: 国办发〔2017〕47号: 网站标识码, ICP, 公安备案, 主办/承办单位, contact.
    """

    site_code: SiteCode
    icp_number: str | None
    police_number: str | None
    supervising: str = Field(description="Name of the supervising organization (主管).")
    sponsoring: str = Field(description="Name of the sponsoring organization (主办).")
    operating: str = Field(description="Name of the operating organization (承办).")
    contact: str | None


class PublicSite(Site):
    """A site with its footer."""

    footer: Footer


class Column(BaseModel):
    """A column of a site, its place in the tree, and how often it must be updated."""

    id: UUID
    site_code: SiteCode
    name: Line
    kind: ColumnKind
    target_days: int | None = Field(default=None, description="Update at least this often (city).")
    red_line_days: int | None = Field(default=None, description="Veto limit (national).")
    column_type: str = Field(
        default="", description="ColumnType of the national page labels (网页标签)."
    )
    parent_id: UUID | None = None
    position: int = Field(default=0, description="Columns beside one another stand in this order.")
    description: str | None = None
    keywords: list[str] = []
    hidden: bool = False
    merged_into: UUID | None = Field(
        default=None, description="The column that readers of this one are sent to."
    )
    version: int


class OrganizationRegistered(Event, type="content.organization.registered", subject="id"):
    """An organization joined the group."""

    id: UUID
    code: str
    name: str
    kind: OrganizationKind
    level: Level
    path: str


class OrganizationChanged(Event, type="content.organization.changed", subject="id"):
    """What an organization is changed; what holds of it now is told whole."""

    id: UUID
    code: str
    name: str
    kind: OrganizationKind
    level: Level
    path: str
    supervised_by: str | None


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
