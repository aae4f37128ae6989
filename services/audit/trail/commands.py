"""Everything that makes the trail grow."""

from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from services.audit.trail import checkpoint as checkpoints
from services.audit.trail import merkle, queries
from services.audit.trail.merkle import OutsideTree, Stored
from services.audit.trail.models import Checkpoint, Entry, Node
from services.audit.trail.verification import leaf_bytes
from shared.events import Envelope
from shared.problem import Problem
from shared.uow import UnitOfWork

GROWTH = func.hashtextextended("trail", 0)


class TrailBroken(Problem):
    """The trail no longer begins with what was signed before."""

    advice = "存证目录与已签发的检查点不一致，停止签发。"


async def append(uow: UnitOfWork, envelope: Envelope) -> None:
    """Append the event as the next leaf; everyone who appends waits here for the one before."""
    # A lock on the last row would not do: the one who waits for it does not see its successor.
    await uow.session.execute(select(func.pg_advisory_xact_lock(GROWTH)))
    size = await queries.size(uow.session)
    leaf = leaf_bytes(envelope.model_dump(mode="json"))
    leaf_hash = merkle.leaf_hash(leaf)
    completed = await queries.answer(uow.session, partial(merkle.append, size, leaf_hash))
    uow.session.add(
        Entry(
            sequence=size,
            event_id=envelope.id,
            type=envelope.type,
            source=envelope.source,
            subject=envelope.subject,
            time=envelope.time,
            leaf=leaf,
            leaf_hash=leaf_hash,
        )
    )
    uow.session.add_all(
        Node(level=level, place=place, hash=hash_) for (level, place), hash_ in completed.items()
    )
    await uow.session.flush()


async def sign_checkpoint(uow: UnitOfWork, origin: str, key: Ed25519PrivateKey) -> bool:
    """Sign the trail as it is, unless that was done; return whether it was signed now."""
    latest = await queries.latest_checkpoint(uow.session)
    size = await queries.size(uow.session)
    if latest is not None and latest.size == size:
        return False
    root = await _continued(uow, latest, size)
    note = checkpoints.sign(checkpoints.Checkpoint(origin, size, root), key)
    row = insert(Checkpoint).values(
        size=size,
        root=root.hex(),
        note=note,
        verifier_key=checkpoints.verifier_key(origin, key.public_key()),
        signed_at=uow.now,
    )
    signed = await uow.session.execute(row.on_conflict_do_nothing().returning(Checkpoint.size))
    return signed.first() is not None


async def _continued(uow: UnitOfWork, latest: Checkpoint | None, size: int) -> bytes:
    signed_size = latest.size if latest else 0
    signed_root = bytes.fromhex(latest.root) if latest else merkle.EMPTY_ROOT

    def roots(stored: Stored) -> tuple[bytes, bytes]:
        return merkle.tree_root(signed_size, stored), merkle.tree_root(size, stored)

    try:
        before, now = await queries.answer(uow.session, roots)
    except OutsideTree as fault:
        raise TrailBroken from fault
    if size < signed_size or before != signed_root:
        raise TrailBroken
    return now
