"""Saying which directives a site accepts by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from services.content.registry import queries as registry
from services.content.syndication.reposting import queries
from services.content.syndication.reposting.models import AcceptanceRule
from services.content.syndication.reposting.rule import RuleEnded, unknown_subjects
from shared.auth import Permission
from shared.contracts.reposting import AcceptanceRuleChanged, RuleAct
from shared.ids import new_id
from shared.problem import Fault, Invalid
from shared.uow import UnitOfWork, expect

if TYPE_CHECKING:
    from uuid import UUID

    from shared.contracts.reposting import NewAcceptanceRule
    from shared.contracts.site_life import SiteChanged


async def make_rule(uow: UnitOfWork, new: NewAcceptanceRule) -> AcceptanceRule:
    """Let a site accept by itself what fits, in the name of whoever makes the rule."""
    site = await registry.site(uow.session, new.site_code)
    uow.actor.require(
        Permission.REPOST, site.sponsoring, site_code=site.code, column_id=new.column_id
    )
    rule = AcceptanceRule(
        id=new_id(), site_code=site.code, sponsoring=site.sponsoring, **await _said(uow, new)
    )
    _sign(uow, rule)
    uow.session.add(rule)
    return _announced(uow, rule, RuleAct.MADE)


async def change_rule(
    uow: UnitOfWork, rule_id: UUID, new: NewAcceptanceRule, *, version: int
) -> AcceptanceRule:
    """Let a rule fit something else; who changes it answers for it from now on."""
    rule = await _opened(uow, rule_id, version)
    uow.actor.require(
        Permission.REPOST, rule.sponsoring, site_code=rule.site_code, column_id=new.column_id
    )
    if new.site_code != rule.site_code:
        raise Invalid([Fault("/site_code", "other_site", "规则不能改到其他网站，请另建规则。")])
    for name, value in (await _said(uow, new)).items():
        setattr(rule, name, value)
    _sign(uow, rule)
    return _announced(uow, rule, RuleAct.CHANGED)


async def suspend_rule(uow: UnitOfWork, rule_id: UUID, *, version: int) -> AcceptanceRule:
    """Let a rule do nothing until it is resumed."""
    rule = await _opened(uow, rule_id, version)
    rule.suspended = True
    return _announced(uow, rule, RuleAct.SUSPENDED)


async def resume_rule(uow: UnitOfWork, rule_id: UUID, *, version: int) -> AcceptanceRule:
    """Let a rule act again, on what is ordered from now on, in the name of who resumes it."""
    rule = await _opened(uow, rule_id, version)
    rule.suspended = False
    _sign(uow, rule)
    return _announced(uow, rule, RuleAct.RESUMED)


async def end_rule(uow: UnitOfWork, rule_id: UUID, *, version: int) -> AcceptanceRule:
    """Let a rule do nothing any more; it stays to be read."""
    rule = await _opened(uow, rule_id, version)
    rule.ended_at = uow.now
    return _announced(uow, rule, RuleAct.ENDED)


async def follow_sponsor(uow: UnitOfWork, told: SiteChanged) -> None:
    """Let the rules of a site answer to whoever sponsors it now."""
    rules = update(AcceptanceRule).where(
        AcceptanceRule.site_code == told.code, AcceptanceRule.sponsoring != told.sponsoring
    )
    await uow.session.execute(rules.values(sponsoring=told.sponsoring))


async def _opened(uow: UnitOfWork, rule_id: UUID, version: int) -> AcceptanceRule:
    rule = await queries.rule_to_change(uow.session, uow.actor, rule_id)
    expect(version, rule.version)
    if rule.ended_at is not None:
        raise RuleEnded
    return rule


async def _said(uow: UnitOfWork, new: NewAcceptanceRule) -> Mapping[str, Any]:
    issuers = await registry.names(uow.session, new.issuers)
    column = await registry.column(uow.session, new.column_id)
    wrong = [*_unknown_issuers(new, issuers), *unknown_subjects(new.subjects)]
    if column.site_code != new.site_code:
        wrong.append(Fault("/column_id", "other_site", "该栏目不属于此网站。"))
    if wrong:
        raise Invalid(wrong)
    await registry.writable_column(uow.session, new.column_id)
    told = new.model_dump(mode="json", include={"issuers", "kinds", "subjects", "asks"})
    return {**told, "column_id": new.column_id}


def _unknown_issuers(new: NewAcceptanceRule, known: Collection[str]) -> Iterator[Fault]:
    for at, path in enumerate(new.issuers):
        if path not in known:
            yield Fault(f"/issuers/{at}", "unknown", f"没有单位 {path}。")


def _sign(uow: UnitOfWork, rule: AcceptanceRule) -> None:
    rule.made_by, rule.made_at = uow.actor.id, uow.now
    rule.organization = uow.actor.organization
    rule.grants = {name: list(paths) for name, paths in uow.actor.grants.items()}


def _announced(uow: UnitOfWork, rule: AcceptanceRule, act: RuleAct) -> AcceptanceRule:
    uow.announce(
        AcceptanceRuleChanged(
            rule_id=rule.id, site_code=rule.site_code, act=act, column_id=rule.column_id
        )
    )
    return rule
