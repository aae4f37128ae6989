"""Questions about standing rules."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.syndication.rules.models import DirectiveRule, RuleFiring
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import directive_rules as contracts
from shared.contracts.directive_rules import RuleState
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

RULES = Listing("directive-rules", contracts.DirectiveRule, [(DirectiveRule.id, UUID)])
FIRINGS = Listing("rule-firings", contracts.RuleFiring, [(RuleFiring.id, UUID)])


async def rules(
    session: AsyncSession, actor: Actor, state: RuleState | None, asked: Asked
) -> Page[contracts.DirectiveRule]:
    """Return one page of the rules of issuers the actor's posts reach, newest first."""
    question = _reached(actor)
    if state is not None:
        question = question.where(DirectiveRule.state == state)
    return await RULES.turn(session, question, asked)


async def rule(session: AsyncSession, actor: Actor, rule_id: UUID) -> DirectiveRule:
    """Return a rule whose issuer the actor's posts reach, or refuse as if there were none."""
    return _found(await session.scalar(_reached(actor).where(DirectiveRule.id == rule_id)))


async def rule_to_change(session: AsyncSession, actor: Actor, rule_id: UUID) -> DirectiveRule:
    """Return the same, locked until the transaction ends."""
    question = _reached(actor).where(DirectiveRule.id == rule_id).with_for_update()
    return _found(await session.scalar(question))


async def firings(
    session: AsyncSession, rule_id: UUID, asked: Asked
) -> Page[contracts.RuleFiring]:
    """Return one page of what a rule did, latest first."""
    question = select(RuleFiring).where(RuleFiring.rule_id == rule_id)
    return await FIRINGS.turn(session, question, asked)


async def rules_to_fire(session: AsyncSession, item_id: UUID) -> Sequence[DirectiveRule]:
    """Return the active rules that did nothing about an item yet, locked, the oldest first."""
    fired = select(RuleFiring.rule_id).where(RuleFiring.item_id == item_id)
    question = select(DirectiveRule).where(
        DirectiveRule.state == RuleState.ACTIVE, DirectiveRule.id.not_in(fired)
    )
    # A rule that is being changed or suspended fires as it stands after that.
    question = question.order_by(DirectiveRule.id).with_for_update(read=True, of=DirectiveRule)
    return (await session.scalars(question)).all()


def _reached(actor: Actor) -> Select[DirectiveRule]:
    return select(DirectiveRule).where(
        reached(actor, Permission.ISSUE_DIRECTIVE, DirectiveRule.issuer)
    )


def _found(rule: DirectiveRule | None) -> DirectiveRule:
    if rule is None:
        raise NotFound("没有这项转载规则。")
    return rule
