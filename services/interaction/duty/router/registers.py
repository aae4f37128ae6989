"""HTTP of desks, their registers and absences."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.duty.commands import absences, enrolling
from services.interaction.duty.queries import registers as queries
from shared.contracts.page import Page
from shared.contracts.rostering import (
    AbsentDays,
    DutyAbsence,
    DutyDesk,
    DutyMember,
    DutyMemberTerms,
    NewDutyMember,
)
from shared.contracts.text import OrganizationCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["duty"])


@router.get("/duty-desks")
async def list_desks(actor: Somebody, session: Reading, page: WhichPage) -> Page[DutyDesk]:
    """Return the desks the bearer may know of: by its posts, or from being on their register."""
    return await queries.desks(session, actor, page)


@router.get("/duty-desks/{organization}/members")
async def list_members(
    organization: OrganizationCode, actor: Somebody, session: Reading, page: WhichPage
) -> Page[DutyMember]:
    """Return a desk's register, with those who left."""
    return await queries.members(session, actor, organization, page)


@router.post("/duty-desks/{organization}/members", status_code=201, response_model=DutyMember)
async def enrol_member(
    organization: OrganizationCode, new: NewDutyMember, begin: BeginAct
) -> Response:
    """Put a person on an organization's register; the first one opens its desk."""
    async with begin() as uow:
        return await uow.answer(DutyMember, await enrolling.enrol(uow, organization, new), 201)


@router.put("/duty-members/{member_id}", response_model=DutyMember)
async def change_member(
    member_id: UUID, terms: DutyMemberTerms, version: IfMatch, begin: BeginAct
) -> Response:
    """Say otherwise what a member is called and does; one who serves no more has no days."""
    async with begin() as uow:
        member = await enrolling.change_member(uow, member_id, terms, version=version)
        return await uow.answer(DutyMember, member)


@router.post("/duty-members/{member_id}/leaving", response_model=DutyMember)
async def leave(member_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Let a member leave the register; the days they had are vacant."""
    async with begin() as uow:
        member = await enrolling.leave(uow, member_id, version=version)
        return await uow.answer(DutyMember, member)


@router.get("/duty-desks/{organization}/absences")
async def list_absences(
    organization: OrganizationCode, actor: Somebody, session: Reading, page: WhichPage
) -> Page[DutyAbsence]:
    """Return the absences at a desk, the latest first: all to its keepers, else one's own."""
    return await queries.absences(session, actor, organization, page)


@router.post("/duty-members/{member_id}/absences", status_code=201, response_model=DutyAbsence)
async def record_absence(member_id: UUID, days: AbsentDays, begin: BeginAct) -> Response:
    """Note that a member will be away; days they have by then fall vacant on a keeper's word."""
    async with begin() as uow:
        absence = await absences.record_absence(uow, member_id, days)
        return await uow.answer(DutyAbsence, absence, 201)


@router.post("/duty-absences/{absence_id}/withdrawal", response_model=DutyAbsence)
async def withdraw_absence(absence_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Note that a member is there after all."""
    async with begin() as uow:
        absence = await absences.withdraw_absence(uow, absence_id, version=version)
        return await uow.answer(DutyAbsence, absence)
