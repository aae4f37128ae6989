"""Getting hold of an item in order to act on it."""

from uuid import UUID

from services.content.editorial import queries
from services.content.editorial.models import Item
from shared.auth import Permission
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect


async def open_item(uow: UnitOfWork, item_id: UUID, version: int, permission: Permission) -> Item:
    """Return an item locked, as it was read; who may not know of it finds none."""
    found = await queries.locked(uow.session, [item_id])
    if not found or not uow.actor.may(Permission.READ_DRAFTS, found[0].sponsoring):
        raise NotFound("没有这篇稿件。")
    item = found[0]
    uow.actor.require(permission, item.sponsoring)
    expect(version, item.version)
    return item
