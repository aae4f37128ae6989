"""HTTP of the mailbox."""

from hashlib import sha256
from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel, Field

from services.interaction.mailbox import queries
from services.interaction.mailbox.commands import answering, writing_in
from services.interaction.mailbox.lockout import NoSuchLetter, TooManyWrongCodes
from services.interaction.mailbox.schemas import AnswerReview, Dispatch, NewAnswer
from services.interaction.mailbox.sealing import Keyring
from shared.contracts.letters import (
    Letter,
    LetterKind,
    LetterNumber,
    LetterReceipt,
    LetterState,
    LetterStatus,
    ListedLetter,
    OpenedLetter,
    PublicLetter,
)
from shared.contracts.page import Page
from shared.contracts.text import Line, SiteCode
from shared.contracts.writing import NewLetter
from shared.http import render
from shared.requests import (
    AlreadyAnswered,
    BeginAct,
    BeginAsAnyone,
    IfMatch,
    Reading,
    Somebody,
    WhichPage,
)
from shared.sealing import NONCE_BYTES

router = APIRouter(prefix="/v1", tags=["mailbox"])


async def keyring_of(request: Request) -> Keyring:
    """Return the keys this application seals letters with."""
    keyring: Keyring = request.app.state.keyring
    return keyring


Keys = Annotated[Keyring, Depends(keyring_of)]
Phrases = Annotated[list[Annotated[Line, Field(min_length=4)]], Query(min_length=1, max_length=5)]
QueryCode = Annotated[
    str,
    Header(
        alias="X-Query-Code",
        max_length=40,
        description="As on the receipt; case, spaces and dashes do not matter.",
    ),
]


@router.post("/public/letters", status_code=201, response_model=LetterReceipt)
async def write_letter(new: NewLetter, begin: BeginAsAnyone, keyring: Keys) -> Response:
    """Write to a site's mailbox; number and query code open the letter's status."""
    try:
        async with begin() as uow:
            receipt = await writing_in.receive(uow, new, keyring, token_bytes)
            kept = await uow.answer(LetterReceipt, _closed(receipt, keyring), 201)
    except AlreadyAnswered as known:
        kept = known.response
    return _opened(kept, keyring)


@router.get("/public/letters", response_model=Page[PublicLetter])
async def list_published_letters(
    request: Request,
    session: Reading,
    page: WhichPage,
    site_code: Annotated[SiteCode | None, Query()] = None,
    kind: LetterKind | None = None,
) -> Response:
    """Return published letters, the latest first, personal data masked."""
    found = await queries.published_letters(session, site_code, kind, page)
    return _cacheable(request, found)


@router.get("/public/letters/{number}", response_model=LetterStatus)
async def follow_letter(
    number: LetterNumber, query_code: QueryCode, begin: BeginAsAnyone, keyring: Keys
) -> LetterStatus | Response:
    """Return a letter's status to its writer.

    A wrong code and an unknown number are answered alike, and counted alike: too many of them
    close the number for a while.
    """
    try:
        async with begin() as uow:
            status = await writing_in.follow(uow, number, query_code, keyring)
    except TooManyWrongCodes as locked:
        return render(locked, {"Retry-After": str(locked.seconds)})
    # Only here, so that the count of the wrong code is committed.
    if status is None:
        raise NoSuchLetter
    return status


@router.get("/public/letters/{number}/publication", response_model=PublicLetter)
async def read_published_letter(
    request: Request, number: LetterNumber, session: Reading
) -> Response:
    """Return one published letter, personal data masked."""
    return _cacheable(request, await queries.published_letter(session, number))


@router.get("/published-letters")
async def list_letters_quoting(
    _: Somebody, session: Reading, page: WhichPage, quoting: Phrases
) -> Page[PublicLetter]:
    """Return published letters that quote something: an address, a document number, a title.

    Each is looked through, so only staff may ask.
    """
    return await queries.quoting(session, quoting, page)


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


@router.get("/letters/{letter_id}")
async def read_letter(
    actor: Somebody, letter_id: UUID, session: Reading, keyring: Keys, response: Response
) -> OpenedLetter:
    """Return a letter unsealed, with its latest answer and what the checks found in it."""
    letter = await queries.opened_letter(session, actor, keyring, letter_id)
    response.headers["ETag"] = f'"{letter.version}"'
    return letter


@router.post("/letters/{letter_id}/dispatch", response_model=Letter)
async def dispatch_letter(
    letter_id: UUID, to: Dispatch, version: IfMatch, begin: BeginAct
) -> Response:
    """Give a letter to the unit that must answer it."""
    async with begin() as uow:
        letter = await answering.dispatch(uow, letter_id, to.organization, version=version)
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/answer", response_model=Letter)
async def draft_answer(
    letter_id: UUID, new: NewAnswer, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Draft the answer that a reviewer will be asked to let go."""
    async with begin() as uow:
        letter = await answering.draft_answer(
            uow, letter_id, new.text, keyring, token_bytes, version=version
        )
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/answer/review", response_model=Letter)
async def review_answer(
    letter_id: UUID, review: AnswerReview, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Let the draft go to the writer, or give it back with a reason."""
    async with begin() as uow:
        letter = await answering.review_answer(
            uow, letter_id, review, keyring, token_bytes, version=version
        )
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/publication", response_model=Letter)
async def publish_letter(
    letter_id: UUID, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Publish a masked rendition of an answered letter whose writer consents."""
    async with begin() as uow:
        letter = await answering.publish(uow, letter_id, keyring, version=version)
        return await uow.answer(Letter, letter)


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


def _cacheable(request: Request, view: BaseModel) -> Response:
    """Answer with a strong ETag, or with 304 to whoever holds the same already."""
    body = view.model_dump_json().encode()
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=60"}
    held = request.headers.get("If-None-Match", "").replace("W/", "").split(",")
    if etag in (tag.strip() for tag in held):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
