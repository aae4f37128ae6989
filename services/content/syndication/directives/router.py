"""HTTP of directives and what they oblige to."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.registry import queries as registry
from services.content.syndication.directives import queries
from services.content.syndication.directives.commands import answering, issuing, ruling
from services.content.syndication.directives.deadline import offered
from services.content.syndication.directives.queries import Wanted
from shared.contracts.binding import DeadlinePolicy, DirectivePreview
from shared.contracts.declining import Decline, DeclineDecision
from shared.contracts.directives import (
    Directive,
    Due,
    NewDirective,
    Obligation,
    ObligationAnswer,
    ObligationState,
)
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, InHouse, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["syndication"])


@router.get("/deadline-policies")
async def list_policies(_: Somebody, session: Reading, stands: InHouse) -> list[DeadlinePolicy]:
    """Return how deadlines may be counted, by which source, and what each comes to now."""
    return offered(stands.clock(), await registry.calendar(session))


@router.post("/directives", status_code=201, response_model=Directive)
async def issue_directive(new: NewDirective, begin: BeginAct) -> Response:
    """Order sites to repost a public item."""
    async with begin() as uow:
        return await uow.answer(Directive, await issuing.issue_directive(uow, new), 201)


@router.post("/directives/preview", response_model=DirectivePreview)
async def preview_directive(new: NewDirective, begin: BeginAct) -> Response:
    """Return whom a directive would bind and by when; nothing is issued."""
    async with begin() as uow:
        return await uow.answer(DirectivePreview, await issuing.preview_directive(uow, new))


@router.get("/directives")
async def list_directives(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    item_id: UUID | None = None,
    rule_id: UUID | None = None,
) -> Page[Directive]:
    """Return the directives of issuers in whose name the bearer may issue, newest first."""
    return await queries.directives(session, actor, item_id, rule_id, page)


@router.get("/directives/{directive_id}", response_model=Directive)
async def read_directive(directive_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a directive to those who may issue one in its issuer's name."""
    return await queries.directive(session, actor, directive_id)


@router.get("/directives/{directive_id}/obligations")
async def list_coverage(
    directive_id: UUID,
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: ObligationState | None = None,
    due: Due | None = None,
) -> Page[Obligation]:
    """Return what each site did about a directive."""
    await queries.directive(session, actor, directive_id)
    wanted = Wanted(state=state, due=due)
    return await queries.obligations_under(session, directive_id, wanted, page)


@router.get("/obligations")
async def list_obligations(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    state: ObligationState | None = None,
    due: Due | None = None,
) -> Page[Obligation]:
    """Return what the sites the bearer reposts for owe, newest first."""
    return await queries.obligations_of(session, actor, Wanted(site_code, state, due), page)


@router.get("/escalations")
async def list_escalations(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    state: ObligationState | None = None,
) -> Page[Obligation]:
    """Return what sites were late with, to who supervises them, newest first."""
    return await queries.escalations(session, actor, Wanted(site_code, state), page)


@router.post("/obligations/{obligation_id}/answer", response_model=Obligation)
async def answer_obligation(
    obligation_id: UUID, given: ObligationAnswer, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Repost the item on the site, at once and unchanged, or decline with a reason."""
    async with begin() as uow:
        obligation = await answering.answer_obligation(uow, obligation_id, given, version=if_match)
        return await uow.answer(Obligation, obligation)


@router.post("/obligations/{obligation_id}/ruling", response_model=Obligation)
async def rule_on_decline(
    obligation_id: UUID, decision: DeclineDecision, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Accept a site's decline, or reject it: then the site owes the repost again."""
    async with begin() as uow:
        ruled = await ruling.rule_on_decline(uow, obligation_id, decision, version=if_match)
        return await uow.answer(Obligation, ruled)


@router.get("/obligations/{obligation_id}/declines")
async def list_declines(
    obligation_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[Decline]:
    """Return when and why a site declined and what the issuer ruled, newest first."""
    return await queries.declines(session, actor, obligation_id, page)
