"""HTTP of answering."""

from secrets import token_bytes
from uuid import UUID

from fastapi import APIRouter, Response

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.answering import commands
from services.interaction.mailbox.answering.schemas import AnswerReview, NewAnswer
from shared.contracts.letters import Letter
from shared.requests import BeginAct, IfMatch

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.post("/letters/{letter_id}/answer", response_model=Letter)
async def draft_answer(
    letter_id: UUID, new: NewAnswer, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Draft the answer that a reviewer will be asked to let go."""
    async with begin() as uow:
        letter = await commands.draft_answer(
            uow, letter_id, new.text, keyring, token_bytes, version=version
        )
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/answer/review", response_model=Letter)
async def review_answer(
    letter_id: UUID, review: AnswerReview, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Let the draft go to the writer, or give it back with a reason."""
    async with begin() as uow:
        letter = await commands.review_answer(
            uow, letter_id, review, keyring, token_bytes, version=version
        )
        return await uow.answer(Letter, letter)
