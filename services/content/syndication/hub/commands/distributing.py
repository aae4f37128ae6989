"""Handing a feed on when it has changed, and what comes of it."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, or_, update

from services.content.registry import queries as registry
from services.content.syndication.hub import queries
from services.content.syndication.hub.commands.asking import drop
from services.content.syndication.hub.models import Follower
from services.content.syndication.partners.retry import (
    Reply,
    figures,
    is_received,
    pause,
    rest,
)
from shared.contracts.content import ItemReleased, ItemWithdrawn
from shared.contracts.hub import FollowerAct
from shared.uow import UnitOfWork


class Handed(NamedTuple):
    """What a feed says, by its digest, and what a follower answered; nothing if it knew it."""

    digest: str
    reply: Reply | None


async def wake(uow: UnitOfWork, event: ItemReleased | ItemWithdrawn) -> None:
    """Let everybody who follows a feed that changed be handed it, or when their pause is over."""
    columns = [event.column_id]
    column = await registry.column(uow.session, event.column_id)
    if column.merged_into is not None:
        columns.append(column.merged_into)
    following = or_(Follower.site_code == event.site_code, Follower.column_id.in_(columns))
    woken = {"changed_at": uow.now, "due_at": func.coalesce(Follower.due_at, uow.now)}
    await uow.session.execute(update(Follower).where(following).values(woken))


async def settle(uow: UnitOfWork, follower: Follower, handed: Handed, chance: float) -> None:
    """Note what came of handing a feed on; a callback that is gone, or fails for days, is dropped.

    `follower` is as it was leased: a change since then is handed on as well.
    """
    kept = await queries.follower_locked(uow.session, follower.id)
    if kept is None:
        return
    kept.leased_until = None
    reply = handed.reply
    if reply is None or is_received(reply.status):
        kept.received, kept.failing_since, kept.attempts = handed.digest, None, 0
        kept.due_at = uow.now if kept.changed_at != follower.changed_at else None
        return
    kept.failing_since = kept.failing_since or uow.now
    if reply.status == figures().gone:
        await drop(uow, kept, FollowerAct.GONE)
    elif uow.now - kept.failing_since >= figures().patience:
        await drop(uow, kept, FollowerAct.FAILING)
    else:
        kept.due_at = uow.now + _wait(uow, kept, reply, chance)


async def end(uow: UnitOfWork, follower: Follower, act: FollowerAct) -> None:
    """Hand a callback nothing more, if it follows still and its time was not prolonged."""
    kept = await queries.follower_locked(uow.session, follower.id)
    if kept is not None and kept.follows_until == follower.follows_until:
        await drop(uow, kept, act)


def _wait(uow: UnitOfWork, kept: Follower, reply: Reply, chance: float) -> timedelta:
    return max(pause(kept.attempts, chance), rest(reply, kept.attempts, uow.now))
