"""HTTP of extensions."""

from secrets import token_bytes
from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.clocks.extensions import commands, queries
from shared.contracts.letter_extensions import (
    ExtensionDecision,
    ExtensionState,
    LetterExtension,
    NewExtension,
)
from shared.contracts.page import Page
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["clocks"])
# Sealed like the letter, so that no answer kept for a day holds them in the clear.
WORDS = frozenset({"reason", "for_writer", "ruling_reason"})


@router.get("/letter-extensions")
async def list_letter_extensions(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    keyring: Keys,
    state: ExtensionState | None = None,
    letter_id: UUID | None = None,
) -> Page[LetterExtension]:
    """Return the extensions of letters within the actor's authority, the latest first."""
    return await queries.extensions(session, actor, keyring, state, letter_id, page)


@router.post("/letters/{letter_id}/extensions", response_model=LetterExtension, status_code=201)
async def ask_for_letter_extension(
    letter_id: UUID, new: NewExtension, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Ask for more time for an answer, before it is due."""
    async with begin() as uow:
        asked = await commands.ask(uow, letter_id, new, keyring, token_bytes, version=version)
        return await uow.answer(LetterExtension, asked, 201, once=WORDS)


@router.post("/letter-extensions/{extension_id}/ruling", response_model=LetterExtension)
async def rule_on_letter_extension(
    extension_id: UUID,
    decided: ExtensionDecision,
    version: IfMatch,
    begin: BeginAct,
    keyring: Keys,
) -> Response:
    """Grant or refuse an extension as the sponsor, and never one's own."""
    async with begin() as uow:
        ruled = await commands.rule(
            uow, extension_id, decided, keyring, token_bytes, version=version
        )
        return await uow.answer(LetterExtension, ruled, once=WORDS)
