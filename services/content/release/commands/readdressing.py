"""Giving public items the address of their site's new domain, some at a time."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.content.registry import queries as registry
from services.content.release.address import home, public_url
from services.content.release.commands.publishing import publish, take_turn
from services.content.release.models import Readdressing
from services.content.release.queries import standing
from shared.contracts.release import ItemsReaddressed
from shared.contracts.site_life import SiteChanged
from shared.ids import new_id
from shared.uow import UnitOfWork

AT_ONCE = 500
"""As many as leave a release that waits its turn within about a second."""


async def await_addresses(uow: UnitOfWork, told: SiteChanged) -> None:
    """Note that the addresses of a site's public items may have to follow its domain."""
    new = insert(Readdressing).values(id=new_id(), site_code=told.code, due_at=uow.now)
    again = new.on_conflict_do_update(
        index_elements=[Readdressing.site_code], set_={"due_at": uow.now}
    )
    await uow.session.execute(again)


async def follow_domain(uow: UnitOfWork, readdressing_id: UUID, most: int = AT_ONCE) -> int:
    """Let some public items of a site, and reposts of its items, follow its domain.

    It stays due until none is left; whoever releases waits for one part of it at most.
    """
    uow, seq = await take_turn(uow)
    due = await uow.session.get_one(Readdressing, readdressing_id, with_for_update=True)
    site = await registry.site(uow.session, due.site_code)
    rows = await standing.elsewhere(uow.session, site.code, home(site.domain), most)
    for row in rows:
        if row.site_code == site.code:
            row.url = public_url(site.domain, row.item_id)
        elif row.origin_item_id is not None:
            row.origin_url = public_url(site.domain, row.origin_item_id)
    if rows:
        await publish(uow, [row.item_id for row in rows], seq)
        uow.announce(
            ItemsReaddressed(
                site_code=site.code, domain=site.domain, items=len(rows), release_seq=seq
            )
        )
    due.leased_until = None
    if len(rows) < most:
        due.due_at = None
    return len(rows)
