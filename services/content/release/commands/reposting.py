"""Making an item public on another site too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.content.registry.lifecycle import check_running
from services.content.release.address import public_url
from services.content.release.commands.publishing import (
    SHOWN,
    announce,
    begin_release,
    publish,
    take_turn,
)
from services.content.release.commands.withdrawing import bury_statements
from services.content.release.models import Live
from services.content.release.queries import standing
from shared.contracts.content import ItemKind
from shared.ids import new_id
from shared.problem import NotFound
from shared.uow import UnitOfWork

if TYPE_CHECKING:
    from services.content.registry.models import Column, Site


WITHDRAWN = "原文已撤下，无需转载。"


async def place_repost(uow: UnitOfWork, source: Live, site: Site, column: Column) -> Live:
    """Make a public item public on another site too, unchanged, with its origin named; once.

    The text stands under the reviews of its source; the hash binds it.
    """
    uow, seq = await take_turn(uow)
    # What was read before one's turn came may have changed since.
    await uow.session.refresh(site)
    check_running(site.state)
    origin_url = await standing.url(uow.session, source.item_id)
    if origin_url is None:
        raise NotFound(WITHDRAWN)
    for known in await standing.reposts(uow.session, source.item_id):
        if known.site_code == site.code:
            return known
    release = begin_release(uow, seq)
    item_id = new_id()
    row = Live(
        item_id=item_id,
        site_code=site.code,
        sponsoring=site.sponsoring,
        column_id=column.id,
        kind=source.kind,
        **{name: getattr(source, name) for name in SHOWN},
        files=source.files,
        content_hash=source.content_hash,
        first_public_at=uow.now,
        updated_at=uow.now,
        url=public_url(site.domain, item_id),
        origin_site_code=source.site_code,
        origin_item_id=source.item_id,
        origin_url=origin_url,
        title_tokens=source.title_tokens,
        body_tokens=source.body_tokens,
    )
    uow.session.add(row)
    near = set()
    if row.kind is not ItemKind.STATUS_STATEMENT:
        near = await bury_statements(uow, {row.column_id: row.item_id}, seq)
    await publish(uow, {row.item_id, *near}, seq)
    announce(uow, row, release)
    return row
