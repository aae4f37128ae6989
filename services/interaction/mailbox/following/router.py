"""HTTP of following a letter."""

from fastapi import APIRouter

from services.interaction.citizens.lockout import NoSuchLetter
from services.interaction.citizens.router import Keys, Shown
from services.interaction.mailbox.following import commands
from shared.contracts.letters import LetterNumber
from shared.contracts.opened_letters import LetterStatus
from shared.contracts.writing import Consent
from shared.requests import BeginAsAnyone

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.get("/public/letters/{number}")
async def follow_letter(
    number: LetterNumber,
    shown: Shown,
    begin: BeginAsAnyone,
    keyring: Keys,
) -> LetterStatus:
    """Return a letter's status to its writer.

    A wrong code and an unknown number are answered alike, and counted alike: after too many of
    them a proof of work, made for the form `letter_status`, is asked for during a while.
    """
    async with begin() as uow:
        status = await commands.follow(uow, number, shown, keyring)
    return _found(status)


@router.put("/public/letters/{number}/consent")
async def change_consent(
    number: LetterNumber,
    given: Consent,
    shown: Shown,
    begin: BeginAsAnyone,
    keyring: Keys,
) -> LetterStatus:
    """Give or withdraw consent to publication, as long as nothing is published."""
    async with begin() as uow:
        status = await commands.consent(uow, number, shown, keyring, may_publish=given.may_publish)
    return _found(status)


def _found(status: LetterStatus | None) -> LetterStatus:
    """Return a status, or refuse, now that the count of the wrong code is committed."""
    if status is None:
        raise NoSuchLetter
    return status
