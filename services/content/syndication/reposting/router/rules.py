"""HTTP of what sites accept by themselves."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.syndication.reposting import queries
from services.content.syndication.reposting.commands import arranging
from shared.contracts.page import Page
from shared.contracts.reposting import AcceptanceRule, NewAcceptanceRule
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1/acceptance-rules", tags=["syndication"])


@router.post("", status_code=201, response_model=AcceptanceRule)
async def make_rule(new: NewAcceptanceRule, begin: BeginAct) -> Response:
    """Let a site accept by itself what fits, as soon as it is ordered."""
    async with begin() as uow:
        return await uow.answer(AcceptanceRule, await arranging.make_rule(uow, new), 201)


@router.get("")
async def list_rules(
    actor: Somebody, session: Reading, page: WhichPage, site_code: SiteCode | None = None
) -> Page[AcceptanceRule]:
    """Return the rules of sites the bearer may repost for, ended ones too, newest first."""
    return await queries.rules(session, actor, site_code, page)


@router.put("/{rule_id}", response_model=AcceptanceRule)
async def change_rule(
    rule_id: UUID, new: NewAcceptanceRule, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Let a rule fit something else, from now on in the bearer's name."""
    async with begin() as uow:
        changed = await arranging.change_rule(uow, rule_id, new, version=if_match)
        return await uow.answer(AcceptanceRule, changed)


@router.post("/{rule_id}/suspension", response_model=AcceptanceRule)
async def suspend_rule(rule_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Let a rule do nothing until it is resumed."""
    async with begin() as uow:
        return await uow.answer(
            AcceptanceRule, await arranging.suspend_rule(uow, rule_id, version=if_match)
        )


@router.post("/{rule_id}/resumption", response_model=AcceptanceRule)
async def resume_rule(rule_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Let a rule act again, on what is ordered from now on."""
    async with begin() as uow:
        return await uow.answer(
            AcceptanceRule, await arranging.resume_rule(uow, rule_id, version=if_match)
        )


@router.delete("/{rule_id}", response_model=AcceptanceRule)
async def end_rule(rule_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """End a rule; it stays to be read."""
    async with begin() as uow:
        return await uow.answer(
            AcceptanceRule, await arranging.end_rule(uow, rule_id, version=if_match)
        )
