"""Lists as Relay connections, made of the services' pages."""

from typing import Annotated, Generic, TypeVar

import strawberry

from shared.contracts.page import Page

T = TypeVar("T")
LARGEST = 100

First = Annotated[int, strawberry.argument(description="How many at most: 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="A cursor to go on after.")]


@strawberry.type
class PageInfo:
    """Whether a list goes on, and from where."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """One item of a list and its place."""

    node: T
    cursor: str


@strawberry.type
class Connection(Generic[T]):
    """Some items of a list."""

    edges: list[Edge[T]]
    nodes: list[T]
    page_info: PageInfo


def connect(page: Page[T], after: str | None) -> Connection[T]:
    """Return a service's page as a connection."""
    edges = [
        Edge(node=node, cursor=cursor)
        for node, cursor in zip(page.items, page.cursors, strict=True)
    ]
    info = PageInfo(
        has_next_page=page.next is not None,
        has_previous_page=after is not None,
        start_cursor=page.cursors[0] if page.cursors else None,
        end_cursor=page.cursors[-1] if page.cursors else None,
    )
    return Connection(edges=edges, nodes=page.items, page_info=info)
