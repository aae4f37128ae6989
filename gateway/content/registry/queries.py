"""What those who keep and supervise sites may ask."""

from uuid import UUID

import strawberry

from gateway.arguments import OrganizationCode, SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.registry.types import Application, KnownSite, Outage
from gateway.context import Info
from gateway.problem import find
from shared.contracts.applying import ApplicationState
from shared.contracts.registry import Organization, SiteState
from shared.contracts.supervision import MissingProcedure, Procedure


@strawberry.type
class RegistryQuery:
    """Organizations, sites, applications, outages and working rules."""

    @strawberry.field(description="One organization.")
    async def organization(self, info: Info, code: OrganizationCode) -> Organization | None:
        """Return an organization, if there is one of that code."""
        return await find(info.context.content.organization(code))

    @strawberry.field(description="The organizations of the group, by their paths.")
    async def organizations(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Organization]:
        """Return a page of organizations."""
        return connect(await info.context.content.organizations(first, after), after)

    @strawberry.field(description="One site that the reader's posts sponsor or supervise.")
    async def known_site(self, info: Info, code: SiteCode) -> KnownSite | None:
        """Return a site in any state, if the reader's posts reach it."""
        return await find(info.context.content.known_site(code))

    @strawberry.field(
        description="The sites that the reader's posts sponsor or supervise, by code."
    )
    async def known_sites(
        self,
        info: Info,
        state: SiteState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[KnownSite]:
        """Return a page of sites in any state."""
        return connect(await info.context.content.known_sites(state, first, after), after)

    @strawberry.field(description="One application.")
    async def application(self, info: Info, id: UUID) -> Application | None:
        """Return an application, if the reader's posts reach it."""
        return await find(info.context.content.application(id))

    @strawberry.field(description="The applications the reader's posts reach, newest first.")
    async def applications(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: ApplicationState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Application]:
        """Return a page of applications."""
        page = await info.context.content.applications(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="Times in which sites could not be reached, newest first.")
    async def outages(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        lasting: bool | None = None,  # noqa: FBT001  # a filter
        first: First = 20,
        after: After = None,
    ) -> Connection[Outage]:
        """Return a page of outages."""
        page = await info.context.content.outages(site_code, first, after, lasting=lasting)
        return connect(page, after)

    @strawberry.field(description="The working rules (管理规范) of organizations, newest first.")
    async def procedures(
        self,
        info: Info,
        organization: OrganizationCode | None = None,
        kind: str | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Procedure]:
        """Return a page of working rules."""
        page = await info.context.content.procedures(organization, kind, first, after)
        return connect(page, after)

    @strawberry.field(
        description="Working rules that organizations with a site must have, and have not."
    )
    async def missing_procedures(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[MissingProcedure]:
        """Return a page of what is missing."""
        return connect(await info.context.content.missing_procedures(first, after), after)
