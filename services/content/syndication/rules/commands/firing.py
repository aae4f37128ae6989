"""Issuing what standing rules say when an item is released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.content.registry import queries as registry
from services.content.release.queries import standing as public
from services.content.syndication.directives.commands.issuing import bind, issue
from services.content.syndication.directives.deadline import unknown
from services.content.syndication.directives.scope import NobodyBound
from services.content.syndication.rules import queries
from services.content.syndication.rules.models import RuleFiring
from services.content.syndication.rules.trigger import Released, matches
from shared.contracts.binding import Terms
from shared.contracts.directive_rules import FiringOutcome, Trigger

if TYPE_CHECKING:
    from services.content.release.models import Live
    from services.content.syndication.directives.models import Directive
    from services.content.syndication.rules.models import DirectiveRule
    from shared.contracts.content import ItemReleased
    from shared.uow import UnitOfWork


async def follow_release(uow: UnitOfWork, told: ItemReleased) -> None:
    """Let each rule that is about an item issue a directive, once.

    A repost issues nothing, nor does a new edition of what was public before.
    """
    if told.origin is not None or told.released_at not in {None, told.first_public_at}:
        return
    rules = await queries.rules_to_fire(uow.session, told.item_id)
    item = (await public.live(uow.session, [told.item_id])).get(told.item_id) if rules else None
    if item is None:
        return
    site = await registry.site(uow.session, item.site_code)
    released = Released(site.code, site.level, item.kind, item.subject)
    for rule in rules:
        if matches(Trigger.model_validate(rule.trigger), released):
            await _fire(uow, rule, item)


async def _fire(uow: UnitOfWork, rule: DirectiveRule, item: Live) -> None:
    outcome, directive = await _issued(uow, rule, item)
    uow.session.add(
        RuleFiring(
            rule_id=rule.id,
            item_id=item.item_id,
            rule_version=rule.version,
            outcome=outcome,
            directive_id=directive.id if directive else None,
            fired_at=uow.now,
        )
    )


async def _issued(
    uow: UnitOfWork, rule: DirectiveRule, item: Live
) -> tuple[FiringOutcome, Directive | None]:
    order = Terms.model_validate(rule.order)
    if any(unknown(order.policy)):
        return FiringOutcome.POLICY_GONE, None
    try:
        bound = await bind(uow, rule.issuer, order, besides=item.site_code)
    except NobodyBound:
        return FiringOutcome.NOBODY_BOUND, None
    directive = await issue(uow, rule.issuer, item, order, bound, rule_id=rule.id)
    return FiringOutcome.ISSUED, directive
