"""Content looked up many at a time: one call upstream for each relation of a query."""

from dataclasses import dataclass
from uuid import UUID

from strawberry.dataloader import DataLoader

from gateway.content.client import ContentClient
from gateway.content.delivery.client import MOST
from gateway.content.delivery.types import Column, Item, Site
from shared.problem import NotFound


@dataclass(frozen=True)
class ContentLoaders:
    """The relations of one request; never shared between two."""

    site: DataLoader[str, Site]
    column: DataLoader[UUID, Column]
    item: DataLoader[UUID, Item | None]


def loaders(content: ContentClient) -> ContentLoaders:
    """Return fresh loaders over one reader's client."""

    async def sites(codes: list[str]) -> list[Site | BaseException]:
        found = {site.code: site for site in await content.sites_coded(codes)}
        return [found.get(code, NotFound()) for code in codes]

    async def columns(ids: list[UUID]) -> list[Column | BaseException]:
        found = {column.id: column for column in await content.columns_by_id(ids)}
        return [found.get(column_id, NotFound()) for column_id in ids]

    async def items(ids: list[UUID]) -> list[Item | None]:
        found = {item.id: item for item in await content.items_by_id(ids)}
        return [found.get(item_id) for item_id in ids]

    return ContentLoaders(
        DataLoader(sites, max_batch_size=MOST),
        DataLoader(columns, max_batch_size=MOST),
        DataLoader(items, max_batch_size=MOST),
    )
