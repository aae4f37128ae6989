"""HTTP of contributions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.content.registry import queries as registry
from services.content.supply.commands import contributing, deciding
from services.content.supply.models import Contribution as ContributionRow
from services.content.supply.queries import contributing as queries
from services.content.supply.schemas import ContributionFilter, window
from services.content.supply.statement import as_csv
from shared.contracts.page import Page
from shared.contracts.supply import (
    Adoption,
    Because,
    Contribution,
    ContributionCount,
    ContributionState,
    ContributionText,
    NewContribution,
)
from shared.contracts.text import SiteCode
from shared.moments import Day
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1/contributions", tags=["supply"])

CSV = "text/csv; charset=utf-8"
Since = Annotated[Day, Query(alias="from", description="First day, in Beijing.")]
Until = Annotated[Day, Query(alias="to", description="Last day, in Beijing.")]


@router.post("", status_code=201, response_model=Contribution)
async def submit_contribution(new: NewContribution, begin: BeginAct) -> Response:
    """Send a text from a unit to its own site or to one above it."""
    async with begin() as uow:
        return await uow.answer(Contribution, await contributing.submit(uow, new), 201)


@router.get("")
async def list_contributions(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    task_id: UUID | None = None,
    state: ContributionState | None = None,
) -> Page[Contribution]:
    """Return what came to the bearer's sites and what its unit sent, newest first."""
    wanted = ContributionFilter(site_code=site_code, task_id=task_id, state=state)
    return await queries.contributions(session, actor, wanted, page)


@router.get("/counts")
async def count_contributions(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    since: Since,
    until: Until,
    site_code: SiteCode | None = None,
) -> Page[ContributionCount]:
    """Return per unit how much was submitted, adopted and published in a time."""
    return await queries.counts(session, actor, window(since, until), site_code, page)


@router.get("/counts.csv", response_class=Response)
async def export_counts(
    actor: Somebody,
    session: Reading,
    since: Since,
    until: Until,
    site_code: SiteCode | None = None,
) -> Response:
    """Return the counts of all units as a table for spreadsheets."""
    counts = await queries.all_counts(session, actor, window(since, until), site_code)
    names = await registry.names(session, [count.organization for count in counts])
    return Response(as_csv(counts, names), media_type=CSV)


@router.get("/{contribution_id}", response_model=Contribution)
async def read_contribution(
    contribution_id: UUID, actor: Somebody, session: Reading, response: Response
) -> ContributionRow:
    """Return one contribution with what the checks found."""
    contribution = await queries.contribution(session, actor, contribution_id)
    response.headers["ETag"] = f'"{contribution.version}"'
    return contribution


@router.put("/{contribution_id:uuid}", response_model=Contribution)
async def revise_contribution(
    contribution_id: UUID, text: ContributionText, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Put right what was returned, and send it again."""
    async with begin() as uow:
        done = await contributing.revise(uow, contribution_id, text, version=if_match)
        return await uow.answer(Contribution, done)


@router.post("/{contribution_id}/withdrawal", response_model=Contribution)
async def withdraw_contribution(
    contribution_id: UUID, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Take back what the site has not decided about."""
    async with begin() as uow:
        done = await contributing.withdraw(uow, contribution_id, version=if_match)
        return await uow.answer(Contribution, done)


@router.post("/{contribution_id}/adoption", response_model=Contribution)
async def adopt_contribution(
    contribution_id: UUID, adoption: Adoption, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Make a contribution the first text of an item, whose writer is the contributor."""
    async with begin() as uow:
        done = await deciding.adopt(uow, contribution_id, adoption, version=if_match)
        return await uow.answer(Contribution, done)


@router.post("/{contribution_id}/return", response_model=Contribution)
async def return_contribution(
    contribution_id: UUID, because: Because, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Return a contribution to be put right."""
    async with begin() as uow:
        done = await deciding.send_back(uow, contribution_id, because.reason, version=if_match)
        return await uow.answer(Contribution, done)


@router.post("/{contribution_id}/refusal", response_model=Contribution)
async def decline_contribution(
    contribution_id: UUID, because: Because, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Say that a contribution will not be used."""
    async with begin() as uow:
        done = await deciding.decline(uow, contribution_id, because.reason, version=if_match)
        return await uow.answer(Contribution, done)
