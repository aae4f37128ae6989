import asyncio
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from services.audit.trail import commands, merkle
from services.audit.trail.commands import TrailBroken
from services.audit.trail.export import verify_files
from services.audit.trail.models import Checkpoint, Entry, Node
from services.audit.trail.schedule import sign_checkpoint
from services.audit.trail.verification import Code
from shared.auth import system
from shared.contracts.staff import PersonJoined
from shared.db import Sessions, open_sessions
from shared.events import Envelope
from shared.ids import new_id
from shared.uow import BeginAs, beginner
from tests.factories.audit import envelope
from tests.services.audit.conftest import KEY, ORIGIN, Clock, api
from tests.support import people

WRITER = system("test")
CONNECTIONS, APPENDS = 10, 50


def joined(person: UUID | None = None) -> Envelope:
    return envelope(PersonJoined(person_id=person or new_id(), organization=people.CITY))


async def grow(begin: BeginAs, by: int) -> None:
    for _ in range(by):
        async with begin(WRITER, "test") as uow:
            await commands.append(uow, joined())


async def append_and_fail(begin: BeginAs) -> None:
    async with begin(WRITER, "test") as uow:
        await commands.append(uow, joined())
        raise RuntimeError


async def sign(begin: BeginAs) -> int:
    return await sign_checkpoint(begin, ORIGIN, KEY, people.NOW)


class Published:
    """What the API hands out: all that an auditor has."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def text(self, path: str) -> str:
        answer = await self.client.get(f"/v1/public/trail/{path}")
        assert answer.status_code == 200, answer.text
        return answer.text

    async def code(self, checkpoint: str | None = None) -> Code:
        note = checkpoint or await self.text("checkpoint")
        size = note.split("\n")[1]
        lines = (await self.text(f"export?size={size}")).splitlines()
        return verify_files(note, await self.text("key"), lines).code


@pytest.fixture
def published(client: httpx.AsyncClient) -> Published:
    return Published(client)


@pytest_asyncio.fixture
async def grown(begin: BeginAs, published: Published) -> Published:
    """A trail of seven entries, signed, and verified once intact."""
    await grow(begin, 7)
    assert await sign(begin) == 1
    assert await published.code() is Code.ACCEPTED
    return published


async def test_appending_over_many_connections_never_forks(engine: AsyncEngine) -> None:
    wide = create_async_engine(engine.url, pool_size=CONNECTIONS, max_overflow=0)
    begin = beginner(open_sessions(wide), Clock(), "/audit")
    await asyncio.gather(*(grow(begin, APPENDS) for _ in range(CONNECTIONS)))
    await sign(begin)
    await wide.dispose()
    again = create_async_engine(engine.url)  # nothing survives but what was written
    async with api(open_sessions(again), Clock()) as client:
        published = Published(client)
        assert await published.code() is Code.ACCEPTED
        assert (await published.text("checkpoint")).split("\n")[1] == str(CONNECTIONS * APPENDS)
    async with again.connect() as connection:
        sequences = list(await connection.scalars(select(Entry.sequence)))
    assert sorted(sequences) == list(range(CONNECTIONS * APPENDS))
    await again.dispose()


async def test_a_rolled_back_append_leaves_no_gap(begin: BeginAs, published: Published) -> None:
    await grow(begin, 3)
    with pytest.raises(RuntimeError):
        await append_and_fail(begin)
    await grow(begin, 3)
    await sign(begin)
    assert await published.code() is Code.ACCEPTED


@pytest.mark.parametrize("row", range(7))
async def test_any_changed_row_is_refused(grown: Published, sessions: Sessions, row: int) -> None:
    async with sessions.begin() as session:
        leaf = await session.scalar(select(Entry.leaf).where(Entry.sequence == row))
        assert leaf is not None
        forged = leaf.replace(b"340300", b"340400")
        await session.execute(update(Entry).where(Entry.sequence == row).values(leaf=forged))
    assert await grown.code() is Code.CHANGED_ROW


async def test_a_row_changed_with_its_hash_and_its_node_is_refused(
    grown: Published, sessions: Sessions
) -> None:
    async with sessions.begin() as session:
        leaf = await session.scalar(select(Entry.leaf).where(Entry.sequence == 3))
        assert leaf is not None
        forged = leaf.replace(b"340300", b"340400")
        hash_ = merkle.leaf_hash(forged)
        await session.execute(
            update(Entry).where(Entry.sequence == 3).values(leaf=forged, leaf_hash=hash_)
        )
        node = update(Node).where(Node.level == 0, Node.place == 3)
        await session.execute(node.values(hash=hash_))
    assert await grown.code() is Code.WRONG_ROOT


async def test_a_removed_row_is_refused(grown: Published, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await session.execute(delete(Entry).where(Entry.sequence == 2))
    assert await grown.code() is Code.MISSING_ROW


@pytest.mark.parametrize("cut", [1, 3, 7])
async def test_a_cut_tail_is_refused(grown: Published, sessions: Sessions, cut: int) -> None:
    async with sessions.begin() as session:
        await session.execute(delete(Entry).where(Entry.sequence >= 7 - cut))
    assert await grown.code() is Code.WRONG_SIZE


async def test_reordered_rows_are_refused(grown: Published, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for old, new in ((2, -1), (3, 2), (-1, 3)):
            moved = update(Entry).where(Entry.sequence == old)
            await session.execute(moved.values(sequence=new))
    assert await grown.code() is Code.WRONG_ROOT


async def test_a_tail_cut_and_grown_again_is_neither_signed_nor_accepted(
    grown: Published, sessions: Sessions, begin: BeginAs
) -> None:
    note = await grown.text("checkpoint")
    async with sessions.begin() as session:
        await session.execute(delete(Entry).where(Entry.sequence >= 5))
        await session.execute(delete(Node).where((Node.place + 1) * func.pow(2, Node.level) > 5))
    with pytest.raises(TrailBroken):
        await sign(begin)
    await grow(begin, 4)
    with pytest.raises(TrailBroken):
        await sign(begin)
    assert await grown.code(note) is not Code.ACCEPTED


async def test_signing_again_without_growth_signs_nothing(
    begin: BeginAs, sessions: Sessions, published: Published
) -> None:
    assert [await sign(begin), await sign(begin)] == [1, 0]
    assert await published.code() is Code.ACCEPTED  # the empty trail has a head too
    await grow(begin, 2)
    assert [await sign(begin), await sign(begin)] == [1, 0]
    async with sessions() as session:
        sizes = await session.scalars(select(Checkpoint.size).order_by(Checkpoint.size))
        assert list(sizes) == [0, 2]


async def test_text_cannot_move_from_one_field_to_the_next(
    begin: BeginAs, sessions: Sessions
) -> None:
    one = joined()
    moved = one.model_copy(update={"source": one.source[:-1], "subject": f"t{one.subject}"})
    for each in (one, moved.model_copy(update={"id": new_id()})):
        async with begin(WRITER, "test") as uow:
            await commands.append(uow, each)
    async with sessions() as session:
        first, second = await session.scalars(select(Entry.leaf_hash))
    assert first != second
