"""The registry, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.registry.types import Application
from gateway.upstream import Upstream
from shared.contracts import applying
from shared.contracts.applying import ApplicationState
from shared.contracts.page import Page
from shared.contracts.registry import Organization
from shared.contracts.supervision import Outage, Procedure


@dataclass(frozen=True)
class RegistryClient:
    """The registry on behalf of one reader."""

    upstream: Upstream

    async def organizations(self, first: int, after: str | None) -> Page[Organization]:
        """Return a page of the group's organizations."""
        return await self.upstream.get(
            Page[Organization], "/v1/organizations", first=first, after=after
        )

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
