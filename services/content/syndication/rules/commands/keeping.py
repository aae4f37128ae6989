"""Making and changing the standing rules of an issuer."""

from uuid import UUID

from services.content.registry import queries as registry
from services.content.syndication.directives.commands.issuing import Bound, shown, weigh
from services.content.syndication.rules import queries
from services.content.syndication.rules.models import DirectiveRule
from services.content.syndication.rules.trigger import advance, faults, kinds_met
from shared.auth import Permission
from shared.contracts.binding import DirectivePreview, Terms
from shared.contracts.directive_rules import (
    DirectiveRuleChanged,
    NewRule,
    RuleAct,
    RuleData,
    Trigger,
)
from shared.problem import Invalid
from shared.uow import UnitOfWork, expect


async def make_rule(uow: UnitOfWork, new: NewRule) -> DirectiveRule:
    """Let an issuer issue from now on whenever what the rule is about is released."""
    issuer = await _issuer(uow, new)
    await _weigh(uow, issuer, new)
    rule = DirectiveRule(issuer=issuer, made_by=uow.actor.id, made_at=uow.now, **_kept(new))
    uow.session.add(rule)
    await uow.session.flush()
    _announce(uow, rule, RuleAct.MADE)
    return rule


async def preview_rule(uow: UnitOfWork, new: NewRule) -> DirectivePreview:
    """Return whom a rule would bind if it issued now, or refuse it as making it would."""
    return shown(await _weigh(uow, await _issuer(uow, new), new))


async def change_rule(
    uow: UnitOfWork, rule_id: UUID, new: RuleData, *, version: int
) -> DirectiveRule:
    """Let a rule issue on other releases, to others or otherwise; what it issued stands."""
    rule = await _to_change(uow, rule_id, version, RuleAct.CHANGED)
    await _weigh(uow, rule.issuer, new)
    for name, value in _kept(new).items():
        setattr(rule, name, value)
    _announce(uow, rule, RuleAct.CHANGED)
    return rule


async def suspend_rule(uow: UnitOfWork, rule_id: UUID, *, version: int) -> DirectiveRule:
    """Let a rule pass over what is released until it is resumed."""
    return await _set(uow, rule_id, version, RuleAct.SUSPENDED)


async def resume_rule(uow: UnitOfWork, rule_id: UUID, *, version: int) -> DirectiveRule:
    """Let a rule issue again; what it passed over stays passed over."""
    return await _set(uow, rule_id, version, RuleAct.RESUMED)


async def end_rule(uow: UnitOfWork, rule_id: UUID, *, version: int) -> DirectiveRule:
    """Let a rule issue no more; it is kept with what it did."""
    return await _set(uow, rule_id, version, RuleAct.ENDED)


async def _issuer(uow: UnitOfWork, new: NewRule) -> str:
    issuer = await registry.organization(uow.session, new.issuer)
    uow.actor.require(Permission.ISSUE_DIRECTIVE, issuer.path)
    return issuer.path


async def _weigh(uow: UnitOfWork, issuer: str, new: RuleData) -> Bound:
    known = await registry.sites_coded(uow.session, new.from_sites)
    if wrong := list(faults(new, known)):
        raise Invalid(wrong)
    return await weigh(uow, issuer, new, kinds_met(new))


def _kept(new: RuleData) -> dict[str, object]:
    return {
        "name": new.name,
        "trigger": new.model_dump(mode="json", include=set(Trigger.model_fields)),
        "order": new.model_dump(mode="json", include=set(Terms.model_fields)),
    }


async def _set(uow: UnitOfWork, rule_id: UUID, version: int, act: RuleAct) -> DirectiveRule:
    rule = await _to_change(uow, rule_id, version, act)
    _announce(uow, rule, act)
    return rule


async def _to_change(uow: UnitOfWork, rule_id: UUID, version: int, act: RuleAct) -> DirectiveRule:
    rule = await queries.rule_to_change(uow.session, uow.actor, rule_id)
    expect(version, rule.version)
    rule.state = advance(rule.state, act)
    return rule


def _announce(uow: UnitOfWork, rule: DirectiveRule, act: RuleAct) -> None:
    uow.announce(
        DirectiveRuleChanged(rule_id=rule.id, issuer=rule.issuer, name=rule.name, act=act)
    )
