"""HTTP of the desk."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.mailbox.desk import queries
from services.interaction.mailbox.letters.router import Keys
from shared.contracts.opened_letters import OpenedLetter
from shared.requests import Reading, Somebody

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.get("/letters/{letter_id}")
async def read_letter(
    actor: Somebody, letter_id: UUID, session: Reading, keyring: Keys, response: Response
) -> OpenedLetter:
    """Return a letter unsealed, with its latest answer and what the checks found in it."""
    letter = await queries.opened_letter(session, actor, keyring, letter_id)
    response.headers["ETag"] = f'"{letter.version}"'
    return letter
