"""HTTP of following a letter."""

from fastapi import APIRouter, Response

from services.interaction.citizens.lockout import NoSuchLetter, TooManyWrongCodes
from services.interaction.citizens.router import Keys, QueryCode
from services.interaction.mailbox.following import commands
from shared.contracts.letters import LetterNumber
from shared.contracts.opened_letters import LetterStatus
from shared.http import render
from shared.requests import BeginAsAnyone

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.get("/public/letters/{number}", response_model=LetterStatus)
async def follow_letter(
    number: LetterNumber, query_code: QueryCode, begin: BeginAsAnyone, keyring: Keys
) -> LetterStatus | Response:
    """Return a letter's status to its writer.

    A wrong code and an unknown number are answered alike, and counted alike: too many of them
    close the number for a while.
    """
    try:
        async with begin() as uow:
            status = await commands.follow(uow, number, query_code, keyring)
    except TooManyWrongCodes as locked:
        return render(locked, {"Retry-After": str(locked.seconds)})
    # Only here, so that the count of the wrong code is committed.
    if status is None:
        raise NoSuchLetter
    return status
