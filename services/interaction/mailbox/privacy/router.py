"""HTTP of privacy."""

from secrets import token_bytes
from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.citizens.lockout import NoSuchLetter
from services.interaction.citizens.router import Keys, Shown
from services.interaction.mailbox.privacy import queries
from services.interaction.mailbox.privacy.commands import erasing, holding
from shared.contracts.letters import LetterNumber, ListedLetter
from shared.contracts.page import Page
from shared.contracts.privacy import (
    Contact,
    ErasureDecision,
    ErasureReason,
    ErasureRequest,
    ErasureState,
    LetterAccess,
    LetterRecord,
)
from shared.requests import (
    BeginAct,
    BeginAsAnyone,
    BeginStep,
    IfMatch,
    Reading,
    Somebody,
    WhichPage,
)

router = APIRouter(prefix="/v1", tags=["privacy"])


@router.post("/public/letters/{number}/erasure", status_code=201, response_model=ErasureRequest)
async def ask_to_erase_own_letter(
    number: LetterNumber,
    shown: Shown,
    asked: ErasureReason,
    begin: BeginAsAnyone,
    keyring: Keys,
) -> Response:
    """Ask that one's own letter, once it is answered, be erased."""
    async with begin() as uow:
        erasure = await erasing.ask_as_writer(uow, number, shown, asked, keyring, token_bytes)
        answer = await uow.answer(ErasureRequest, erasure, 201) if erasure else None
    if answer is None:
        raise NoSuchLetter
    return answer


@router.get("/public/letters/{number}/export")
async def export_own_letter(
    number: LetterNumber, shown: Shown, begin: BeginAsAnyone, keyring: Keys
) -> LetterRecord:
    """Return all that is held of one's own letter, and when staff saw it."""
    async with begin() as uow:
        held = await holding.export_own(uow, number, shown, keyring)
    if held is None:
        raise NoSuchLetter
    return held


@router.post("/letters/{letter_id}/erasure", status_code=201, response_model=ErasureRequest)
async def ask_to_erase_letter(
    letter_id: UUID, asked: ErasureReason, begin: BeginAct, keyring: Keys
) -> Response:
    """Ask that a letter to one's site be erased; another person decides."""
    async with begin() as uow:
        erasure = await erasing.ask_as_clerk(uow, letter_id, asked, keyring, token_bytes)
        return await uow.answer(ErasureRequest, erasure, 201)


@router.get("/letter-erasures")
async def list_erasures(
    actor: Somebody, session: Reading, page: WhichPage, state: ErasureState | None = None
) -> Page[ErasureRequest]:
    """Return requests to erase letters to one's sites, the latest first."""
    return await queries.erasures(session, actor, state, page)


@router.post("/letter-erasures/{erasure_id}/decision", response_model=ErasureRequest)
async def decide_erasure(
    erasure_id: UUID, decision: ErasureDecision, version: IfMatch, begin: BeginAct
) -> Response:
    """Erase a letter for good as somebody else asked, or refuse to."""
    async with begin() as uow:
        erasure = await erasing.decide_erasure(uow, erasure_id, decision, version=version)
        return await uow.answer(ErasureRequest, erasure)


@router.get("/letters/{letter_id}/accesses")
async def list_accesses(
    actor: Somebody, letter_id: UUID, session: Reading, page: WhichPage
) -> Page[LetterAccess]:
    """Return who of the staff saw a letter, to those who administer its site, latest first."""
    return await queries.accesses(session, actor, letter_id, page)


@router.post("/writers/letters")
async def find_letters_by_contact(
    contact: Contact, begin: BeginStep, page: WhichPage, keyring: Keys
) -> Page[ListedLetter]:
    """Return letters of whoever has this contact within the actor's authority; it is noted."""
    async with begin() as uow:
        return await holding.find_by_contact(uow, contact, keyring, page)


@router.post("/writers/export")
async def export_writer(
    contact: Contact, begin: BeginStep, page: WhichPage, keyring: Keys
) -> Page[LetterRecord]:
    """Return all that is held of a writer at the sites one administers; it is noted."""
    async with begin() as uow:
        return await holding.export_of_writer(uow, contact, keyring, page)
