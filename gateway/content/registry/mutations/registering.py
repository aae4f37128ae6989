"""How units join the group, and how sites and columns come to be and come to an end."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import OrganizationCode, SiteCode, VersionOrNew
from gateway.content.registry.types import KnownColumn, KnownSite
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import registering
from shared.contracts.registry import Organization
from shared.workdays import Notice

for plain in (
    registering.NewOrganization,
    registering.OrganizationData,
    registering.SiteData,
    registering.NewSite,
    registering.NewSuspension,
    registering.Migration,
    registering.MigrationCancellation,
    registering.NewColumn,
    registering.ColumnPlan,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)


@strawberry.pydantic.input(description=Notice.__doc__)
class NoticeInput(Notice):
    """A year's holiday notice as it is sent."""


OrganizationOrProblem = Annotated[
    Organization | Problem, strawberry.union("OrganizationOrProblem")
]
KnownSiteOrProblem = Annotated[KnownSite | Problem, strawberry.union("KnownSiteOrProblem")]
KnownColumnOrProblem = Annotated[KnownColumn | Problem, strawberry.union("KnownColumnOrProblem")]
TakenNoticeOrProblem = Annotated[
    registering.TakenNotice | Problem, strawberry.union("TakenNoticeOrProblem")
]


@strawberry.type
class RegisteringMutation:
    """Registering units, and taking sites from application to closing."""

    @strawberry.mutation(description="Let a unit join the group under its parent.")
    async def register_organization(
        self, info: Info, input: registering.NewOrganization
    ) -> OrganizationOrProblem:
        """Register an organization."""
        return await info.context.content.register_organization(input)

    @strawberry.mutation(
        description="Say anew what a unit is called, what it is and who supervises it besides."
    )
    async def change_organization(
        self, info: Info, code: OrganizationCode, version: int, input: registering.OrganizationData
    ) -> OrganizationOrProblem:
        """Change an organization."""
        return await info.context.content.change_organization(code, input, version)

    @strawberry.mutation(
        description="Take in a year's holiday notice, or a correction; deadlines are recomputed."
    )
    async def take_in_notice(
        self, info: Info, input: NoticeInput, version: VersionOrNew = None
    ) -> TakenNoticeOrProblem:
        """Take in a holiday notice."""
        return await info.context.content.take_in_notice(input, version)

    @strawberry.mutation(description="Apply for a site; readers see nothing of it until it opens.")
    async def register_site(self, info: Info, input: registering.NewSite) -> KnownSiteOrProblem:
        """Apply for a site."""
        return await info.context.content.register_site(input)

    @strawberry.mutation(description="Replace the data of a site that is not open yet.")
    async def revise_site(
        self, info: Info, code: SiteCode, version: int, input: registering.SiteData
    ) -> KnownSiteOrProblem:
        """Revise a site's data."""
        return await info.context.content.revise_site(code, input, version)

    @strawberry.mutation(
        description="Open a site to its readers; the update clocks of its columns begin."
    )
    async def open_site(self, info: Info, code: SiteCode, version: int) -> KnownSiteOrProblem:
        """Open a site."""
        return await info.context.content.open_site(code, version)

    @strawberry.mutation(
        description="Take a site off line until a day within the month; then it opens by itself."
    )
    async def suspend_site(
        self, info: Info, code: SiteCode, version: int, input: registering.NewSuspension
    ) -> KnownSiteOrProblem:
        """Suspend a site."""
        return await info.context.content.suspend_site(code, input, version)

    @strawberry.mutation(description="Open a suspended site again before its time.")
    async def reopen_site(self, info: Info, code: SiteCode, version: int) -> KnownSiteOrProblem:
        """Reopen a site."""
        return await info.context.content.reopen_site(code, version)

    @strawberry.mutation(
        description="Tell a site's readers that it will close, and where its content goes."
    )
    async def migrate_site(
        self, info: Info, code: SiteCode, version: int, input: registering.Migration
    ) -> KnownSiteOrProblem:
        """Migrate a site."""
        return await info.context.content.migrate_site(code, input, version)

    @strawberry.mutation(description="Let a site that was to close stay open after all.")
    async def cancel_migration(
        self, info: Info, code: SiteCode, version: int, input: registering.MigrationCancellation
    ) -> KnownSiteOrProblem:
        """Cancel a site's migration."""
        return await info.context.content.cancel_migration(code, input, version)

    @strawberry.mutation(description="Close a site for good, once its notice stood long enough.")
    async def close_site(self, info: Info, code: SiteCode, version: int) -> KnownSiteOrProblem:
        """Close a site."""
        return await info.context.content.close_site(code, version)

    @strawberry.mutation(description="Arrange a column on a site that is not open yet.")
    async def plan_column(self, info: Info, input: registering.NewColumn) -> KnownColumnOrProblem:
        """Plan a column."""
        return await info.context.content.plan_column(input)

    @strawberry.mutation(description="Arrange a column anew on a site that is not open yet.")
    async def replan_column(
        self, info: Info, id: UUID, version: int, input: registering.ColumnPlan
    ) -> KnownColumnOrProblem:
        """Replan a column."""
        return await info.context.content.replan_column(id, input, version)
