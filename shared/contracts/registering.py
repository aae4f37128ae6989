"""What the registry is sent: units, sites and columns."""

import re
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    Field,
    UrlConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from shared.contracts.applying import ColumnData, Domain, IcpNumber, PoliceNumber
from shared.contracts.registry import Level, OrganizationKind
from shared.contracts.text import Line, OrganizationCode, Reason, SiteCode, Strict
from shared.moments import Moment
from shared.workdays import Notice

PUBLIC_NAME = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?![0-9]+$)[a-z0-9-]{2,63}")


def _for_readers(url: AnyHttpUrl) -> AnyHttpUrl:
    """Return an address any reader can follow, or refuse one of a machine or with a password."""
    if url.username or url.password or not PUBLIC_NAME.fullmatch(url.host or ""):
        raise PydanticCustomError("reader_address", "Name a public address.")
    return url


class OrganizationData(Strict):
    """What a unit is, and its second line of supervision."""

    name: Line
    kind: OrganizationKind
    level: Level
    supervised_by: OrganizationCode | None = None


class NewOrganization(OrganizationData):
    """A unit that joins the group under another one, where it stays."""

    code: OrganizationCode
    parent: OrganizationCode


class SiteData(Strict):
    """What a website is, and the three organizations behind it."""

    name: Line
    domain: Domain
    level: Level
    region: Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["340321"])]
    supervising: OrganizationCode
    sponsoring: OrganizationCode
    operating: OrganizationCode
    icp_number: IcpNumber | None = None
    police_number: PoliceNumber | None = None
    contact: Line | None = None


class NewSite(SiteData):
    """A website to be opened, under the code issued for it."""

    code: SiteCode


class NewSuspension(Strict):
    """Until when a site is off line, why, and what its readers are told."""

    until: Moment
    reason: Reason
    notice: Reason


class Migration(Strict):
    """What readers of a site that will close are told, and where its content goes."""

    notice: Reason
    destination_url: (
        Annotated[AnyHttpUrl, UrlConstraints(max_length=500), AfterValidator(_for_readers)] | None
    ) = None
    destination_site: SiteCode | None = None

    @model_validator(mode="after")
    def name_one_destination(self) -> Self:
        """Refuse a migration to nowhere, or to two places."""
        if (self.destination_url is None) is (self.destination_site is None):
            raise PydanticCustomError("one_destination", "Name an address or a site of the group.")
        return self


class MigrationCancellation(Strict):
    """Why a site stays after all."""

    reason: Reason


class TakenNotice(BaseModel):
    """A year's holiday notice as taken in."""

    year: int
    notice: Notice
    version: int


class NewColumn(ColumnData):
    """A column of a site that is not open yet."""

    site_code: SiteCode


class ColumnPlan(ColumnData):
    """What a column of a site that is not open yet shall be, whole."""

    hidden: bool = False
