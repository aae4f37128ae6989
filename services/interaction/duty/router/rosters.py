"""HTTP of rosters."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.duty.commands import drafting
from services.interaction.duty.models import Roster
from services.interaction.duty.queries import rosters as queries
from shared.contracts.page import Page
from shared.contracts.rostering import DutyRoster, RosterChoice, RosterPeriod, RosterState
from shared.contracts.text import OrganizationCode
from shared.moments import Day
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["duty"])


@router.post("/duty-desks/{organization}/rosters", status_code=201, response_model=DutyRoster)
async def draft_roster(
    organization: OrganizationCode, period: RosterPeriod, begin: BeginAct
) -> Response:
    """Share out the working days of some time among those who can take them."""
    async with begin() as uow:
        return await uow.answer(DutyRoster, await drafting.draft(uow, organization, period), 201)


@router.get("/duty-desks/{organization}/rosters")
async def list_rosters(
    organization: OrganizationCode,
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: RosterState | None = None,
) -> Page[DutyRoster]:
    """Return a desk's rosters, the latest first; drafts to its keepers alone."""
    return await queries.rosters(session, actor, organization, state, page)


@router.get("/duty-rosters/{roster_id}", response_model=DutyRoster)
async def read_roster(
    roster_id: UUID, actor: Somebody, session: Reading, response: Response
) -> Roster:
    """Return one roster with its days, shares and gaps."""
    roster = await queries.roster(session, actor, roster_id)
    response.headers["ETag"] = f'"{roster.version}"'
    return roster


@router.put("/duty-rosters/{roster_id}/days/{on}", response_model=DutyRoster)
async def give_day(
    roster_id: UUID, on: Day, choice: RosterChoice, version: IfMatch, begin: BeginAct
) -> Response:
    """Let a draft give one of its days to somebody else, or to nobody."""
    async with begin() as uow:
        roster = await drafting.give_day(uow, roster_id, on, choice.member_id, version=version)
        return await uow.answer(DutyRoster, roster)


@router.post("/duty-rosters/{roster_id}/publication", response_model=DutyRoster)
async def publish_roster(roster_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Let a draft hold; what it rests on must not have changed."""
    async with begin() as uow:
        roster = await drafting.publish(uow, roster_id, version=version)
        return await uow.answer(DutyRoster, roster)


@router.post("/duty-rosters/{roster_id}/discard", response_model=DutyRoster)
async def discard_roster(roster_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Give a draft up."""
    async with begin() as uow:
        roster = await drafting.discard(uow, roster_id, version=version)
        return await uow.answer(DutyRoster, roster)
