"""HTTP of files on their way in."""

from secrets import token_bytes, token_urlsafe
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.attachments import place
from services.interaction.mailbox.attachments.adapters import (
    Reception,
    expect,
    receive,
    reception_of,
)
from services.interaction.mailbox.attachments.commands import arriving
from services.interaction.mailbox.attachments.commands.arriving import Sealed
from services.interaction.mailbox.attachments.limits import limits
from services.interaction.mailbox.attachments.sealing import FileKey
from shared.contracts.attachments import AttachmentClaim
from shared.requests import BeginStepAsAnyone
from shared.sealing import KEY_BYTES

router = APIRouter(prefix="/v1", tags=["mailbox"])
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
AtReception = Annotated[Reception, Depends(reception_of)]


@router.post(
    "/public/letter-attachments",
    status_code=201,
    response_model=AttachmentClaim,
    openapi_extra=FORM,
)
async def upload_attachment(
    request: Request, begin: BeginStepAsAnyone, keyring: Keys, reception: AtReception
) -> Response:
    """Upload a file that a letter will name by its claim; otherwise it is deleted in time."""
    expect(request, limits())
    async with begin() as uow:
        file = await arriving.begin_upload(uow, reception.source(request))
    sealed = await take_in(request, reception, file)
    async with begin() as uow:
        claim = await arriving.finish_upload(
            uow, sealed, token_urlsafe(32), keyring, reception.judging, token_bytes
        )
        return await uow.answer(AttachmentClaim, claim, 201)


async def take_in(request: Request, reception: Reception, file: UUID) -> Sealed:
    """Read a file and store it sealed; its bytes are kept nowhere else."""
    received = await receive(request, limits())
    key = FileKey(token_bytes(KEY_BYTES), file)
    lies_at = place.of(file, place.ORIGINAL)
    await reception.vault.put(key, received.data, place.ORIGINAL, lies_at)
    return Sealed(key, received.name, len(received.data))
