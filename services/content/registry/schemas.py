"""What the registry's API accepts."""

from typing import Annotated

from pydantic import BaseModel, Field

from shared.contracts.registry import ColumnKind, Level, OrganizationKind
from shared.contracts.text import Line, OrganizationCode, SiteCode, Strict
from shared.workdays import Notice

Domain = Annotated[
    str,
    Field(
        pattern=r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$",
        max_length=253,
        examples=["www.bengbu.gov.cn"],
    ),
]
Days = Annotated[int, Field(ge=1, le=3660)]


class NewOrganization(Strict):
    """A unit that joins the group under another one."""

    code: OrganizationCode
    name: Line
    kind: OrganizationKind
    level: Level
    parent: OrganizationCode
    supervised_by: OrganizationCode | None = None


class NewSite(Strict):
    """A website and the three organizations behind it."""

    code: SiteCode
    name: Line
    domain: Domain
    level: Level
    region: Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["340321"])]
    supervising: OrganizationCode
    sponsoring: OrganizationCode
    operating: OrganizationCode


class TakenNotice(BaseModel):
    """A year's holiday notice as taken in."""

    year: int
    notice: Notice
    version: int


class NewColumn(Strict):
    """A column; its kind's rhythm holds unless a stricter one is stated."""

    site_code: SiteCode
    name: Line
    kind: ColumnKind
    target_days: Days | None = None
