"""HTTP of directives and what they oblige to."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.syndication.directives import queries
from services.content.syndication.directives.commands import answering, issuing
from shared.contracts.directives import (
    Directive,
    NewDirective,
    Obligation,
    ObligationAnswer,
    ObligationState,
)
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["syndication"])


@router.post("/directives", status_code=201, response_model=Directive)
async def issue_directive(new: NewDirective, begin: BeginAct) -> Response:
    """Order sites to repost a public item."""
    async with begin() as uow:
        return await uow.answer(Directive, await issuing.issue_directive(uow, new), 201)


@router.get("/directives/{directive_id}", response_model=Directive)
async def read_directive(directive_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a directive to those who may issue one in its issuer's name."""
    return await queries.directive(session, actor, directive_id)


@router.get("/directives/{directive_id}/obligations")
async def list_coverage(
    directive_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[Obligation]:
    """Return what each site did about a directive."""
    await queries.directive(session, actor, directive_id)
    return await queries.obligations_under(session, directive_id, page)


@router.get("/obligations")
async def list_obligations(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    state: ObligationState | None = None,
) -> Page[Obligation]:
    """Return what the sites the bearer reposts for owe, newest first."""
    return await queries.obligations_of(session, actor, site_code, state, page)


@router.post("/obligations/{obligation_id}/answer", response_model=Obligation)
async def answer_obligation(
    obligation_id: UUID, given: ObligationAnswer, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Repost the item on the site, at once and unchanged, or decline with a reason."""
    async with begin() as uow:
        obligation = await answering.answer_obligation(uow, obligation_id, given, version=if_match)
        return await uow.answer(Obligation, obligation)
