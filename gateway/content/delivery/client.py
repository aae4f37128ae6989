"""What everybody may read, one method for each thing the schema asks of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gateway.content.delivery.filters import ItemFilter, SearchOrder, parameters
from gateway.content.delivery.pages import ShareData
from gateway.content.delivery.types import Column, Found, Item, PublicTopic, Site
from gateway.upstream import Upstream, segment
from shared.contracts.columns import ColumnKindView
from shared.contracts.content import ItemKind
from shared.contracts.delivery import (
    CatalogueCounts,
    CatalogueEntry,
    ItemVisits,
    LabelsReport,
    LabelsToCheck,
    PageLabels,
)
from shared.contracts.page import Page
from shared.contracts.registry import Footer, PublicSite
from shared.contracts.validity import PolicyInForce

MOST = 100


@dataclass(frozen=True)
class DeliveryClient:
    """The public face on behalf of one reader."""

    upstream: Upstream

    async def site(self, code: str) -> Site:
        """Return a site."""
        return await self.upstream.get(Site, f"/v1/public/sites/{segment(code)}")

    async def sites(self, first: int, after: str | None) -> Page[Site]:
        """Return a page of sites."""
        return await self.upstream.get(Page[Site], "/v1/public/sites", first=first, after=after)

    async def sites_coded(self, codes: list[str]) -> list[Site]:
        """Return those of the sites that exist; at most a hundred."""
        found = await self.upstream.get(Page[Site], "/v1/public/sites", code=codes, first=MOST)
        return found.items

    async def footer(self, code: str) -> Footer:
        """Return what every page of a site must show at its foot."""
        return (await self.upstream.get(PublicSite, f"/v1/public/sites/{segment(code)}")).footer

    async def column(self, column_id: UUID) -> Column:
        """Return a column, or the one it was merged into."""
        return await self.upstream.get(Column, f"/v1/public/columns/{column_id}")

    async def columns(self, site_code: str, first: int, after: str | None) -> Page[Column]:
        """Return a page of a site's columns."""
        path = f"/v1/public/sites/{segment(site_code)}/columns"
        return await self.upstream.get(Page[Column], path, first=first, after=after)

    async def columns_by_id(self, ids: list[UUID]) -> list[Column]:
        """Return those of the columns that exist; at most a hundred."""
        path = "/v1/public/columns"
        return (await self.upstream.get(Page[Column], path, id=ids, first=MOST)).items

    async def item(self, item_id: UUID) -> Item:
        """Return a public item."""
        return await self.upstream.get(Item, f"/v1/public/items/{item_id}")

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
        kind: ItemKind | None = None,
        wanted: ItemFilter | None = None,
    ) -> Page[Item]:
        """Return a page of public items."""
        named: dict[str, Any] = {"site_code": site_code, "column_id": column_id, "kind": kind}
        return await self.upstream.get(
            Page[Item],
            "/v1/public/items",
            first=first,
            after=after,
            **named,
            **parameters(wanted),
        )

    async def search(
        self,
        text: str,
        order: SearchOrder,
        first: int,
        after: str | None,
        *,
        site_code: str | None,
        column_id: UUID | None,
        kind: ItemKind | None,
        wanted: ItemFilter | None,
    ) -> Found:
        """Return a page of the public items that hold every word, and what was found in all."""
        named: dict[str, Any] = {"site_code": site_code, "column_id": column_id, "kind": kind}
        return await self.upstream.get(
            Found,
            "/v1/public/search",
            q=text,
            order=order,
            first=first,
            after=after,
            **named,
            **parameters(wanted),
        )

    async def catalogue(
        self,
        site_code: str,
        first: int,
        after: str | None,
        kind: ItemKind | None,
        wanted: ItemFilter | None,
    ) -> Page[CatalogueEntry]:
        """Return a page of a site's disclosure catalogue."""
        path = f"/v1/public/sites/{segment(site_code)}/catalogue"
        return await self.upstream.get(
            Page[CatalogueEntry], path, first=first, after=after, kind=kind, **parameters(wanted)
        )

    async def catalogue_counts(
        self, site_code: str, kind: ItemKind | None, wanted: ItemFilter | None
    ) -> CatalogueCounts:
        """Return how a site's catalogue falls into subjects and genres."""
        path = f"/v1/public/sites/{segment(site_code)}/catalogue/counts"
        return await self.upstream.get(CatalogueCounts, path, kind=kind, **parameters(wanted))

    async def policies_in_force(
        self, on: date | None, site_code: str | None, first: int, after: str | None
    ) -> Page[PolicyInForce]:
        """Return a page of the policies in force on a day."""
        path = "/v1/public/policies/in-force"
        return await self.upstream.get(
            Page[PolicyInForce], path, on=on, site_code=site_code, first=first, after=after
        )

    async def home_labels(self, site_code: str) -> PageLabels:
        """Return the page labels of a site's home page."""
        return await self.upstream.get(PageLabels, f"/v1/public/sites/{segment(site_code)}/labels")

    async def column_labels(self, column_id: UUID) -> PageLabels:
        """Return the page labels of a column's page."""
        return await self.upstream.get(PageLabels, f"/v1/public/columns/{column_id}/labels")

    async def check_labels(self, page: LabelsToCheck) -> LabelsReport:
        """Return what is wrong with a page's labels."""
        return await self.upstream.post(LabelsReport, "/v1/public/labels/validation", page)

    async def column_kinds(self) -> list[ColumnKindView]:
        """Return the kinds of columns."""
        return await self.upstream.get(list[ColumnKindView], "/v1/public/column-kinds")

    async def labels(self, item_id: UUID) -> PageLabels:
        """Return the page labels of an item's page."""
        return await self.upstream.get(PageLabels, f"/v1/public/items/{item_id}/labels")

    async def share(self, item_id: UUID) -> ShareData:
        """Return what an item's page needs to be shared."""
        return await self.upstream.get(ShareData, f"/v1/public/items/{item_id}/share")

    async def visits(self, item_id: UUID) -> ItemVisits:
        """Return how often an item was read."""
        return await self.upstream.get(ItemVisits, f"/v1/public/items/{item_id}/visits")

    async def topic(self, topic_id: UUID) -> PublicTopic:
        """Return a topic that has public items."""
        return await self.upstream.get(PublicTopic, f"/v1/public/topics/{topic_id}")

    async def topics(
        self, site_code: str | None, first: int, after: str | None
    ) -> Page[PublicTopic]:
        """Return a page of the topics that have public items."""
        path = "/v1/public/topics"
        return await self.upstream.get(
            Page[PublicTopic], path, site_code=site_code, first=first, after=after
        )

    async def timeline(self, topic_id: UUID, first: int, after: str | None) -> Page[Item]:
        """Return a page of a topic's public items."""
        path = f"/v1/public/topics/{topic_id}/timeline"
        return await self.upstream.get(Page[Item], path, first=first, after=after)
