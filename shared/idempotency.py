"""Idempotency keys: the same request, sent twice, is carried out once."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import LargeBinary, delete, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.db import Ground, Sessions
from shared.problem import Conflict, Unprocessable
from shared.uow import UnitOfWork

KEY = r"^[\x21-\x7e]{1,200}$"
"""1 to 200 visible ASCII characters."""
KEPT = timedelta(hours=24)


class Answered(Ground):
    """What a request with an idempotency key was answered, kept for a day."""

    __tablename__ = "idempotency_keys"

    actor: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, str]] = mapped_column(JSONB)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime] = mapped_column(index=True)


class KeyUsedForAnother(Unprocessable):
    """The idempotency key was used for a different request."""

    advice = "同一个 Idempotency-Key 已用于另一次不同的提交。"


class StillInFlight(Conflict):
    """A request with this idempotency key is being carried out right now."""

    advice = "相同的提交正在处理中，请稍候。"


class Request(NamedTuple):
    """A request that carries a key: whose, which, and a digest of what it asks."""

    actor: str
    key: str
    fingerprint: str


def fingerprint(method: str, path: str, version: str, body: bytes) -> str:
    """Return the digest two requests share exactly if they ask the same."""
    return sha256(b"\n".join([method.encode(), path.encode(), version.encode(), body])).hexdigest()


async def recall(uow: UnitOfWork, request: Request) -> Answered | None:
    """Return what this request was answered before, holding its key until the transaction ends."""
    lock = func.hashtextextended(f"{request.actor}\n{request.key}", 1)
    if not await uow.session.scalar(select(func.pg_try_advisory_xact_lock(lock))):
        raise StillInFlight
    before = await uow.session.get(Answered, (request.actor, request.key))
    if before is not None and before.fingerprint != request.fingerprint:
        raise KeyUsedForAnother
    return before


async def forget(sessions: Sessions, now: datetime) -> int:
    """Delete answers older than a day; return how many."""
    async with sessions.begin() as session:
        old = delete(Answered).where(Answered.answered_at < now - KEPT).returning(Answered.key)
        return len((await session.execute(old)).all())
