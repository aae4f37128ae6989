"""Taking back what is public."""

from uuid import UUID

from services.content.release.commands.publishing import next_seq, publish
from services.content.release.models import Change, Live
from services.content.release.queries import standing
from shared.auth import Permission
from shared.contracts.content import ChangeAct, ItemWithdrawn
from shared.personal_data import mask
from shared.problem import NotFound
from shared.uow import UnitOfWork


async def withdraw_item(uow: UnitOfWork, item_id: UUID, reason: str) -> Change:
    """Take a public item back, from every API at one instant."""
    seq = await next_seq(uow)
    row = (await standing.live(uow.session, [item_id])).get(item_id)
    if row is None:
        raise NotFound("没有这篇内容，或已撤下。")
    uow.actor.require(
        Permission.WITHDRAW, row.sponsoring, site_code=row.site_code, column_id=row.column_id
    )
    return await _take_down(uow, row, seq, reason)


async def withdraw_reposts(uow: UnitOfWork, source_id: UUID, reason: str) -> list[UUID]:
    """Take back every repost of an item whose source was withdrawn; no one is asked again."""
    seq = await next_seq(uow)
    taken = []
    for row in await standing.reposts(uow.session, source_id):
        await _take_down(uow, row, seq, reason)
        taken.append(row.item_id)
    return taken


async def _take_down(uow: UnitOfWork, row: Live, seq: int, reason: str) -> Change:
    others = {near.item_id for near in await standing.neighbours(uow.session, [row.item_id])}
    await uow.session.delete(row)
    tombstone = Change(
        seq=seq,
        item_id=row.item_id,
        act=ChangeAct.WITHDRAWN,
        site_code=row.site_code,
        at=uow.now,
    )
    uow.session.add(tombstone)
    await publish(uow, others - {row.item_id}, seq)
    uow.announce(
        ItemWithdrawn(
            item_id=row.item_id,
            site_code=row.site_code,
            column_id=row.column_id,
            release_seq=seq,
            reason=mask(reason),
        )
    )
    return tombstone
