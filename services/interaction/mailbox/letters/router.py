"""HTTP of letters whatever their state, and the keys every room of the mailbox is given."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from services.interaction.mailbox.letters import queries
from services.interaction.mailbox.letters.sealing import Keyring
from shared.contracts.letters import LetterState, ListedLetter
from shared.contracts.page import Page
from shared.requests import Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["mailbox"])


async def keyring_of(request: Request) -> Keyring:
    """Return the keys this application seals letters with."""
    keyring: Keyring = request.app.state.keyring
    return keyring


Keys = Annotated[Keyring, Depends(keyring_of)]


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
