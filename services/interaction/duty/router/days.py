"""HTTP of days of duty: who has them, signing on, notes, cover."""

from secrets import token_bytes
from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.citizens.router import Keys
from services.interaction.duty.commands import attending, covering
from services.interaction.duty.queries import days as queries
from shared.contracts.duty import Duty, DutyNow, HandoverNote, OpenedDuty
from shared.contracts.page import Page
from shared.contracts.rostering import Cover, NewHandoverNote, SignOff
from shared.contracts.text import OrganizationCode
from shared.moments import Day
from shared.requests import BeginAct, BeginStep, IfMatch, InHouse, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["duty"])


@router.get("/duty-desks/{organization}/now")
async def read_now(
    organization: OrganizationCode, actor: Somebody, session: Reading, stands: InHouse
) -> DutyNow:
    """Return who is on duty at this moment, and who leads."""
    return await queries.now(session, actor, organization, stands.clock())


@router.get("/duty-desks/{organization}/duties")
async def list_duties(
    organization: OrganizationCode,
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    since: Day | None = None,
    until: Day | None = None,
) -> Page[Duty]:
    """Return a desk's published days in their order."""
    return await queries.duties(session, actor, organization, since, until, page)


@router.get("/my-duties")
async def list_own_duties(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    since: Day | None = None,
    until: Day | None = None,
) -> Page[Duty]:
    """Return the days that the bearer has, at whatever desks, in their order."""
    return await queries.own(session, actor, since, until, page)


@router.get("/duties/{duty_id}")
async def read_duty(
    duty_id: UUID, actor: Somebody, session: Reading, response: Response
) -> OpenedDuty:
    """Return one day with all that happened to it."""
    duty = await queries.opened(session, actor, duty_id)
    response.headers["ETag"] = f'"{duty.version}"'
    return duty


@router.post("/duties/{duty_id}/cover", response_model=Duty)
async def cover_duty(duty_id: UUID, by: Cover, version: IfMatch, begin: BeginAct) -> Response:
    """Let somebody take a day over at once: on a keeper's word, or a vacant one on their own."""
    async with begin() as uow:
        return await uow.answer(Duty, await covering.cover(uow, duty_id, by, version=version))


@router.post("/duties/{duty_id}/sign-on", response_model=Duty)
async def sign_on(duty_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Be on duty from this moment on."""
    async with begin() as uow:
        return await uow.answer(Duty, await attending.sign_on(uow, duty_id, version=version))


@router.post("/duties/{duty_id}/sign-off", response_model=Duty)
async def sign_off(
    duty_id: UUID, end: SignOff, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """End one's day, with a note for the next where there is something to hand on."""
    async with begin() as uow:
        duty = await attending.sign_off(
            uow, duty_id, end.note, keyring, token_bytes, version=version
        )
        return await uow.answer(Duty, duty)


@router.post("/duties/{duty_id}/notes", status_code=201, response_model=Duty)
async def leave_note(
    duty_id: UUID, new: NewHandoverNote, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Leave something for whoever is on duty next; the answer does not repeat it."""
    async with begin() as uow:
        duty = await attending.leave_note(
            uow, duty_id, new.text, keyring, token_bytes, version=version
        )
        return await uow.answer(Duty, duty, 201)


@router.get("/duty-desks/{organization}/notes")
async def read_notes(
    organization: OrganizationCode, page: WhichPage, begin: BeginStep, keyring: Keys
) -> Page[HandoverNote]:
    """Return a desk's hand-over notes to those on its register, the latest first.

    They may hold what citizens wrote, so that they were read is announced.
    """
    async with begin() as uow:
        return await attending.read_notes(uow, organization, keyring, page)
