"""HTTP of writing in."""

from secrets import token_bytes

from fastapi import APIRouter, Response

from services.interaction.mailbox.intake import commands
from services.interaction.mailbox.letters.router import Keys
from services.interaction.mailbox.letters.sealing import Keyring
from shared.contracts.letters import LetterReceipt
from shared.contracts.writing import NewLetter
from shared.requests import AlreadyAnswered, BeginAsAnyone
from shared.sealing import NONCE_BYTES

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.post("/public/letters", status_code=201, response_model=LetterReceipt)
async def write_letter(new: NewLetter, begin: BeginAsAnyone, keyring: Keys) -> Response:
    """Write to a site's mailbox; number and query code open the letter's status."""
    try:
        async with begin() as uow:
            receipt = await commands.receive(uow, new, keyring, token_bytes)
            kept = await uow.answer(LetterReceipt, _closed(receipt, keyring), 201)
    except AlreadyAnswered as known:
        kept = known.response
    return _opened(kept, keyring)


def _closed(receipt: LetterReceipt, keyring: Keyring) -> LetterReceipt:
    """Seal the code in a receipt, because answers to keyed requests are kept for a day."""
    code = keyring.close_code(token_bytes(NONCE_BYTES), receipt.number, receipt.query_code)
    return receipt.model_copy(update={"query_code": code})


def _opened(kept: Response, keyring: Keyring) -> Response:
    """Show the code of a receipt, kept just now or a while ago, to its writer."""
    receipt = LetterReceipt.model_validate_json(bytes(kept.body))
    code = keyring.open_code(receipt.number, receipt.query_code)
    shown = receipt.model_copy(update={"query_code": code})
    headers = {name: value for name, value in kept.headers.items() if name != "content-length"}
    return Response(shown.model_dump_json(), kept.status_code, headers)
