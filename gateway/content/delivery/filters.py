"""Which public items a reader asks for, beyond their site, column and kind."""

from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import strawberry


@strawberry.enum(description="What comes first, after those that bear exactly the number.")
class SearchOrder(StrEnum):
    """What comes first among the items found."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


@strawberry.input(
    name="ItemFilterInput",
    description="What must all hold of public items; both days count, in Beijing.",
)
class ItemFilter:
    """Filters of public items, as the content service knows them."""

    year: int | None = strawberry.field(default=None, description="First public in it.")
    subject: str | None = strawberry.field(
        default=None, description="主题分类, with every narrower term."
    )
    genre: str | None = strawberry.field(
        default=None, description="体裁分类, with every narrower term."
    )
    source: str | None = strawberry.field(default=None, description="Who published it.")
    keyword: str | None = None
    published_since: date | None = None
    published_until: date | None = None
    topic_id: UUID | None = None


Filter = Annotated[
    ItemFilter | None, strawberry.argument(description="What else must hold of them.")
]


def parameters(wanted: ItemFilter | None) -> dict[str, Any]:
    """Return the filters as the content service is asked for them."""
    return asdict(wanted) if wanted else {}
