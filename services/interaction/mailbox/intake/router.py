"""HTTP of writing in, by citizens and by clerks on their behalf, and of what is held."""

from collections.abc import Awaitable, Callable
from secrets import token_bytes
from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.admission import commands as admission
from services.interaction.admission.router import AsStranger
from services.interaction.citizens.router import Keys, closed, opened
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.intake import commands, queries
from shared.contracts.admission import Form
from shared.contracts.held_letters import HeldLetter
from shared.contracts.letters import Letter, LetterReceipt
from shared.contracts.page import Page
from shared.contracts.writing import LetterOnBehalf, NewLetter
from shared.requests import (
    AlreadyAnswered,
    Begin,
    BeginAct,
    BeginAsAnyone,
    IfMatch,
    Reading,
    Somebody,
    WhichPage,
)
from shared.uow import UnitOfWork

TakeIn = Callable[[UnitOfWork], Awaitable[LetterReceipt]]

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.post("/public/letters", status_code=201, response_model=LetterReceipt)
async def write_letter(
    new: NewLetter, begin: BeginAsAnyone, keyring: Keys, stranger: AsStranger
) -> Response:
    """Write to a site's mailbox; number and query code open the letter's status.

    It takes a proof of work, made for the form `letter` and used once.
    """

    async def receive(uow: UnitOfWork) -> LetterReceipt:
        await admission.admit(uow, stranger, Form.LETTER)
        return await commands.receive(uow, new, keyring, token_bytes, stranger.place)

    return await _taken_in(begin, receive, keyring)


@router.post("/letters", status_code=201, response_model=LetterReceipt)
async def enter_letter(new: LetterOnBehalf, begin: BeginAct, keyring: Keys) -> Response:
    """Enter a citizen's call, paper letter or visit; number and code are handed over to them."""

    async def enter(uow: UnitOfWork) -> LetterReceipt:
        return await commands.enter(uow, new, keyring, token_bytes)

    return await _taken_in(begin, enter, keyring)


@router.get("/held-letters")
async def list_held_letters(
    actor: Somebody, session: Reading, page: WhichPage, keyring: Keys
) -> Page[HeldLetter]:
    """Return the letters that wait for a clerk to look at them, the longest held first."""
    return await queries.held_letters(session, actor, keyring, page)


@router.post("/letters/{letter_id}/clearance", response_model=Letter)
async def clear_letter(letter_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Let a held letter count as received; nothing of the hold is told its writer."""
    async with begin() as uow:
        letter = await commands.clear(uow, letter_id, version=version)
        return await uow.answer(Letter, letter)


async def _taken_in(begin: Begin, take_in: TakeIn, keyring: Keyring) -> Response:
    """Take a letter in once, however often the request comes, and show its receipt."""
    try:
        async with begin() as uow:
            receipt = await take_in(uow)
            kept = await uow.answer(LetterReceipt, closed(receipt, keyring), 201)
    except AlreadyAnswered as known:
        kept = known.response
    return opened(LetterReceipt, kept, keyring)
