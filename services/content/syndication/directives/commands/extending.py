"""Telling sites that open of the directives that stand for them too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from services.content.registry import queries as registry
from services.content.release.queries import standing as public
from services.content.syndication.directives import queries
from services.content.syndication.directives.commands.issuing import OPENINGS, count, place, tell
from services.content.syndication.directives.deadline import unknown
from services.content.syndication.directives.scope import Place, binds
from shared.contracts.binding import Scope
from shared.contracts.directives import DirectiveExtended

if TYPE_CHECKING:
    from services.content.registry.models import Site
    from services.content.syndication.directives.models import Directive
    from shared.contracts.registry import SiteOpened
    from shared.uow import UnitOfWork


async def tell_opened(uow: UnitOfWork, told: SiteOpened) -> None:
    """Oblige a site that opened under each standing directive that is for later sites too."""
    await uow.session.execute(select(func.pg_advisory_xact_lock(OPENINGS)))
    standing = await queries.directives_for_later(uow.session, told.code, uow.now)
    if not standing:
        return
    now = await registry.site(uow.session, told.code)
    reach = await registry.sites_in_reach(uow.session, now.sponsoring)
    opened = {site.code: (site, place(site, sponsor)) for site, sponsor in reach}
    if now.code not in opened:
        return
    site, its_place = opened[now.code]
    items = await public.live(uow.session, [directive.item_id for directive in standing])
    for directive in standing:
        item = items.get(directive.item_id)
        if item and item.site_code != site.code and _is_for(directive, its_place):
            await _extend(uow, directive, site)


def _is_for(directive: Directive, opened: Place) -> bool:
    """Say whether a site is bound; a policy may have been taken out of the figures since."""
    scope = Scope.model_validate(directive.scope)
    return not any(unknown(directive.policy)) and binds(scope, directive.issuer, opened)


async def _extend(uow: UnitOfWork, directive: Directive, site: Site) -> None:
    deadline = await count(uow, directive.policy or "")
    await tell(uow, directive, [site], deadline.at, deadline.basis)
    uow.announce(
        DirectiveExtended(
            directive_id=directive.id,
            item_id=directive.item_id,
            issuer=directive.issuer,
            ask=directive.ask,
            deadline=deadline.at,
            site_codes=(site.code,),
        )
    )
