"""Issuing directives, and showing beforehand whom they would bind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, insert, select

from services.content.registry import queries as registry
from services.content.release.queries import standing as public
from services.content.syndication.directives.alarm import following
from services.content.syndication.directives.deadline import (
    Deadline,
    by_hand,
    counted,
    figures,
    unknown,
)
from services.content.syndication.directives.directive import (
    RepostDirected,
    check_deadline,
    unfit,
)
from services.content.syndication.directives.models import Alarm, Directive, Obligation
from services.content.syndication.directives.scope import NobodyBound, Place, binds, faults
from shared.auth import Permission
from shared.contracts.binding import BoundSite, DirectivePreview, Scope, Terms
from shared.contracts.directives import DirectiveIssued, NewDirective
from shared.ids import new_id
from shared.problem import Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from services.content.registry.models import Organization, Site
    from services.content.release.models import Live
    from shared.contracts.content import ItemKind
    from shared.uow import UnitOfWork


# Whoever issues for later sites holds this until commit: what opens meanwhile is told after.
OPENINGS = func.hashtextextended("openings", 0)


class Bound(NamedTuple):
    """Whom an order binds, and by when."""

    sites: Sequence[Site]
    deadline: Deadline


async def issue_directive(uow: UnitOfWork, new: NewDirective) -> Directive:
    """Order sites to repost a public item; whom it binds is settled now and kept."""
    issuer, item, bound = await _ordered(uow, new)
    return await issue(uow, issuer, item, new, bound)


async def preview_directive(uow: UnitOfWork, new: NewDirective) -> DirectivePreview:
    """Return whom a directive would bind and by when, or refuse it as issuing would."""
    _, _, bound = await _ordered(uow, new)
    return shown(bound)


async def weigh(
    uow: UnitOfWork,
    issuer: str,
    order: Terms,
    kinds: Collection[ItemKind],
    *,
    besides: str | None = None,
    deadline: datetime | None = None,
) -> Bound:
    """Return whom an order would bind and by when, or refuse with all that is wrong with it."""
    if order.later_days is not None:
        await uow.session.execute(select(func.pg_advisory_xact_lock_shared(OPENINGS)))
    reach = await _reach(uow, issuer)
    wrong = [
        *faults(order, issuer, [at for _, at in reach]),
        *unfit(order.column_kind, kinds),
        *unknown(order.policy),
    ]
    if wrong:
        raise Invalid(wrong)
    sites = _bound(reach, issuer, order, besides)
    return Bound(sites, by_hand(deadline) if deadline else await count(uow, order.policy or ""))


async def bind(uow: UnitOfWork, issuer: str, order: Terms, *, besides: str) -> Bound:
    """Return whom an order that was weighed before binds now; what it named may be gone."""
    sites = _bound(await _reach(uow, issuer), issuer, order, besides)
    return Bound(sites, await count(uow, order.policy or ""))


async def count(uow: UnitOfWork, policy: str) -> Deadline:
    """Return by when what is told now is to be kept under a policy there is."""
    calendar = await registry.calendar(uow.session)
    return counted(figures().policies[policy], uow.now, calendar)


async def issue(
    uow: UnitOfWork,
    issuer: str,
    item: Live,
    order: Terms,
    bound: Bound,
    *,
    rule_id: UUID | None = None,
) -> Directive:
    """Order sites to repost an item, in the name of an issuer that may."""
    days = order.later_days
    directive = Directive(
        id=new_id(),
        item_id=item.item_id,
        content_hash=item.content_hash,
        title=item.title,
        issuer=issuer,
        ask=order.ask,
        fidelity=order.fidelity,
        column_kind=order.column_kind,
        policy=order.policy,
        deadline=bound.deadline.at,
        deadline_basis=bound.deadline.basis,
        scope=order.model_dump(mode="json", include=set(Scope.model_fields)),
        later_until=None if days is None else uow.now + timedelta(days=days),
        rule_id=rule_id,
        issued_at=uow.now,
    )
    uow.session.add(directive)
    await uow.session.flush()
    await tell(uow, directive, bound.sites, bound.deadline.at)
    uow.announce(
        DirectiveIssued(
            directive_id=directive.id,
            item_id=item.item_id,
            issuer=issuer,
            ask=order.ask,
            deadline=directive.deadline,
            site_codes=tuple(site.code for site in bound.sites),
            policy=order.policy,
            rule_id=rule_id,
        )
    )
    return directive


async def tell(
    uow: UnitOfWork,
    directive: Directive,
    sites: Sequence[Site],
    deadline: datetime,
    basis: str | None = None,
) -> None:
    """Oblige sites under a directive from now on."""
    owed = [
        {
            "id": new_id(),
            "directive_id": directive.id,
            "item_id": directive.item_id,
            "site_code": site.code,
            "sponsoring": site.sponsoring,
            "deadline": deadline,
            "own_basis": basis,
            "due_at": deadline,
            "version": 1,
        }
        for site in sites
    ]
    await uow.session.execute(insert(Obligation), owed)
    first = following(uow.now, deadline, uow.now)
    alarms = [{"obligation_id": one["id"], "told_at": uow.now, "due_at": first} for one in owed]
    await uow.session.execute(insert(Alarm), alarms)


def place(site: Site, sponsor: Organization) -> Place:
    """Return a site as far as scopes ask."""
    line = sponsor.supervised_by
    return Place(site.code, site.level, site.region, site.sponsoring, sponsor.kind, line)


def shown(bound: Bound) -> DirectivePreview:
    """Return whom an order would bind and by when, for its issuer to read."""
    sites = [BoundSite.model_validate(site, from_attributes=True) for site in bound.sites]
    at, basis = bound.deadline
    return DirectivePreview(count=len(sites), sites=sites, deadline=at, deadline_basis=basis)


async def _reach(uow: UnitOfWork, issuer: str) -> list[tuple[Site, Place]]:
    reach = await registry.sites_in_reach(uow.session, issuer)
    return [(site, place(site, sponsor)) for site, sponsor in reach]


def _bound(
    reach: Sequence[tuple[Site, Place]], issuer: str, order: Terms, besides: str | None
) -> list[Site]:
    sites = [site for site, at in reach if at.code != besides and binds(order, issuer, at)]
    if not sites:
        raise NobodyBound
    return sites


async def _ordered(uow: UnitOfWork, new: NewDirective) -> tuple[str, Live, Bound]:
    issuer = await registry.organization(uow.session, new.issuer)
    uow.actor.require(Permission.ISSUE_DIRECTIVE, issuer.path)
    if new.deadline is not None:
        check_deadline(new.deadline, uow.now)
    item = await public.held(uow.session, new.item_id)
    if item is None:
        raise NotFound("没有这篇内容，或已撤下。")
    if item.origin_item_id is not None:
        raise RepostDirected(original=str(item.origin_item_id))
    bound = await weigh(
        uow, issuer.path, new, [item.kind], besides=item.site_code, deadline=new.deadline
    )
    return issuer.path, item, bound
