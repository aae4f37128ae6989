"""HTTP of screening."""

from secrets import token_bytes
from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.screening import refusal
from services.interaction.mailbox.screening.commands import merging, screening
from shared.contracts.letters import Letter
from shared.contracts.screening import (
    LetterRefusalReason,
    NewMerger,
    NewParting,
    NewRefusal,
    NewUrgency,
)
from shared.requests import BeginAct, IfMatch, Somebody

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.get("/refusal-reasons")
async def list_refusal_reasons(_: Somebody) -> list[LetterRefusalReason]:
    """Return the reasons for which letters may be refused, with the advice their writers read."""
    return refusal.listed()


@router.post("/letters/{letter_id}/acceptance", response_model=Letter)
async def accept_letter(letter_id: UUID, version: IfMatch, begin: BeginAct) -> Response:
    """Take a letter up, before it is known who will answer it."""
    async with begin() as uow:
        return await uow.answer(Letter, await screening.accept(uow, letter_id, version=version))


@router.post("/letters/{letter_id}/refusal", response_model=Letter)
async def refuse_letter(
    letter_id: UUID, why: NewRefusal, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Refuse a letter for a listed reason; its writer reads why, and what to do instead."""
    async with begin() as uow:
        letter = await screening.refuse(uow, letter_id, why, keyring, token_bytes, version=version)
        return await uow.answer(Letter, letter)


@router.put("/letters/{letter_id}/urgency", response_model=Letter)
async def set_urgency(
    letter_id: UUID, new: NewUrgency, version: IfMatch, begin: BeginAct
) -> Response:
    """Say how soon a letter must be looked at; its due date stays."""
    async with begin() as uow:
        letter = await screening.set_urgency(uow, letter_id, new.urgency, version=version)
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/merger", response_model=Letter)
async def merge_letters(
    letter_id: UUID, new: NewMerger, version: IfMatch, begin: BeginAct
) -> Response:
    """Let letters wait for the answer to this one, and return the letter that is answered.

    Named may be one that is merged itself: then they wait for the same as it does.
    """
    async with begin() as uow:
        lead = await merging.merge(uow, letter_id, new.letters, version=version)
        return await uow.answer(Letter, lead)


@router.post("/letters/{letter_id}/parting", response_model=Letter)
async def part_letter(
    letter_id: UUID, why: NewParting, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Let a merged letter be handled by itself again."""
    async with begin() as uow:
        letter = await merging.part(
            uow, letter_id, why.words, keyring, token_bytes, version=version
        )
        return await uow.answer(Letter, letter)
