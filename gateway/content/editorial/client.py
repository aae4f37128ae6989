"""Working on items, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.editorial.types import Comparison, Draft
from gateway.upstream import Upstream, segment
from shared.contracts import drafting, tasking
from shared.contracts.checking import CheckRule
from shared.contracts.content import Stage
from shared.contracts.dead_links import DeadLink
from shared.contracts.document import DocumentText, ImportedDocument
from shared.contracts.page import Page
from shared.contracts.remarking import Comment, NewComment
from shared.contracts.reviewing import ReviewLevels, WantedLevels
from shared.contracts.revising import Revision, RevisionText
from shared.contracts.tasking import AfterReview, NewWriting, Task


@dataclass(frozen=True)
class EditorialClient:
    """The editors' desk on behalf of one reader."""

    upstream: Upstream

    async def draft(self, item_id: UUID) -> Draft:
        """Return an item as its editors see it."""
        return await self.upstream.get(Draft, f"/v1/items/{item_id}")

    async def drafts(
        self,
        site_code: str | None,
        column_id: UUID | None,
        stage: Stage | None,
        first: int,
        after: str | None,
    ) -> Page[Draft]:
        """Return a page of the items the reader works on."""
        return await self.upstream.get(
            Page[Draft],
            "/v1/items",
            site_code=site_code,
            column_id=column_id,
            stage=stage,
            first=first,
            after=after,
        )

    async def dead_links(self, site_code: str, first: int, after: str | None) -> Page[DeadLink]:
        """Return a page of the links in a site's items that lead nowhere."""
        path = f"/v1/sites/{segment(site_code)}/dead-links"
        return await self.upstream.get(Page[DeadLink], path, first=first, after=after)

    async def create_item(self, new: drafting.NewItem) -> Draft:
        """Write an item's first text."""
        return await self.upstream.post(Draft, "/v1/items", new)

    async def revise_item(self, item_id: UUID, draft: drafting.Draft, version: int) -> Draft:
        """Replace an item's text."""
        path = f"/v1/items/{item_id}"
        return await self.upstream.post(Draft, path, draft, version=version, method="PUT")

    async def submit_for_review(
        self, item_id: UUID, submission: drafting.Submission | None, version: int
    ) -> Draft:
        """Hand an item's text to its reviewers, by the road said."""
        path = f"/v1/items/{item_id}/submission"
        return await self.upstream.post(Draft, path, submission, version=version)

    async def review_item(
        self, item_id: UUID, decision: drafting.ReviewDecision, version: int
    ) -> Draft:
        """Approve or return exactly the text that was read."""
        path = f"/v1/items/{item_id}/reviews"
        return await self.upstream.post(Draft, path, decision, version=version)

    async def review_afterwards(self, item_id: UUID, review: AfterReview) -> Draft:
        """Take the second look an emergency text owes."""
        return await self.upstream.post(Draft, f"/v1/items/{item_id}/after-review", review)

    async def revisions(self, item_id: UUID, first: int, after: str | None) -> Page[Revision]:
        """Return a page of the texts an item had."""
        path = f"/v1/items/{item_id}/revisions"
        return await self.upstream.get(Page[Revision], path, first=first, after=after)

    async def revision_text(self, item_id: UUID, number: int) -> RevisionText:
        """Return a text an item had, whole."""
        return await self.upstream.get(RevisionText, f"/v1/items/{item_id}/revisions/{number}")

    async def comparison(self, item_id: UUID, since: int, number: int) -> Comparison:
        """Return what changed from one text of an item to another."""
        path = f"/v1/items/{item_id}/revisions/{number}/comparison"
        return await self.upstream.get(Comparison, path, since=since)

    async def restore_revision(self, item_id: UUID, number: int, version: int) -> Draft:
        """Make an earlier text the present one again."""
        path = f"/v1/items/{item_id}/revisions/{number}/restoration"
        return await self.upstream.post(Draft, path, version=version)

    async def comments(self, item_id: UUID, first: int, after: str | None) -> Page[Comment]:
        """Return a page of the remarks on an item."""
        path = f"/v1/items/{item_id}/comments"
        return await self.upstream.get(Page[Comment], path, first=first, after=after)

    async def comment_on(self, item_id: UUID, new: NewComment) -> Comment:
        """Remark on a stretch of an item's text."""
        return await self.upstream.post(Comment, f"/v1/items/{item_id}/comments", new)

    async def settle_comment(self, comment_id: UUID, version: int) -> Comment:
        """Call a remark dealt with."""
        path = f"/v1/comments/{comment_id}/settlement"
        return await self.upstream.post(Comment, path, version=version)

    async def my_tasks(self, first: int, after: str | None) -> Page[Task]:
        """Return a page of what falls to the reader."""
        return await self.upstream.get(Page[Task], "/v1/tasks", first=first, after=after)

    async def tasks_of(self, item_id: UUID, first: int, after: str | None) -> Page[Task]:
        """Return a page of what is owed to an item."""
        path = f"/v1/items/{item_id}/tasks"
        return await self.upstream.get(Page[Task], path, first=first, after=after)

    async def assign_task(
        self, task_id: UUID, assignment: tasking.Assignment, version: int
    ) -> Task:
        """Say whom a task falls to, and by when."""
        path = f"/v1/tasks/{task_id}"
        return await self.upstream.post(Task, path, assignment, version=version, method="PUT")

    async def ask_to_write(self, item_id: UUID, new: NewWriting) -> Task:
        """Ask somebody to write or change an item."""
        return await self.upstream.post(Task, f"/v1/items/{item_id}/tasks", new)

    async def review_levels(self, organization: str) -> ReviewLevels:
        """Return the reviews an organization added."""
        path = f"/v1/organizations/{segment(organization)}/review-levels"
        return await self.upstream.get(ReviewLevels, path)

    async def set_review_levels(
        self, organization: str, wanted: WantedLevels, version: int | None
    ) -> ReviewLevels:
        """Say which reviews come before the leader's."""
        path = f"/v1/organizations/{segment(organization)}/review-levels"
        return await self.upstream.post(ReviewLevels, path, wanted, version=version, method="PUT")

    async def vocabularies(self) -> dict[str, list[str]]:
        """Return the terms items are classed by, vocabulary by vocabulary."""
        return await self.upstream.get(dict[str, list[str]], "/v1/vocabularies")

    async def check_rules(self) -> list[CheckRule]:
        """Return what the checks look for."""
        return await self.upstream.get(list[CheckRule], "/v1/check-rules")

    async def read_document(self, pasted: DocumentText) -> ImportedDocument:
        """Return what can be read out of a pasted document."""
        return await self.upstream.post(ImportedDocument, "/v1/documents", pasted)
