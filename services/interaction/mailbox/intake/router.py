"""HTTP of writing in."""

from secrets import token_bytes

from fastapi import APIRouter, Response

from services.interaction.citizens.router import Keys, closed, opened
from services.interaction.mailbox.intake import commands
from shared.contracts.letters import LetterReceipt
from shared.contracts.writing import NewLetter
from shared.requests import AlreadyAnswered, BeginAsAnyone

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.post("/public/letters", status_code=201, response_model=LetterReceipt)
async def write_letter(new: NewLetter, begin: BeginAsAnyone, keyring: Keys) -> Response:
    """Write to a site's mailbox; number and query code open the letter's status."""
    try:
        async with begin() as uow:
            receipt = await commands.receive(uow, new, keyring, token_bytes)
            kept = await uow.answer(LetterReceipt, closed(receipt, keyring), 201)
    except AlreadyAnswered as known:
        kept = known.response
    return opened(LetterReceipt, kept, keyring)
