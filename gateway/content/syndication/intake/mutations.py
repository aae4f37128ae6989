"""What is done about upstream feeds and their entries."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.syndication.intake.types import UpstreamFeed
from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import upstream_entries, upstream_feeds

for plain in (
    upstream_feeds.DirectiveToIssue,
    upstream_feeds.EntryRule,
    upstream_feeds.NewFeed,
    upstream_feeds.ChangedFeed,
    upstream_feeds.NewRules,
    upstream_entries.Acceptance,
    upstream_entries.Dismissal,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

UpstreamFeedOrProblem = Annotated[
    UpstreamFeed | Problem, strawberry.union("UpstreamFeedOrProblem")
]
UpstreamEntryOrProblem = Annotated[
    upstream_entries.UpstreamEntry | Problem, strawberry.union("UpstreamEntryOrProblem")
]


@strawberry.type
class IntakeMutation:
    """Reading upstream feeds, and deciding about what they bring."""

    @strawberry.mutation(
        description="Have a feed of a higher-level site read: RSS, Atom, JSON Feed, or a change"
        " feed like ours."
    )
    async def register_upstream_feed(
        self, info: Info, input: upstream_feeds.NewFeed
    ) -> UpstreamFeedOrProblem:
        """Register a feed."""
        return await info.context.content.register_upstream_feed(input)

    @strawberry.mutation(
        description="Read a feed elsewhere or name it otherwise; one that was gone or failed is"
        " tried again."
    )
    async def change_upstream_feed(
        self, info: Info, id: UUID, version: int, input: upstream_feeds.ChangedFeed
    ) -> UpstreamFeedOrProblem:
        """Change a feed."""
        return await info.context.content.change_upstream_feed(id, input, version)

    @strawberry.mutation(
        description="Say what a feed's entries become from now on; done with the authority of who"
        " says so."
    )
    async def set_upstream_rules(
        self, info: Info, id: UUID, version: int, input: upstream_feeds.NewRules
    ) -> UpstreamFeedOrProblem:
        """Set a feed's rules."""
        return await info.context.content.set_upstream_rules(id, input, version)

    @strawberry.mutation(description="Read a feed no more; its entries are kept.")
    async def end_upstream_feed(self, info: Info, id: UUID, version: int) -> UpstreamFeedOrProblem:
        """End a feed."""
        return await info.context.content.end_upstream_feed(id, version)

    @strawberry.mutation(description="Have a feed asked as soon as its host may be asked.")
    async def poll_upstream_feed(self, info: Info, id: UUID) -> UpstreamFeedOrProblem:
        """Ask a feed soon."""
        return await info.context.content.poll_upstream_feed(id)

    @strawberry.mutation(
        description="Make a draft of an entry, which goes through review like any text."
    )
    async def accept_upstream_entry(
        self, info: Info, id: UUID, version: int, input: upstream_entries.Acceptance
    ) -> UpstreamEntryOrProblem:
        """Accept an entry."""
        return await info.context.content.accept_upstream_entry(id, input, version)

    @strawberry.mutation(description="Say why an entry is not taken up.")
    async def dismiss_upstream_entry(
        self, info: Info, id: UUID, version: int, input: upstream_entries.Dismissal
    ) -> UpstreamEntryOrProblem:
        """Dismiss an entry."""
        return await info.context.content.dismiss_upstream_entry(id, input, version)

    @strawberry.mutation(description="Say that what changed upstream was seen and dealt with.")
    async def note_upstream_change(
        self, info: Info, id: UUID, version: int
    ) -> UpstreamEntryOrProblem:
        """Note a change."""
        return await info.context.content.note_upstream_change(id, version)

    @strawberry.mutation(
        description="Issue the directive proposed for an entry, once its item is public."
    )
    async def issue_upstream_directive(
        self, info: Info, id: UUID, version: int
    ) -> UpstreamEntryOrProblem:
        """Issue what is proposed."""
        return await info.context.content.issue_upstream_directive(id, version)
