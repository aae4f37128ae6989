"""HTTP of attachments for those who work on letters."""

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.interaction.citizens.router import Keys
from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.mailbox.attachments import place, queries, renditions
from services.interaction.mailbox.attachments.adapters import Reception, expect, reception_of
from services.interaction.mailbox.attachments.commands import arriving, publishing
from services.interaction.mailbox.attachments.commands.publishing import Made
from services.interaction.mailbox.attachments.limits import limits
from services.interaction.mailbox.attachments.models import Attachment
from services.interaction.mailbox.attachments.renditions import Rendition
from services.interaction.mailbox.attachments.router.giving import BYTES, given
from services.interaction.mailbox.attachments.router.uploading import FORM, take_in
from services.interaction.mailbox.attachments.sealing import FileKey, unwrap_for_letter
from services.interaction.mailbox.letters import commands as access
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from shared.auth import Actor, Permission
from shared.contracts.attachments import AttachmentForm, KeptAttachment, NewDecision
from shared.contracts.privacy import LetterUse
from shared.requests import BeginAct, BeginStep, House, IfMatch, InHouse, Reading, Somebody
from shared.sealing import KEY_BYTES

router = APIRouter(prefix="/v1", tags=["mailbox"])


class Opened(NamedTuple):
    """An attachment with the letter it came with, and that letter's key."""

    row: Attachment
    letter: Letter
    key: WritingKey


@dataclass(frozen=True)
class Desk:
    """What somebody who works on letters opens attachments with."""

    actor: Actor
    stands: House
    keyring: Keyring
    reception: Reception

    async def open(self, letter_id: UUID, attachment_id: UUID) -> Opened:
        """Return an attachment of a letter that the actor may know of, or refuse."""
        async with self.stands.readings() as session:
            letter = await letters.letter(session, self.actor, letter_id)
            row = await queries.attachment(session, letter.id, attachment_id)
        return Opened(row, letter, letters.key_of(letter, self.keyring))


async def desk_of(
    actor: Somebody,
    stands: InHouse,
    keyring: Keys,
    reception: Annotated[Reception, Depends(reception_of)],
) -> Desk:
    """Return the desk of whoever asks."""
    return Desk(actor, stands, keyring, reception)


AtDesk = Annotated[Desk, Depends(desk_of)]


@router.get("/letters/{letter_id}/attachments")
async def list_attachments(
    letter_id: UUID, actor: Somebody, session: Reading, keyring: Keys
) -> list[KeptAttachment]:
    """Return the files of a letter, and what was decided about each."""
    letter = await letters.letter(session, actor, letter_id)
    key = letters.key_of(letter, keyring)
    found = await queries.attachments(session, letter.id)
    return [queries.seen_at_desk(row, key) for row in found]


@router.get(
    "/letters/{letter_id}/attachments/{attachment_id}/content",
    response_class=Response,
    responses=BYTES,
)
async def read_attachment(
    letter_id: UUID,
    attachment_id: UUID,
    desk: AtDesk,
    begin: BeginStep,
    form: AttachmentForm = AttachmentForm.READING,
) -> Response:
    """Return a file that was judged: as readers get it, as redacted, or as the public would.

    Who read it and when is kept, and announced.
    """
    opened = await desk.open(letter_id, attachment_id)
    answer = await given(opened.row, form, opened.key, desk.reception.vault)
    async with begin() as uow:
        access.note_access(uow, opened.letter, LetterUse.READ_FILE)
    return answer


@router.post(
    "/letters/{letter_id}/attachments/{attachment_id}/redacted",
    status_code=201,
    response_model=KeptAttachment,
    openapi_extra=FORM,
)
async def upload_redacted(
    letter_id: UUID, attachment_id: UUID, request: Request, desk: AtDesk, begin: BeginStep
) -> Response:
    """Upload a copy of an attachment that a person redacted; an earlier one goes.

    It is judged like any file, and becomes public only by a decision.
    """
    opened = await desk.open(letter_id, attachment_id)
    arriving.require_redactor(desk.actor, opened.letter)
    expect(request, limits())
    async with begin() as uow:
        file = arriving.note_upload(uow)
    sealed = await take_in(request, desk.reception, file)
    async with begin() as uow:
        letter = await letters.letter(uow.session, uow.actor, letter_id)
        row = await arriving.add_redacted(
            uow, letter, attachment_id, sealed, opened.key, desk.reception.judging, token_bytes
        )
        return await uow.answer(KeptAttachment, queries.seen_at_desk(row, opened.key), 201)


@router.put(
    "/letters/{letter_id}/attachments/{attachment_id}/decision", response_model=KeptAttachment
)
async def decide_attachment(
    letter_id: UUID,
    attachment_id: UUID,
    new: NewDecision,
    version: IfMatch,
    desk: AtDesk,
    begin: BeginAct,
    step: BeginStep,
) -> Response:
    """Decide whether the public is shown an attachment once its letter is published.

    What it would be shown is made now, of a redacted copy if there is one, and can be looked at.
    """
    opened = await desk.open(letter_id, attachment_id)
    desk.actor.require(Permission.REVIEW_ANSWER, opened.letter.sponsoring)
    made = None
    if new.publish:
        async with step() as uow:
            rendition = FileKey(token_bytes(KEY_BYTES), publishing.note_rendition(uow))
        made = await _make(opened, rendition, desk)
    async with begin() as uow:
        letter = await letters.letter(uow.session, uow.actor, letter_id)
        row = await publishing.decide(
            uow, letter, attachment_id, new, made, opened.key, token_bytes, version=version
        )
        return await uow.answer(KeptAttachment, queries.seen_at_desk(row, opened.key))


async def _make(opened: Opened, rendition: FileKey, desk: Desk) -> Made:
    """Store the rendition that the public would be shown of an attachment, sealed."""
    original, copy = opened.row, opened.row.redacted
    wanted = renditions.rendition(
        original.judged, copy.judged if copy else None, limits().most_masked
    )
    source = copy if copy is not None and wanted.redacted else original
    data = await _shown(source, wanted, opened, desk)
    lies_at = place.rendition(rendition.file)
    await desk.reception.vault.put(rendition, data, place.PUBLIC, lies_at)
    return Made(rendition, wanted.kind, len(data), sha256(data).hexdigest())


async def _shown(row: Attachment, wanted: Rendition, opened: Opened, desk: Desk) -> bytes:
    vault, writing = desk.reception.vault, letters.writing(opened.letter, opened.key)
    file = unwrap_for_letter(row.wrapped_key, row.id, opened.key)
    data = await vault.get(file, wanted.what, place.of(row.id, wanted.what))
    if wanted.is_masked:
        return renditions.masked(data, writing)
    if wanted.what == place.ORIGINAL:
        text = await vault.get(file, place.TEXT, place.of(row.id, place.TEXT))
        renditions.check_redacted(text.decode(), writing)
    return data
