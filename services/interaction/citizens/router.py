"""HTTP that citizens meet: codes shown and followed by, and what all may read and keep a while."""

from hashlib import sha256
from secrets import token_bytes
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from services.interaction.admission.router import AsStranger
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.sealing import Keyring
from shared.contracts.following import Receipt
from shared.sealing import NONCE_BYTES

R = TypeVar("R", bound=Receipt)


async def keyring_of(request: Request) -> Keyring:
    """Return the keys this application seals with what citizens write."""
    keyring: Keyring = request.app.state.keyring
    return keyring


Keys = Annotated[Keyring, Depends(keyring_of)]
QueryCode = Annotated[
    str,
    Header(
        alias="X-Query-Code",
        max_length=40,
        description="As on the receipt; case, spaces and dashes do not matter.",
    ),
]


async def shown_code(query_code: QueryCode, stranger: AsStranger) -> ShownCode:
    """Return the code a request shows, and who shows it; `recognize` says what wrong ones cost."""
    return ShownCode(query_code, stranger)


Shown = Annotated[ShownCode, Depends(shown_code)]


def closed(receipt: R, keyring: Keyring) -> R:
    """Seal the code in a receipt, because answers to keyed requests are kept for a day."""
    code = keyring.close_code(token_bytes(NONCE_BYTES), receipt.number, receipt.query_code)
    return receipt.model_copy(update={"query_code": code})


def opened(view: type[R], kept: Response, keyring: Keyring) -> Response:
    """Show the code of a receipt, kept just now or a while ago, to its writer."""
    receipt = view.model_validate_json(bytes(kept.body))
    code = keyring.open_code(receipt.number, receipt.query_code)
    shown = receipt.model_copy(update={"query_code": code})
    headers = {name: value for name, value in kept.headers.items() if name != "content-length"}
    return Response(shown.model_dump_json(), kept.status_code, headers)


def cacheable(request: Request, view: BaseModel) -> Response:
    """Answer with a strong ETag, or with 304 to whoever holds the same already."""
    body = view.model_dump_json().encode()
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=60"}
    held = request.headers.get("If-None-Match", "").replace("W/", "").split(",")
    if etag in (tag.strip() for tag in held):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
