"""HTTP of sorting."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.mailbox.sorting import commands
from services.interaction.mailbox.sorting.schemas import Dispatch
from shared.contracts.letters import Letter
from shared.requests import BeginAct, IfMatch

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.post("/letters/{letter_id}/dispatch", response_model=Letter)
async def dispatch_letter(
    letter_id: UUID, to: Dispatch, version: IfMatch, begin: BeginAct
) -> Response:
    """Give a letter to the unit that must answer it."""
    async with begin() as uow:
        letter = await commands.dispatch(uow, letter_id, to.organization, version=version)
        return await uow.answer(Letter, letter)
