"""The registry, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gateway.content.registry.types import (
    Application,
    KnownColumn,
    KnownSite,
    Outage,
    SimilarColumns,
)
from gateway.upstream import Upstream, segment
from shared.contracts import applying, registering, supervision
from shared.contracts.applying import ApplicationState
from shared.contracts.delivery import AnnualCounters, SiteVisits
from shared.contracts.page import Page
from shared.contracts.registry import Organization, SiteState
from shared.contracts.supervision import MissingProcedure, Procedure
from shared.workdays import Notice


@dataclass(frozen=True)
class RegistryClient:
    """The registry on behalf of one reader."""

    upstream: Upstream

    async def organizations(self, first: int, after: str | None) -> Page[Organization]:
        """Return a page of the group's organizations."""
        return await self.upstream.get(
            Page[Organization], "/v1/organizations", first=first, after=after
        )

    async def organization(self, code: str) -> Organization:
        """Return an organization."""
        return await self.upstream.get(Organization, f"/v1/organizations/{segment(code)}")

    async def register_organization(self, new: registering.NewOrganization) -> Organization:
        """Let a unit join the group."""
        return await self.upstream.post(Organization, "/v1/organizations", new)

    async def change_organization(
        self, code: str, data: registering.OrganizationData, version: int
    ) -> Organization:
        """Say anew what a unit is called, what it is and who supervises it besides."""
        path = f"/v1/organizations/{segment(code)}"
        return await self.upstream.post(Organization, path, data, version=version, method="PUT")

    async def take_in_notice(self, notice: Notice, version: int | None) -> registering.TakenNotice:
        """Take in a year's holiday notice."""
        return await self.upstream.post(
            registering.TakenNotice,
            f"/v1/workdays/{notice.year}",
            notice,
            version=version,
            method="PUT",
        )

    async def known_site(self, code: str) -> KnownSite:
        """Return a site in any state."""
        return await self.upstream.get(KnownSite, f"/v1/sites/{segment(code)}")

    async def known_sites(
        self, state: SiteState | None, first: int, after: str | None
    ) -> Page[KnownSite]:
        """Return a page of the sites the reader's posts reach."""
        return await self.upstream.get(
            Page[KnownSite], "/v1/sites", state=state, first=first, after=after
        )

    async def register_site(self, new: registering.NewSite) -> KnownSite:
        """Apply for a site."""
        return await self.upstream.post(KnownSite, "/v1/sites", new)

    async def revise_site(self, code: str, data: registering.SiteData, version: int) -> KnownSite:
        """Replace the data of a site that is not open yet."""
        path = f"/v1/sites/{segment(code)}"
        return await self.upstream.post(KnownSite, path, data, version=version, method="PUT")

    async def open_site(self, code: str, version: int) -> KnownSite:
        """Open a site to its readers."""
        path = f"/v1/sites/{segment(code)}/opening"
        return await self.upstream.post(KnownSite, path, version=version)

    async def suspend_site(
        self, code: str, new: registering.NewSuspension, version: int
    ) -> KnownSite:
        """Take a site off line for a time."""
        path = f"/v1/sites/{segment(code)}/suspension"
        return await self.upstream.post(KnownSite, path, new, version=version)

    async def reopen_site(self, code: str, version: int) -> KnownSite:
        """Open a suspended site again."""
        path = f"/v1/sites/{segment(code)}/reopening"
        return await self.upstream.post(KnownSite, path, version=version)

    async def migrate_site(
        self, code: str, migration: registering.Migration, version: int
    ) -> KnownSite:
        """Tell a site's readers where its content goes."""
        path = f"/v1/sites/{segment(code)}/migration"
        return await self.upstream.post(KnownSite, path, migration, version=version)

    async def cancel_migration(
        self, code: str, why: registering.MigrationCancellation, version: int
    ) -> KnownSite:
        """Let a site that was to close stay open."""
        path = f"/v1/sites/{segment(code)}/migration/cancellation"
        return await self.upstream.post(KnownSite, path, why, version=version)

    async def close_site(self, code: str, version: int) -> KnownSite:
        """Close a site for good."""
        path = f"/v1/sites/{segment(code)}/closure"
        return await self.upstream.post(KnownSite, path, version=version)

    async def all_columns(
        self, site_code: str, first: int, after: str | None
    ) -> Page[KnownColumn]:
        """Return a page of a site's columns, hidden ones too."""
        path = f"/v1/sites/{segment(site_code)}/columns"
        return await self.upstream.get(Page[KnownColumn], path, first=first, after=after)

    async def plan_column(self, new: registering.NewColumn) -> KnownColumn:
        """Arrange a column on a site that is not open yet."""
        return await self.upstream.post(KnownColumn, "/v1/columns", new)

    async def replan_column(
        self, column_id: UUID, plan: registering.ColumnPlan, version: int
    ) -> KnownColumn:
        """Arrange a column anew."""
        path = f"/v1/columns/{column_id}"
        return await self.upstream.post(KnownColumn, path, plan, version=version, method="PUT")

    async def similar_columns(self, site_code: str) -> list[SimilarColumns]:
        """Return the columns of a site that are alike."""
        path = f"/v1/sites/{segment(site_code)}/similar-columns"
        return await self.upstream.get(list[SimilarColumns], path)

    async def site_visits(self, site_code: str, since: date, until: date) -> SiteVisits:
        """Return how often a site's items were read."""
        path = f"/v1/sites/{segment(site_code)}/visits"
        return await self.upstream.get(SiteVisits, path, since=since, until=until)

    async def annual_counters(self, site_code: str, year: int) -> AnnualCounters:
        """Return what a site's annual report asks of content."""
        path = f"/v1/sites/{segment(site_code)}/annual-counters"
        return await self.upstream.get(AnnualCounters, path, year=year)

    async def application(self, application_id: UUID) -> Application:
        """Return an application."""
        return await self.upstream.get(Application, f"/v1/applications/{application_id}")

    async def applications(
        self,
        site_code: str | None,
        state: ApplicationState | None,
        first: int,
        after: str | None,
    ) -> Page[Application]:
        """Return a page of applications."""
        return await self.upstream.get(
            Page[Application],
            "/v1/applications",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def file_application(self, new: applying.NewApplication) -> Application:
        """Apply for a change."""
        return await self.upstream.post(Application, "/v1/applications", new)

    async def decide_application(
        self, application_id: UUID, decision: applying.Decision, version: int
    ) -> Application:
        """Approve an application, with its effect, or refuse it."""
        path = f"/v1/applications/{application_id}/decision"
        return await self.upstream.post(Application, path, decision, version=version)

    async def withdraw_application(self, application_id: UUID, version: int) -> Application:
        """Want a change no longer."""
        path = f"/v1/applications/{application_id}/withdrawal"
        return await self.upstream.post(Application, path, version=version)

    async def outages(
        self, site_code: str | None, first: int, after: str | None, *, lasting: bool | None
    ) -> Page[Outage]:
        """Return a page of the outages of sites."""
        return await self.upstream.get(
            Page[Outage],
            "/v1/outages",
            site_code=site_code,
            lasting=lasting,
            first=first,
            after=after,
        )

    async def procedures(
        self, organization: str | None, kind: str | None, first: int, after: str | None
    ) -> Page[Procedure]:
        """Return a page of organizations' working rules."""
        return await self.upstream.get(
            Page[Procedure],
            "/v1/procedures",
            organization=organization,
            kind=kind,
            first=first,
            after=after,
        )

    async def missing_procedures(self, first: int, after: str | None) -> Page[MissingProcedure]:
        """Return a page of the working rules organizations lack."""
        path = "/v1/procedures/missing"
        return await self.upstream.get(Page[MissingProcedure], path, first=first, after=after)

    async def report_outage(self, site_code: str, new: supervision.NewOutage) -> Outage:
        """Report that a site cannot be reached."""
        path = f"/v1/sites/{segment(site_code)}/outages"
        return await self.upstream.post(Outage, path, new)

    async def end_outage(self, outage_id: UUID, version: int) -> Outage:
        """Say that a site is back."""
        return await self.upstream.post(Outage, f"/v1/outages/{outage_id}/end", version=version)

    async def adopt_procedure(self, new: supervision.NewProcedure) -> Procedure:
        """Register an organization's first working rule of a kind."""
        return await self.upstream.post(Procedure, "/v1/procedures", new)

    async def replace_procedure(
        self, procedure_id: UUID, edition: supervision.ProcedureEdition, version: int
    ) -> Procedure:
        """Put a new edition in a working rule's place."""
        path = f"/v1/procedures/{procedure_id}/replacement"
        return await self.upstream.post(Procedure, path, edition, version=version)
