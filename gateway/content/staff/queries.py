"""What staff may ask about themselves and those they administer."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import OrganizationCode
from gateway.connection import After, Connection, First, connect
from gateway.content.staff.types import Client
from gateway.context import Info
from gateway.problem import find
from shared.contracts.staff import (
    Delegation,
    PersonView,
    PostKind,
    PostView,
    SessionView,
    Vacancy,
    Viewer,
)

Whose = Annotated[
    UUID | None,
    strawberry.argument(description="Another person's, for who administers them."),
]


@strawberry.type
class StaffQuery:
    """Who the reader is, who else works where, and which programs act."""

    @strawberry.field(description="Who the reader is, what they may do, and for whom they act.")
    async def viewer(self, info: Info) -> Viewer:
        """Return the bearer of the token."""
        return await info.context.content.viewer()

    @strawberry.field(description="Where the reader is logged in, latest first.")
    async def sessions(
        self, info: Info, person_id: Whose = None, first: First = 20, after: After = None
    ) -> Connection[SessionView]:
        """Return a page of sessions."""
        return connect(await info.context.content.sessions(person_id, first, after), after)

    @strawberry.field(description="One person, to themself and to their administrators.")
    async def person(self, info: Info, id: UUID) -> PersonView | None:
        """Return a person, if the reader may know them."""
        return await find(info.context.content.person(id))

    @strawberry.field(description="The people the reader administers, newest first.")
    async def people(
        self,
        info: Info,
        organization: OrganizationCode | None = None,
        active: bool | None = None,  # noqa: FBT001  # a filter
        first: First = 20,
        after: After = None,
    ) -> Connection[PersonView]:
        """Return a page of people."""
        page = await info.context.content.people(organization, first, after, active=active)
        return connect(page, after)

    @strawberry.field(description="Who holds which post.")
    async def posts(
        self,
        info: Info,
        organization: OrganizationCode | None = None,
        kind: PostKind | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PostView]:
        """Return a page of filled posts."""
        page = await info.context.content.posts(organization, kind, first, after)
        return connect(page, after)

    @strawberry.field(description="Organizations with a site whose required posts nobody holds.")
    async def vacancies(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Vacancy]:
        """Return a page of vacancies."""
        return connect(await info.context.content.vacancies(first, after), after)

    @strawberry.field(description="Posts lent to colleagues for a time, newest first.")
    async def delegations(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Delegation]:
        """Return a page of delegations."""
        return connect(await info.context.content.delegations(first, after), after)

    @strawberry.field(description="The programs the reader administers, newest first.")
    async def clients(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Client]:
        """Return a page of programs."""
        return connect(await info.context.content.programs(first, after), after)
