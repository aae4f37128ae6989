"""HTTP of the desk."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.desk import commands
from shared.contracts.opened_letters import OpenedLetter
from shared.requests import BeginStep

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.get("/letters/{letter_id}")
async def read_letter(
    letter_id: UUID, begin: BeginStep, keyring: Keys, response: Response
) -> OpenedLetter:
    """Return a letter unsealed, with its latest answer and what the checks found in it.

    Who read it and when is kept, and announced.
    """
    async with begin() as uow:
        letter = await commands.open_letter(uow, letter_id, keyring)
    response.headers["ETag"] = f'"{letter.version}"'
    return letter
