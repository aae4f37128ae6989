"""Issuing directives, and answering, missing and losing what they oblige to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import update

from services.content.registry import queries as registry
from services.content.release.commands.reposting import WITHDRAWN, place_repost
from services.content.release.commands.withdrawing import withdraw_reposts
from services.content.release.queries import standing as public
from services.content.syndication.directive import check_deadline, settle
from services.content.syndication.models import Directive, Obligation
from services.content.syndication.queries import directing as queries
from shared.auth import Permission
from shared.contracts.directing import (
    Answer,
    NewDirective,
    ObligationAnswer,
)
from shared.contracts.syndication import (
    DirectiveIssued,
    DirectiveWithdrawn,
    ObligationMissed,
    ObligationSettled,
    ObligationState,
)
from shared.personal_data import mask
from shared.problem import Fault, Invalid, NotFound, Unprocessable
from shared.uow import expect

if TYPE_CHECKING:
    from services.content.registry.models import Site
    from shared.contracts.content import ItemWithdrawn
    from shared.contracts.site_life import SiteChanged
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


async def answer_obligation(
    uow: UnitOfWork, obligation_id: UUID, given: ObligationAnswer, *, version: int
) -> Obligation:
    """Repost the item on the site, at once and unchanged, or decline with a reason."""
    obligation = await queries.obligation(uow.session, obligation_id)
    if obligation is None or not uow.actor.may(
        Permission.REPOST, obligation.sponsoring, site_code=obligation.site_code
    ):
        raise NotFound("没有这项转载任务。")
    expect(version, obligation.version)
    if given.answer is Answer.ACCEPT and given.column_id is not None:
        obligation.state = settle(obligation.state, ObligationState.ACCEPTED)
        obligation.repost_id = await _repost(uow, obligation, given.column_id)
    else:
        obligation.state = settle(obligation.state, ObligationState.DECLINED)
    obligation.reason = given.reason
    note_settled(uow, obligation)
    return obligation


def note_settled(uow: UnitOfWork, obligation: Obligation) -> None:
    """Keep that a site answered, and whether it was late."""
    obligation.settled_at, obligation.due_at = uow.now, None
    obligation.late = obligation.late or uow.now > obligation.deadline
    uow.announce(
        ObligationSettled(
            obligation_id=obligation.id,
            directive_id=obligation.directive_id,
            item_id=obligation.item_id,
            site_code=obligation.site_code,
            state=obligation.state,
            late=obligation.late,
            deadline=obligation.deadline,
            reason=mask(obligation.reason) if obligation.reason else None,
            repost_id=obligation.repost_id,
        )
    )


async def _repost(uow: UnitOfWork, obligation: Obligation, column_id: UUID) -> UUID:
    source = (await public.live(uow.session, [obligation.item_id])).get(obligation.item_id)
    if source is None:
        raise NotFound(WITHDRAWN)
    column = await registry.writable_column(uow.session, column_id)
    if column.site_code != obligation.site_code:
        raise Invalid([Fault("/column_id", "other_site", "该栏目不属于此网站。")])
    site = await registry.site(uow.session, obligation.site_code)
    return (await place_repost(uow, source, site, column)).item_id


async def miss_deadline(uow: UnitOfWork, obligation_id: UUID) -> None:
    """Note that a site let the deadline pass; it may still repost, and stays marked late."""
    obligation = await queries.obligation(uow.session, obligation_id)
    if obligation is None or obligation.state is not ObligationState.DELIVERED:
        return
    obligation.state, obligation.late, obligation.due_at = ObligationState.LATE, True, None
    uow.announce(
        ObligationMissed(
            obligation_id=obligation.id,
            directive_id=obligation.directive_id,
            item_id=obligation.item_id,
            site_code=obligation.site_code,
            deadline=obligation.deadline,
        )
    )


async def follow_withdrawal(uow: UnitOfWork, withdrawn: ItemWithdrawn) -> None:
    """Take the reposts of a withdrawn item back, and release the sites from its directives."""
    # Locked first: an answer under way then ends before the reposts are looked for.
    obligations = await queries.obligations_about(uow.session, withdrawn.item_id)
    reposts = await withdraw_reposts(uow, withdrawn.item_id, withdrawn.reason)
    for obligation in obligations:
        obligation.state, obligation.due_at = ObligationState.WITHDRAWN, None
    for directive in await queries.directives_about(uow.session, withdrawn.item_id):
        directive.withdrawn = True
        uow.announce(
            DirectiveWithdrawn(
                directive_id=directive.id, item_id=withdrawn.item_id, reposts=tuple(reposts)
            )
        )


async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let what a site owes be owed by whoever sponsors it now."""
    owed = update(Obligation).where(
        Obligation.site_code == told.code, Obligation.sponsoring != told.sponsoring
    )
    await uow.session.execute(owed.values(sponsoring=told.sponsoring))
