"""HTTP of letters whatever their state."""

from fastapi import APIRouter

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.letters import queries
from shared.contracts.letters import LetterState, ListedLetter
from shared.contracts.page import Page
from shared.requests import Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.get("/letters")
async def list_letters(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    keyring: Keys,
    state: LetterState | None = None,
) -> Page[ListedLetter]:
    """Return the letters within the actor's authority, the latest first."""
    return await queries.letters(session, actor, keyring, state, page)
