"""Taking back what is public."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from services.content.editorial.commands import reviewing
from services.content.editorial.commands.opening import require
from services.content.editorial.queries import items as editorial
from services.content.release.commands.publishing import publish, take_turn
from services.content.release.models import Change, Live
from services.content.release.queries import history, standing
from services.content.release.withdrawal import (
    CONTENT_ARRIVED,
    WITH_ITS_POLICY,
    told_kind,
    told_reason,
)
from shared.auth import Permission
from shared.contracts.content import ChangeAct, ItemWithdrawn
from shared.contracts.release import Withdrawal
from shared.contracts.standing import WithdrawalKind
from shared.personal_data import mask
from shared.problem import Fault, Invalid, NotFound
from shared.uow import UnitOfWork


class Why(NamedTuple):
    """As what and why an item leaves; `along_with` names the policy it leaves with."""

    kind: WithdrawalKind
    reason: str
    successor: UUID | None = None
    along_with: UUID | None = None


class Taken(NamedTuple):
    """The tombstone of an item, and what left with it."""

    item_id: UUID
    seq: int
    kind: WithdrawalKind
    also: list[UUID]


async def withdraw_item(uow: UnitOfWork, item_id: UUID, asked: Withdrawal) -> Taken:
    """Take a public item back, from every API at one instant; what depends on it leaves too.

    That is its interpretations, and the reposts of them all on whatever sites.
    """
    # As in a release: first the item, then the number, so that neither waits for the other.
    items = await editorial.locked(uow.session, [item_id])
    uow, seq = await take_turn(uow)
    named = [item_id, *([asked.successor] if asked.successor else [])]
    public = await standing.live(uow.session, named)
    row = public.get(item_id)
    if row is None:
        raise NotFound("没有这篇内容，或已撤下。")
    require(uow, Permission.WITHDRAW, row)
    if asked.successor is not None and (asked.successor == item_id or len(public) < len(named)):
        raise Invalid([Fault("/successor", "not_public", "替代内容须为另一篇已公开的内容。")])
    for item in items:
        reviewing.void(item, row.content_hash, asked.reason)
    leaving = {row: Why(asked.kind, asked.reason, asked.successor)}
    for other in await _interpretations(uow, row):
        leaving[other] = Why(asked.kind, WITH_ITS_POLICY, None, item_id)
    also = [other.item_id for other in leaving if other is not row]
    near = await bury(uow, leaving, seq)
    await publish(uow, near, seq)
    return Taken(item_id, seq, asked.kind, also)


async def withdraw_orphans(uow: UnitOfWork, source_id: UUID, reason: str) -> None:
    """Take back reposts whose source left without them, as from a process of before they did."""
    if not await standing.reposts(uow.session, [source_id]):
        return
    uow, seq = await take_turn(uow)
    last = await history.tombstone(uow.session, source_id)
    if last is None or await standing.now_live(uow.session, source_id):
        return
    why = Why(last.kind or WithdrawalKind.MISTAKEN, reason, last.successor)
    leaving = dict.fromkeys(await standing.reposts(uow.session, [source_id]), why)
    await publish(uow, await bury(uow, leaving, seq), seq)


async def bury_statements(uow: UnitOfWork, arrived: Mapping[UUID, UUID], seq: int) -> set[UUID]:
    """Take the status statements back of columns that content has arrived in.

    `arrived` holds an item for each column; returned is what is to be published anew.
    """
    rows = await standing.statements(uow.session, arrived)
    leaving = {
        row: Why(WithdrawalKind.SUPERSEDED, CONTENT_ARRIVED, arrived[row.column_id])
        for row in rows
    }
    return await bury(uow, leaving, seq) if leaving else set()


async def bury(uow: UnitOfWork, leaving: Mapping[Live, Why], seq: int) -> set[UUID]:
    """Leave tombstones in place of public items, and of every repost of one.

    Returned is what links to them no more.
    """
    taken = await _reposts(uow, leaving)
    leaving = {**leaving, **taken}
    ids = [row.item_id for row in leaving]
    near = await standing.neighbours(uow.session, ids)
    for row, why in leaving.items():
        await uow.session.delete(row)
        uow.session.add(_tombstone(uow, row, why, seq))
        uow.announce(
            ItemWithdrawn(
                item_id=row.item_id,
                site_code=row.site_code,
                column_id=row.column_id,
                release_seq=seq,
                content_hash=row.content_hash,
                reason=mask(told_reason(why.kind, why.reason)),
                kind=told_kind(why.kind),
                successor=why.successor,
                along_with=why.along_with,
                reposts=tuple(one.item_id for one in taken if one.origin_item_id == row.item_id),
            )
        )
    return near - set(ids)


def _tombstone(uow: UnitOfWork, row: Live, why: Why, seq: int) -> Change:
    return Change(
        seq=seq,
        item_id=row.item_id,
        act=ChangeAct.WITHDRAWN,
        site_code=row.site_code,
        at=uow.now,
        kind=why.kind,
        successor=why.successor,
        reason=why.reason,
        by=uow.actor.id,
    )


async def _reposts(uow: UnitOfWork, leaving: Mapping[Live, Why]) -> Mapping[Live, Why]:
    """Return every repost of what leaves, and why it leaves too; no one is asked again."""
    why = {row.item_id: because._replace(along_with=None) for row, because in leaving.items()}
    rows = await standing.reposts(uow.session, why)
    return {row: why[row.origin_item_id] for row in rows if row.origin_item_id}


async def _interpretations(uow: UnitOfWork, policy: Live) -> Sequence[Live]:
    """Return what explains a policy, and what explains that, and so on."""
    found: dict[UUID, Live] = {}
    nearest = [policy.item_id]
    while nearest:
        rows = await standing.interpretations(uow.session, nearest)
        nearest = [row.item_id for row in rows if row.item_id not in {*found, policy.item_id}]
        found |= {row.item_id: row for row in rows if row.item_id in nearest}
    return list(found.values())
