"""The content service, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.content.types import Column, Directive, Draft, Item, Obligation, Site
from gateway.upstream import Upstream, segment
from shared.contracts import content, directing, drafting, release, staff, syndication
from shared.contracts.page import Page

MOST = 100


@dataclass(frozen=True)
class ContentClient:
    """The content service on behalf of one reader."""

    upstream: Upstream

    async def site(self, code: str) -> Site:
        """Return a site."""
        return await self.upstream.get(Site, f"/v1/public/sites/{segment(code)}")

    async def sites(self, first: int, after: str | None) -> Page[Site]:
        """Return a page of sites."""
        return await self.upstream.get(Page[Site], "/v1/public/sites", first=first, after=after)

    async def column(self, column_id: UUID) -> Column:
        """Return a column."""
        return await self.upstream.get(Column, f"/v1/public/columns/{column_id}")

    async def columns(self, site_code: str, first: int, after: str | None) -> Page[Column]:
        """Return a page of a site's columns."""
        path = f"/v1/public/sites/{segment(site_code)}/columns"
        return await self.upstream.get(Page[Column], path, first=first, after=after)

    async def item(self, item_id: UUID) -> Item:
        """Return a public item."""
        return await self.upstream.get(Item, f"/v1/public/items/{item_id}")

    async def sites_coded(self, codes: list[str]) -> list[Site]:
        """Return those of the sites that exist; at most a hundred."""
        found = await self.upstream.get(Page[Site], "/v1/public/sites", code=codes, first=MOST)
        return found.items

    async def columns_by_id(self, ids: list[UUID]) -> list[Column]:
        """Return those of the columns that exist; at most a hundred."""
        path = "/v1/public/columns"
        return (await self.upstream.get(Page[Column], path, id=ids, first=MOST)).items

    async def items_by_id(self, ids: list[UUID]) -> list[Item]:
        """Return those of the items that are public; at most a hundred."""
        return (await self.upstream.get(Page[Item], "/v1/public/items", id=ids, first=MOST)).items

    async def items(
        self,
        first: int,
        after: str | None,
        *,
        site_code: str | None = None,
        column_id: UUID | None = None,
        kind: content.ItemKind | None = None,
    ) -> Page[Item]:
        """Return a page of public items."""
        return await self.upstream.get(
            Page[Item],
            "/v1/public/items",
            first=first,
            after=after,
            site_code=site_code,
            column_id=column_id,
            kind=kind,
        )

    async def search(
        self, text: str, site_code: str | None, first: int, after: str | None
    ) -> Page[Item]:
        """Return a page of public items that hold every word."""
        return await self.upstream.get(
            Page[Item], "/v1/public/search", q=text, site_code=site_code, first=first, after=after
        )

    async def draft(self, item_id: UUID) -> Draft:
        """Return an item as its editors see it."""
        return await self.upstream.get(Draft, f"/v1/items/{item_id}")

    async def viewer(self) -> staff.Viewer:
        """Return who the token speaks for."""
        return await self.upstream.get(staff.Viewer, "/v1/viewer")

    async def create_item(self, new: drafting.NewItem) -> Draft:
        """Write an item's first text."""
        return await self.upstream.post(Draft, "/v1/items", new)

    async def revise_item(self, item_id: UUID, draft: drafting.Draft, version: int) -> Draft:
        """Replace an item's text."""
        path = f"/v1/items/{item_id}"
        return await self.upstream.post(Draft, path, draft, version=version, method="PUT")

    async def submit_for_review(self, item_id: UUID, version: int) -> Draft:
        """Hand an item's text to its reviewers."""
        path = f"/v1/items/{item_id}/submission"
        return await self.upstream.post(Draft, path, version=version)

    async def review_item(
        self, item_id: UUID, decision: drafting.ReviewDecision, version: int
    ) -> Draft:
        """Approve or return exactly the text that was read."""
        path = f"/v1/items/{item_id}/reviews"
        return await self.upstream.post(Draft, path, decision, version=version)

    async def release_items(self, new: release.NewRelease) -> release.ReleaseView:
        """Make items public together."""
        return await self.upstream.post(release.ReleaseView, "/v1/releases", new)

    async def withdraw_item(
        self, item_id: UUID, withdrawal: release.Withdrawal
    ) -> release.Withdrawn:
        """Take a public item back."""
        path = f"/v1/items/{item_id}/withdrawal"
        return await self.upstream.post(release.Withdrawn, path, withdrawal)

    async def issue_directive(self, new: directing.NewDirective) -> Directive:
        """Order sites to repost an item."""
        return await self.upstream.post(Directive, "/v1/directives", new)

    async def coverage(
        self, directive_id: UUID, first: int, after: str | None
    ) -> Page[Obligation]:
        """Return a page of what the sites did about a directive."""
        path = f"/v1/directives/{directive_id}/obligations"
        return await self.upstream.get(Page[Obligation], path, first=first, after=after)

    async def obligations(
        self,
        site_code: str | None,
        state: syndication.ObligationState | None,
        first: int,
        after: str | None,
    ) -> Page[Obligation]:
        """Return a page of what the reader's sites owe."""
        return await self.upstream.get(
            Page[Obligation],
            "/v1/obligations",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def respond_to_directive(
        self, obligation_id: UUID, answer: directing.ObligationAnswer, version: int
    ) -> Obligation:
        """Repost an item on a site, or decline with a reason."""
        path = f"/v1/obligations/{obligation_id}/answer"
        return await self.upstream.post(Obligation, path, answer, version=version)
