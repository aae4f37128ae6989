"""Reposting of a site's own accord, and what a site says beside a repost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.content.registry import queries as registry
from services.content.release.commands.publishing import take_turn
from services.content.release.commands.reposting import place_repost, set_note
from services.content.release.queries import reposted
from services.content.release.queries import standing as public
from services.content.release.repost import Manner, already
from services.content.syndication.directives.commands.wording import check_words
from shared.auth import Permission
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect

if TYPE_CHECKING:
    from uuid import UUID

    from services.content.release.models import Live
    from shared.contracts.reposting import NewRepost


async def repost(uow: UnitOfWork, new: NewRepost) -> Live:
    """Take a public item over into a column, unchanged, under the reviews of its source."""
    column = await registry.writable_column(uow.session, new.column_id)
    site = await registry.site(uow.session, column.site_code)
    uow.actor.require(Permission.REPOST, site.sponsoring, site_code=site.code, column_id=column.id)
    manner = Manner(local_note=new.local_note)
    await check_words(uow, manner)
    placed = await place_repost(uow, new.item_id, site, column, manner)
    if not placed.is_new:
        raise already(placed.row, placed.source)
    return placed.row


async def change_note(
    uow: UnitOfWork, item_id: UUID, local_note: str | None, *, version: int
) -> Live:
    """Let a site say something else beside a repost, or nothing any more."""
    await check_words(uow, Manner(local_note=local_note))
    uow, seq = await take_turn(uow)
    row = await public.now_live(uow.session, item_id)
    if (
        row is None
        or row.origin_item_id is None
        or not uow.actor.may(
            Permission.REPOST,
            row.sponsoring,
            site_code=row.site_code,
            column_id=row.column_id,
        )
    ):
        raise NotFound(reposted.NEVER)
    expect(version, row.release_seq)
    await set_note(uow, row, local_note, seq)
    return row
