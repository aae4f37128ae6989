"""What is worked on as GraphQL types, with what is said of it and owed to it."""

import strawberry
from strawberry.scalars import JSON

from gateway.connection import After, Connection, First, connect
from gateway.content.delivery.types import Column, Site
from gateway.context import Info
from shared.contracts import (
    checking,
    content,
    document,
    importing,
    item_files,
    item_text,
    remarking,
    reviewing,
    revising,
    tasking,
)

for plain in (
    importing.Vouch,
    item_text.ItemWaiver,
    item_files.ItemPicture,
    item_files.ItemAttachment,
    item_files.ItemRecording,
    content.Approval,
    checking.FindingPlace,
    checking.FindingWaived,
    remarking.Comment,
    checking.CheckRule,
    document.Paragraph,
    document.ImageSeen,
    document.LinkSeen,
    document.ImportedDocument,
    revising.Revision,
    revising.Authorship,
    revising.RevisionText,
    revising.ParagraphChange,
    reviewing.ReviewLevels,
    tasking.Task,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
strawberry.pydantic.type(
    checking.CheckFindingView, name="CheckFinding", description=checking.CheckFindingView.__doc__
)


@strawberry.type(description="Terms that items may be classed by, wider ones before narrower.")
class Vocabulary:
    """A controlled vocabulary."""

    name: str = strawberry.field(description="The field of an item it is for.")
    terms: list[str]


@strawberry.pydantic.type(description=revising.FieldChange.__doc__)
class FieldChange(revising.FieldChange):
    """A changed field with its values as they are."""

    before: JSON | None
    after: JSON | None


@strawberry.pydantic.type(description=revising.Comparison.__doc__)
class Comparison(revising.Comparison):
    """A comparison whose values can be shown."""

    fields: list[FieldChange]  # type: ignore[assignment]  # the same, as JSON


@strawberry.pydantic.type(description=content.Item.__doc__)
class Draft(content.Item):
    """An item as those who work on it see it."""

    @strawberry.pydantic.field(description="The site it is written for.")
    async def site(self, info: Info) -> Site:
        """Return the draft's site."""
        return await info.context.loaders.site.load(self.site_code)

    @strawberry.pydantic.field(description="The column it is written for.")
    async def column(self, info: Info) -> Column:
        """Return the draft's column."""
        return await info.context.loaders.column.load(self.column_id)

    @strawberry.pydantic.field(
        description="Every text it had, newest first; one call upstream for each draft."
    )
    async def revisions(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[revising.Revision]:
        """Return a page of the draft's texts."""
        return connect(await info.context.content.revisions(self.id, first, after), after)

    @strawberry.pydantic.field(
        description="One of its texts whole, with who wrote each paragraph; one call upstream"
        " for each draft."
    )
    async def revision_text(self, info: Info, number: int) -> revising.RevisionText:
        """Return one of the draft's texts."""
        return await info.context.content.revision_text(self.id, number)

    @strawberry.pydantic.field(
        description="What changed from the revision `since` to the one of this number;"
        " one call upstream for each draft."
    )
    async def comparison(self, info: Info, since: int, number: int) -> Comparison:
        """Return two of the draft's texts compared."""
        return await info.context.content.comparison(self.id, since, number)

    @strawberry.pydantic.field(
        description="Remarks on its texts, by when they were made; one call upstream for each"
        " draft."
    )
    async def comments(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[remarking.Comment]:
        """Return a page of the remarks on the draft."""
        return connect(await info.context.content.comments(self.id, first, after), after)

    @strawberry.pydantic.field(
        description="What is and was owed to it; one call upstream for each draft."
    )
    async def tasks(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[tasking.Task]:
        """Return a page of the draft's tasks."""
        return connect(await info.context.content.tasks_of(self.id, first, after), after)
