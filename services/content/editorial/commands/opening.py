"""Getting hold of an item in order to act on it."""

from typing import Protocol
from uuid import UUID

from services.content.editorial.models import Item, Part, PartKind
from services.content.editorial.queries import items as queries
from services.content.editorial.workflow import SamePerson
from shared.auth import OutsideAuthority, Permission
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect


async def open_item(uow: UnitOfWork, item_id: UUID, version: int, permission: Permission) -> Item:
    """Return an item locked, as it was read; who may not know of it finds none."""
    item = await known_item(uow, item_id)
    require(uow, permission, item)
    expect(version, item.version)
    return item


async def known_item(uow: UnitOfWork, item_id: UUID, unknown: str = "没有这篇稿件。") -> Item:
    """Return an item locked, if the actor may know of it."""
    found = await queries.locked(uow.session, [item_id])
    if not found or not may(uow, Permission.READ_DRAFTS, found[0]):
        raise NotFound(unknown)
    return found[0]


class Placed(Protocol):
    """An item, or what is owed to one: whose it is and where it stands."""

    site_code: str
    sponsoring: str


def may(uow: UnitOfWork, permission: Permission, item: Placed) -> bool:
    """Say whether the actor may do this to an item."""
    return uow.actor.may(
        permission,
        item.sponsoring,
        site_code=item.site_code,
        column_id=getattr(item, "column_id", None),
    )


def require(uow: UnitOfWork, permission: Permission, item: Placed) -> None:
    """Refuse what the actor may not do to an item."""
    if not may(uow, permission, item):
        raise OutsideAuthority(permission=permission)


async def take_part(uow: UnitOfWork, item_id: UUID, person: str, kind: PartKind) -> None:
    """Note that a person writes or reviews; who did the one never does the other."""
    part = await uow.session.get(Part, (item_id, person))
    if part is None:
        uow.session.add(Part(item_id=item_id, person=person, kind=kind))
        await uow.session.flush()  # what refers to it is written after it
    elif part.kind is not kind:
        raise SamePerson
