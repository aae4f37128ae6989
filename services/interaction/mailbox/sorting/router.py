"""HTTP of sorting."""

from secrets import token_bytes
from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.sorting import queries
from services.interaction.mailbox.sorting.commands import co_handling, moving
from shared.contracts.letters import Letter
from shared.contracts.page import Page
from shared.contracts.sorting import (
    CoHandling,
    LetterMove,
    NewCoHandling,
    NewCoHandlingOpinion,
    NewDispatch,
    NewGivingBack,
    NewTransfer,
    OpenedCoHandling,
)
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.post("/letters/{letter_id}/dispatch", response_model=Letter)
async def dispatch_letter(
    letter_id: UUID, to: NewDispatch, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Give a letter to the unit that must answer it, and ask others to help."""
    async with begin() as uow:
        letter = await moving.dispatch(uow, letter_id, to, keyring, token_bytes, version=version)
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/transfer", response_model=Letter)
async def transfer_letter(
    letter_id: UUID, to: NewTransfer, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Let a letter go on to another unit; its number and due date stay."""
    async with begin() as uow:
        letter = await moving.transfer(uow, letter_id, to, keyring, token_bytes, version=version)
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/return", response_model=Letter)
async def give_letter_back(
    letter_id: UUID, why: NewGivingBack, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Give a letter that is not the unit's back to the clerks of its site."""
    async with begin() as uow:
        letter = await moving.give_back(uow, letter_id, why, keyring, token_bytes, version=version)
        return await uow.answer(Letter, letter)


@router.get("/letters/{letter_id}/moves")
async def list_moves(
    letter_id: UUID, actor: Somebody, session: Reading, page: WhichPage, keyring: Keys
) -> Page[LetterMove]:
    """Return a letter's way through the units, the latest first."""
    return await queries.moves(session, actor, keyring, letter_id, page)


@router.post("/letters/{letter_id}/co-handlings", status_code=201, response_model=CoHandling)
async def ask_for_help(
    letter_id: UUID, new: NewCoHandling, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Ask a unit to help the one that answers; it sees the letter for as long as it is asked."""
    async with begin() as uow:
        asked = await co_handling.ask(uow, letter_id, new, keyring, token_bytes, version=version)
        return await uow.answer(CoHandling, asked, 201)


@router.get("/letters/{letter_id}/co-handlings")
async def list_co_handlings(
    letter_id: UUID, actor: Somebody, session: Reading, page: WhichPage, keyring: Keys
) -> Page[OpenedCoHandling]:
    """Return what units were asked about a letter and what they said, the latest first."""
    return await queries.co_handlings(session, actor, keyring, letter_id, page)


@router.post("/co-handlings/{co_handling_id}/opinion", response_model=CoHandling)
async def give_opinion(
    co_handling_id: UUID,
    new: NewCoHandlingOpinion,
    version: IfMatch,
    begin: BeginAct,
    keyring: Keys,
) -> Response:
    """Say what one's own unit has to say; it is asked, and sees the letter, no more."""
    async with begin() as uow:
        asked = await co_handling.give_opinion(
            uow, co_handling_id, new.text, keyring, token_bytes, version=version
        )
        return await uow.answer(CoHandling, asked)


@router.post("/co-handlings/{co_handling_id}/withdrawal", response_model=CoHandling)
async def withdraw_co_handling(
    co_handling_id: UUID, version: IfMatch, begin: BeginAct
) -> Response:
    """Ask a unit no more; it stops seeing the letter."""
    async with begin() as uow:
        asked = await co_handling.take_back(uow, co_handling_id, version=version)
        return await uow.answer(CoHandling, asked)
