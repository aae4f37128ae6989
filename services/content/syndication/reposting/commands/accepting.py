"""Accepting directives by a site's own rules, each once, as whoever signed the rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.dialects.postgresql import insert

from services.content.release.queries import standing as public
from services.content.release.scheduling import told as as_faults
from services.content.staff.queries import posts as staff
from services.content.syndication.directives import queries as directives
from services.content.syndication.directives.commands.answering import accept
from services.content.syndication.directives.directive import OPEN
from services.content.syndication.reposting import queries
from services.content.syndication.reposting.models import Acceptance
from services.content.syndication.reposting.rule import MakerMayNot, Ordered, fitting
from shared.auth import Permission
from shared.contracts.reposting import RuleHindered
from shared.ids import new_id
from shared.problem import Problem

if TYPE_CHECKING:
    from uuid import UUID

    from services.content.syndication.directives.models import Obligation
    from services.content.syndication.reposting.models import AcceptanceRule
    from shared.auth import Actor
    from shared.contracts.directives import DirectiveExtended, DirectiveIssued
    from shared.uow import UnitOfWork

REFUSED = range(400, 500)


async def await_rules(uow: UnitOfWork, told: DirectiveIssued | DirectiveExtended) -> None:
    """Note that the rules of sites that have some are to look at what they owe now."""
    owed = await queries.owed_by_sites_with_rules(uow.session, told.directive_id)
    rows = [{"id": new_id(), "obligation_id": one, "due_at": uow.now} for one in owed]
    if rows:
        await uow.session.execute(insert(Acceptance).on_conflict_do_nothing(), rows)


async def act_by_rule(uow: UnitOfWork, acceptance_id: UUID) -> None:
    """Let the first rule that fits accept what a site owes, or say why it could not."""
    due = await uow.session.get_one(Acceptance, acceptance_id, with_for_update=True)
    obligation = await directives.obligation(uow.session, due.obligation_id)
    if due.due_at is None or obligation is None:
        return
    due.due_at = due.leased_until = None
    rule = await _rule(uow, obligation)
    if rule is None:
        return
    try:
        async with uow.session.begin_nested():
            await _accept(replace(uow, actor=await _signer(uow, rule)), obligation, rule)
    except Problem as refused:
        if refused.status not in REFUSED:
            raise
        _hinder(uow, obligation, rule, refused)


async def _rule(uow: UnitOfWork, obligation: Obligation) -> AcceptanceRule | None:
    item = (await public.live(uow.session, [obligation.item_id])).get(obligation.item_id)
    if item is None or obligation.state not in OPEN:
        return None
    directive = obligation.directive
    ordered = Ordered(directive.issuer, item.kind, item.subject, directive.ask)
    return fitting(await queries.acting_rules(uow.session, obligation.site_code), ordered)


async def _accept(uow: UnitOfWork, obligation: Obligation, rule: AcceptanceRule) -> None:
    if not uow.actor.may(
        Permission.REPOST,
        obligation.sponsoring,
        site_code=obligation.site_code,
        column_id=rule.column_id,
    ):
        raise MakerMayNot
    await accept(uow, obligation, rule.column_id)
    obligation.accepted_by = rule.id


async def _signer(uow: UnitOfWork, rule: AcceptanceRule) -> Actor:
    return await staff.acting(uow.session, rule.made_by, rule.organization, rule.grants, uow.now)


def _hinder(
    uow: UnitOfWork, obligation: Obligation, rule: AcceptanceRule, refused: Problem
) -> None:
    faults = as_faults(refused)
    obligation.hindrances = [fault._asdict() for fault in faults]
    uow.announce(
        RuleHindered(
            obligation_id=obligation.id,
            directive_id=obligation.directive_id,
            site_code=obligation.site_code,
            rule_id=rule.id,
            codes=tuple(sorted({fault.code for fault in faults})),
        )
    )
