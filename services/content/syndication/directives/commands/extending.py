"""Telling sites that open of the directives that stand for them too."""

from sqlalchemy import func, select

from services.content.registry import queries as registry
from services.content.release.queries import standing as public
from services.content.syndication.directives import queries
from services.content.syndication.directives.commands.issuing import OPENINGS, count, place, tell
from services.content.syndication.directives.scope import binds
from shared.contracts.binding import Scope
from shared.contracts.directives import DirectiveExtended
from shared.contracts.registry import SiteOpened
from shared.uow import UnitOfWork


async def tell_opened(uow: UnitOfWork, told: SiteOpened) -> None:
    """Oblige a site that opened under each standing directive that is for later sites too."""
    await uow.session.execute(select(func.pg_advisory_xact_lock(OPENINGS)))
    standing = await queries.directives_for_later(uow.session, told.code, uow.now)
    if not standing:
        return
    reach = await registry.sites_in_reach(uow.session, told.sponsoring)
    opened = {site.code: (site, place(site, sponsor)) for site, sponsor in reach}
    if told.code not in opened:
        return
    site, its_place = opened[told.code]
    items = await public.live(uow.session, [directive.item_id for directive in standing])
    for directive in standing:
        item = items.get(directive.item_id)
        scope = Scope.model_validate(directive.scope)
        if item is None or item.site_code == site.code or directive.policy is None:
            continue
        if binds(scope, directive.issuer, its_place):
            deadline = await count(uow, directive.policy)
            tell(uow, directive, [site], deadline.at, deadline.basis)
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
