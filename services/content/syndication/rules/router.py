"""HTTP of standing rules."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.syndication.rules import queries
from services.content.syndication.rules.commands import keeping
from shared.contracts.binding import DirectivePreview
from shared.contracts.directive_rules import (
    DirectiveRule,
    NewRule,
    RuleData,
    RuleFiring,
    RuleState,
)
from shared.contracts.page import Page
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1/directive-rules", tags=["syndication"])


@router.post("", status_code=201, response_model=DirectiveRule)
async def make_rule(new: NewRule, begin: BeginAct) -> Response:
    """Issue a directive from now on whenever what the rule is about is released."""
    async with begin() as uow:
        return await uow.answer(DirectiveRule, await keeping.make_rule(uow, new), 201)


@router.post("/preview", response_model=DirectivePreview)
async def preview_rule(new: NewRule, begin: BeginAct) -> Response:
    """Return whom a rule would bind if it issued now, and by when; nothing is made."""
    async with begin() as uow:
        return await uow.answer(DirectivePreview, await keeping.preview_rule(uow, new))


@router.get("")
async def list_rules(
    actor: Somebody, session: Reading, page: WhichPage, state: RuleState | None = None
) -> Page[DirectiveRule]:
    """Return the rules of issuers in whose name the bearer may issue, newest first."""
    return await queries.rules(session, actor, state, page)


@router.get("/{rule_id}", response_model=DirectiveRule)
async def read_rule(rule_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a rule to those who may issue in its issuer's name."""
    return await queries.rule(session, actor, rule_id)


@router.put("/{rule_id}", response_model=DirectiveRule)
async def change_rule(
    rule_id: UUID, new: RuleData, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Let a rule issue on other releases, to others or otherwise; what it issued stands."""
    async with begin() as uow:
        changed = await keeping.change_rule(uow, rule_id, new, version=if_match)
        return await uow.answer(DirectiveRule, changed)


@router.delete("/{rule_id}", response_model=DirectiveRule)
async def end_rule(rule_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Let a rule issue no more; it is kept with what it did."""
    async with begin() as uow:
        ended = await keeping.end_rule(uow, rule_id, version=if_match)
        return await uow.answer(DirectiveRule, ended)


@router.post("/{rule_id}/suspension", response_model=DirectiveRule)
async def suspend_rule(rule_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Let a rule pass over what is released until it is resumed."""
    async with begin() as uow:
        suspended = await keeping.suspend_rule(uow, rule_id, version=if_match)
        return await uow.answer(DirectiveRule, suspended)


@router.post("/{rule_id}/resumption", response_model=DirectiveRule)
async def resume_rule(rule_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Let a rule issue again; what it passed over stays passed over."""
    async with begin() as uow:
        resumed = await keeping.resume_rule(uow, rule_id, version=if_match)
        return await uow.answer(DirectiveRule, resumed)


@router.get("/{rule_id}/firings")
async def list_firings(
    rule_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[RuleFiring]:
    """Return what a rule did about each item it met, latest first."""
    await queries.rule(session, actor, rule_id)
    return await queries.firings(session, rule_id, page)
