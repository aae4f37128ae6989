import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.db import COLUMN_TYPES, Sessions
from shared.pagination import Asked, Cursors, InvalidCursor, Listing
from tests.support.queries import CountQueries

CURSORS = Cursors("cursor key of the tests")
START = datetime(2026, 3, 2, 1, tzinfo=UTC)


class Ground(DeclarativeBase):
    """Ground of one table that no database has to keep."""

    type_annotation_map = COLUMN_TYPES


class Leaf(Ground):
    __tablename__ = "leaves"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    name: Mapped[str]


class LeafView(BaseModel):
    id: UUID
    name: str


def listing(*, newest_first: bool = True) -> Listing[LeafView]:
    keys: list[tuple[Any, Callable[[str], Any]]] = [
        (Leaf.at, datetime.fromisoformat),
        (Leaf.name, str),
        (Leaf.id, UUID),
    ]
    return Listing("leaves", LeafView, keys, newest_first)


async def grow(session: AsyncSession, leaves: list[tuple[int, str]]) -> None:
    """Grow leaves whose times and names are tied wherever the pairs are."""
    await session.run_sync(lambda sync: Ground.metadata.create_all(sync.connection()))
    await session.execute(delete(Leaf))
    rows = [
        {"id": UUID(int=number), "at": START + timedelta(microseconds=tick), "name": name}
        for number, (tick, name) in enumerate(leaves)
    ]
    if rows:
        await session.execute(insert(Leaf), rows)


async def walk(session: AsyncSession, first: int, leaves: Listing[LeafView]) -> list[UUID]:
    seen: list[UUID] = []
    after = None
    while True:
        page = await leaves.turn(session, select(Leaf), Asked(CURSORS, first, after))
        seen += [leaf.id for leaf in page.items]
        assert len(page.items) == len(page.cursors) <= first
        if page.next is None:
            return seen
        assert len(page.items) == first
        after = page.next


async def test_a_walk_through_the_pages_skips_and_repeats_nothing(sessions: Sessions) -> None:
    running = asyncio.get_running_loop()

    async def seen(leaves: list[tuple[int, str]], first: int, *, newest: bool) -> list[UUID]:
        async with sessions() as session:
            await grow(session, leaves)
            return await walk(session, first, listing(newest_first=newest))

    ties = st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["", "甲", "a,\"b'"])), max_size=9
    )

    @settings(max_examples=40)
    @given(ties, st.integers(1, 4), st.booleans())
    def complete(leaves: list[tuple[int, str]], first: int, newest: bool) -> None:  # noqa: FBT001
        walked = asyncio.run_coroutine_threadsafe(
            seen(leaves, first, newest=newest), running
        ).result()
        order = sorted(range(len(leaves)), key=lambda n: (*leaves[n], n), reverse=newest)
        assert walked == [UUID(int=number) for number in order]

    await asyncio.to_thread(complete)


async def test_what_is_new_does_not_shift_the_pages_a_reader_is_in(sessions: Sessions) -> None:
    async with sessions() as session:
        await grow(session, [(number, "old") for number in range(4)])
        page = await listing().turn(session, select(Leaf), Asked(CURSORS, 2))
        new = {"id": UUID(int=9), "at": START + timedelta(days=1), "name": "new"}
        await session.execute(insert(Leaf), [new])
        rest = await listing().turn(session, select(Leaf), Asked(CURSORS, 2, page.next))
    assert [leaf.id.int for leaf in [*page.items, *rest.items]] == [3, 2, 1, 0]


async def test_each_item_can_be_resumed_after(sessions: Sessions) -> None:
    async with sessions() as session:
        await grow(session, [(number, "leaf") for number in range(4)])
        page = await listing().turn(session, select(Leaf), Asked(CURSORS, 4))
        rest = await listing().turn(session, select(Leaf), Asked(CURSORS, 4, page.cursors[1]))
    assert page.next is None
    assert rest.items == page.items[2:]


@pytest.mark.parametrize("rows", [0, 1, 30])
async def test_a_page_costs_one_query_however_many_rows(
    sessions: Sessions, count_queries: CountQueries, rows: int
) -> None:
    async with sessions() as session:
        await grow(session, [(0, "leaf")] * rows)
        with count_queries(1):
            await listing().turn(session, select(Leaf), Asked(CURSORS, 20))


PLACE = [str(START), "leaf", str(UUID(int=1))]
SEALED = CURSORS.seal("leaves", PLACE)


def test_a_cursor_opens_where_it_was_sealed() -> None:
    assert CURSORS.open("leaves", SEALED) == PLACE


@given(st.integers(0, len(SEALED) - 1), st.characters())
def test_a_cursor_with_one_other_character_is_refused(place: int, character: str) -> None:
    forged = SEALED[:place] + character + SEALED[place + 1 :]
    try:
        opened = CURSORS.open("leaves", forged)
    except InvalidCursor:
        return
    assert opened == PLACE  # the last character of base64 holds bits that say nothing


@given(st.text())
def test_whatever_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(InvalidCursor):
        CURSORS.open("leaves", text)


def test_a_cursor_of_another_list_or_under_another_key_is_refused() -> None:
    with pytest.raises(InvalidCursor):
        CURSORS.open("trees", SEALED)
    with pytest.raises(InvalidCursor):
        Cursors("another key").open("leaves", SEALED)


def test_an_endless_cursor_is_refused_unread() -> None:
    with pytest.raises(InvalidCursor):
        CURSORS.open("leaves", CURSORS.seal("leaves", [token_hex(1000)]))


@pytest.mark.parametrize(
    "place",
    [[], PLACE[:2], [*PLACE, "1"], ["yesterday", "leaf", PLACE[2]]],
)
async def test_a_cursor_sealed_when_the_list_was_ordered_otherwise_is_refused(
    sessions: Sessions, place: list[str]
) -> None:
    async with sessions() as session:
        with pytest.raises(InvalidCursor):
            await listing().turn(
                session, select(Leaf), Asked(CURSORS, 2, CURSORS.seal("leaves", place))
            )
