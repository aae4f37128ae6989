"""What those who order reposts, and sites that repost, may ask."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.content.syndication.directives.types import Directive, Obligation
from gateway.context import Info
from gateway.problem import Problem, find
from shared.contracts.binding import DeadlinePolicy, DirectivePreview
from shared.contracts.directives import Due, NewDirective, ObligationState

strawberry.pydantic.input(NewDirective, name="NewDirectiveInput", description=NewDirective.__doc__)

DirectivePreviewOrProblem = Annotated[
    DirectivePreview | Problem, strawberry.union("DirectivePreviewOrProblem")
]


@strawberry.type
class DirectivesQuery:
    """Directives, and what sites owe under them."""

    @strawberry.field(description="One directive, to those who may issue in its issuer's name.")
    async def directive(self, info: Info, id: UUID) -> Directive | None:
        """Return a directive, if the reader's posts reach it."""
        return await find(info.context.content.directive(id))

    @strawberry.field(description="Directives the reader may issue in the name of, newest first.")
    async def directives(
        self,
        info: Info,
        item_id: UUID | None = None,
        rule_id: UUID | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Directive]:
        """Return a page of directives."""
        return connect(
            await info.context.content.directives(item_id, rule_id, first, after), after
        )

    @strawberry.field(description="Whom a directive would bind and by when; nothing is issued.")
    async def preview_directive(
        self, info: Info, input: NewDirective
    ) -> DirectivePreviewOrProblem:
        """Preview a directive."""
        return await info.context.content.preview_directive(input)

    @strawberry.field(description="How deadlines may be counted, and what each comes to now.")
    async def deadline_policies(self, info: Info) -> list[DeadlinePolicy]:
        """Return the policies."""
        return await info.context.content.deadline_policies()

    @strawberry.field(description="What sites were late with, to who supervises them.")
    async def escalations(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: ObligationState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Obligation]:
        """Return a page of what was escalated."""
        page = await info.context.content.escalations(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="What the sites the reader reposts for owe, newest first.")
    async def obligations(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: ObligationState | None = None,
        due: Due | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Obligation]:
        """Return a page of obligations."""
        page = await info.context.content.obligations(site_code, state, due, first, after)
        return connect(page, after)
