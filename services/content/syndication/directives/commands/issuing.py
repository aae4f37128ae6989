"""Issuing directives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.content.registry import queries as registry
from services.content.release.queries import standing as public
from services.content.syndication.directives.directive import check_deadline
from services.content.syndication.directives.models import Directive, Obligation
from shared.auth import Permission
from shared.contracts.directives import (
    DirectiveIssued,
    NewDirective,
)
from shared.problem import Fault, Invalid, NotFound, Unprocessable

if TYPE_CHECKING:
    from services.content.registry.models import Site
    from shared.uow import UnitOfWork


class NobodyBound(Unprocessable):
    """The directive would bind no site."""

    advice = "没有网站在此转载要求的范围内。"


async def issue_directive(uow: UnitOfWork, new: NewDirective) -> Directive:
    """Order sites to repost a public item; whom it binds is settled now and kept."""
    issuer = await registry.organization(uow.session, new.issuer)
    uow.actor.require(Permission.ISSUE_DIRECTIVE, issuer.path)
    check_deadline(new.deadline, uow.now)
    item = (await public.live(uow.session, [new.item_id])).get(new.item_id)
    if item is None:
        raise NotFound("没有这篇内容，或已撤下。")
    sites = await _bound(uow, issuer.path, new, besides=item.site_code)
    directive = Directive(
        item_id=item.item_id,
        content_hash=item.content_hash,
        title=item.title,
        issuer=issuer.path,
        ask=new.ask,
        deadline=new.deadline,
        issued_at=uow.now,
    )
    uow.session.add(directive)
    await uow.session.flush()
    uow.session.add_all(_obligation(directive, site) for site in sites)
    uow.announce(
        DirectiveIssued(
            directive_id=directive.id,
            item_id=item.item_id,
            issuer=issuer.path,
            ask=new.ask,
            deadline=new.deadline,
            site_codes=tuple(site.code for site in sites),
        )
    )
    return directive


async def _bound(
    uow: UnitOfWork, issuer: str, new: NewDirective, *, besides: str
) -> Sequence[Site]:
    reach = await registry.sites_below(uow.session, issuer, new.level)
    sites = [
        site
        for site in reach
        if site.code != besides and (new.site_codes is None or site.code in new.site_codes)
    ]
    if unknown := set(new.site_codes or ()) - {site.code for site in reach}:
        raise Invalid(
            [
                Fault("/site_codes", "out_of_reach", f"{code} 不在范围内。")
                for code in sorted(unknown)
            ]
        )
    if not sites:
        raise NobodyBound
    return sites


def _obligation(directive: Directive, site: Site) -> Obligation:
    return Obligation(
        directive_id=directive.id,
        item_id=directive.item_id,
        site_code=site.code,
        sponsoring=site.sponsoring,
        deadline=directive.deadline,
        due_at=directive.deadline,
    )
