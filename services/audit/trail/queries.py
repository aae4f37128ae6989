"""Questions to the trail."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.audit.trail import export, merkle
from services.audit.trail.merkle import OutsideTree, Stored, Subtree
from services.audit.trail.models import Checkpoint, Entry, Node
from shared.contracts import audit as contracts
from shared.contracts.page import Page
from shared.db import Sessions
from shared.pagination import Asked, Listing
from shared.problem import NotFound

T = TypeVar("T")
LARGEST_PAGE = 1000
CHECKPOINTS = Listing("checkpoints", contracts.Checkpoint, [(Checkpoint.size, int)])


class Kept(NamedTuple):
    """Which entry an event became, and when it happened."""

    sequence: int
    time: datetime


class NothingSigned(NotFound):
    """No checkpoint has been signed yet."""

    advice = "尚未签发检查点。"


async def size(session: AsyncSession) -> int:
    """Return how many entries there are."""
    last = await session.scalar(select(func.max(Entry.sequence)))
    return 0 if last is None else last + 1


async def kept(session: AsyncSession, event_id: UUID | None) -> Kept:
    """Return where the trail keeps this event, or refuse."""
    question = select(Entry.sequence, Entry.time).where(Entry.event_id == event_id)
    found = (await session.execute(question)).one_or_none()
    if found is None:
        raise NotFound("存证目录中没有这个事件。")
    return Kept(*found)


async def answer(session: AsyncSession, ask: Callable[[Stored], T]) -> T:
    """Let `ask` have the stored subtrees it reads, fetched in one query."""
    wanted = merkle.reads(ask)
    rows = await session.execute(
        select(Node.level, Node.place, Node.hash).where(tuple_(Node.level, Node.place).in_(wanted))
    )
    stored = {Subtree(level, place): hash_ for level, place, hash_ in rows}
    if len(stored) < len(wanted):
        raise OutsideTree
    return ask(stored.__getitem__)


async def entries(
    session: AsyncSession, first: int, after: int | None
) -> Page[contracts.TrailEntry]:
    """Return up to `first` entries, oldest first; a cursor is the sequence number itself."""
    rows = await _entries(session, first + 1, after)
    shown = [_shown(row) for row in rows[:first]]
    cursors = [str(entry.sequence) for entry in shown]
    return Page(items=shown, cursors=cursors, next=cursors[-1] if len(rows) > first else None)


async def exported(readings: Sessions, size: int) -> AsyncIterator[bytes]:
    """Yield the first `size` entries as lines, a thousand to a query."""
    after = None
    while after is None or after + 1 < size:
        async with readings() as session:
            rows = await _entries(session, LARGEST_PAGE, after)
        for row in rows:
            if row.sequence < size:
                yield export.write_line(row.sequence, row.leaf, row.leaf_hash)
        if not rows:
            return
        after = rows[-1].sequence


async def checkpoint(session: AsyncSession) -> Checkpoint:
    """Return the latest checkpoint, or refuse."""
    found = await latest_checkpoint(session)
    if found is None:
        raise NothingSigned
    return found


async def latest_checkpoint(session: AsyncSession) -> Checkpoint | None:
    """Return the latest checkpoint, if one was ever signed."""
    return await session.scalar(select(Checkpoint).order_by(Checkpoint.size.desc()).limit(1))


async def checkpoints(session: AsyncSession, asked: Asked) -> Page[contracts.Checkpoint]:
    """Return one page of checkpoints, the latest first."""
    return await CHECKPOINTS.turn(session, select(Checkpoint), asked)


async def inclusion(
    session: AsyncSession, sequence: int, size: int | None
) -> contracts.InclusionProof:
    """Return what shows an entry to be in the trail at `size`, or at the latest checkpoint."""
    end = await _size(session, size)

    def prove(stored: Stored) -> tuple[tuple[bytes, ...], bytes, bytes]:
        path = merkle.inclusion_proof(sequence, end, stored)
        return path, merkle.tree_root(end, stored), stored(Subtree(0, sequence))

    path, root, leaf_hash = await answer(session, prove)
    return contracts.InclusionProof(
        sequence=sequence,
        size=end,
        leaf_hash=leaf_hash.hex(),
        root=root.hex(),
        path=[step.hex() for step in path],
    )


async def consistency(
    session: AsyncSession, older: int, newer: int | None
) -> contracts.ConsistencyProof:
    """Return what shows the trail at `newer`, or at the latest checkpoint, to continue `older`."""
    end = await _size(session, newer)

    def prove(stored: Stored) -> tuple[tuple[bytes, ...], bytes, bytes]:
        path = merkle.consistency_proof(older, end, stored)
        return path, merkle.tree_root(older, stored), merkle.tree_root(end, stored)

    path, older_root, newer_root = await answer(session, prove)
    return contracts.ConsistencyProof(
        older=older,
        newer=end,
        older_root=older_root.hex(),
        newer_root=newer_root.hex(),
        path=[step.hex() for step in path],
    )


async def reached(session: AsyncSession, size: int | None) -> int:
    """Return this size, or the latest checkpoint's; refuse one the trail does not have."""
    end = await _size(session, size)
    await answer(session, partial(merkle.tree_root, end))
    return end


async def _size(session: AsyncSession, size: int | None) -> int:
    return (await checkpoint(session)).size if size is None else size


async def _entries(session: AsyncSession, most: int, after: int | None) -> Sequence[Entry]:
    question = select(Entry).order_by(Entry.sequence).limit(most)
    if after is not None:
        question = question.where(Entry.sequence > after)
    return (await session.scalars(question)).all()


def _shown(entry: Entry) -> contracts.TrailEntry:
    return contracts.TrailEntry(
        sequence=entry.sequence, leaf_hash=entry.leaf_hash.hex(), event=entry.leaf.decode()
    )
