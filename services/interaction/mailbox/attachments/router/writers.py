"""HTTP of attachments for the writers of letters, and for everyone."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.interaction.citizens.lockout import NoSuchLetter
from services.interaction.citizens.number import as_issued
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.router import Keys, Shown
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.attachments import place, queries
from services.interaction.mailbox.attachments.adapters import sent
from services.interaction.mailbox.attachments.router.giving import BYTES, given
from services.interaction.mailbox.attachments.router.uploading import AtReception
from services.interaction.mailbox.attachments.sealing import FileKey
from services.interaction.mailbox.letters import commands as opening
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from shared.contracts.attachments import Attachment, AttachmentForm
from shared.contracts.letters import LetterNumber
from shared.requests import Begin, BeginStepAsAnyone, InHouse

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.get("/public/letters/{number}/attachments")
async def list_own_attachments(
    number: LetterNumber,
    shown: Shown,
    begin: BeginStepAsAnyone,
    stands: InHouse,
    keyring: Keys,
) -> list[Attachment]:
    """Return the files that came with a letter to its writer; a wrong code counts."""
    letter = await _own_letter(begin, number, shown, keyring)
    async with stands.readings() as session:
        rows = await queries.attachments(session, letter.id)
    key = letters.key_of(letter, keyring)
    return [queries.seen_by_writer(row, key) for row in rows]


@router.get(
    "/public/letters/{number}/attachments/{attachment_id}",
    response_class=Response,
    responses=BYTES,
)
async def read_own_attachment(
    number: LetterNumber,
    attachment_id: UUID,
    shown: Shown,
    begin: BeginStepAsAnyone,
    stands: InHouse,
    keyring: Keys,
    reception: AtReception,
) -> Response:
    """Return a file to the writer of its letter; a wrong code counts."""
    letter = await _own_letter(begin, number, shown, keyring)
    async with stands.readings() as session:
        row = await queries.attachment(session, letter.id, attachment_id)
    key = letters.key_of(letter, keyring)
    return await given(row, AttachmentForm.READING, key, reception.vault)


@router.get(
    "/public/letters/{number}/publication/attachments/{name}",
    response_class=Response,
    responses=BYTES,
)
async def read_published_attachment(
    number: LetterNumber, name: str, request: Request, stands: InHouse, reception: AtReception
) -> Response:
    """Return the redacted rendition of a published letter's attachment."""
    async with stands.readings() as session:
        row = await queries.published(session, as_issued(number), name)
    headers = {"ETag": f'"{row.sha256}"', "Cache-Control": "public, max-age=60"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    key = FileKey(row.key, row.id)
    data = await reception.vault.get(key, place.PUBLIC, place.rendition(row.id))
    return sent(row.name, row.kind, data, **headers)


async def _own_letter(begin: Begin, number: str, shown: ShownCode, keyring: Keyring) -> Letter:
    """Return the letter whose number and code are shown; a wrong code and no letter are alike."""
    number = as_issued(number)
    async with begin() as uow:
        fits = await opening.opens(uow, number, shown, keyring)
        letter = await letters.numbered(uow.session, number) if fits else None
    # Only here, so that the count of the wrong code is committed.
    if letter is None:
        raise NoSuchLetter
    return letter
