"""How files arrive, and come with letters."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm.attributes import flag_modified

from services.interaction.citizens.sealing import Keyring, Wrapped, WritingKey
from services.interaction.mailbox.attachments import admission, place, queries
from services.interaction.mailbox.attachments.commands import leaving
from services.interaction.mailbox.attachments.limits import limits
from services.interaction.mailbox.attachments.models import (
    Attachment,
    AttachmentRemoval,
    AttachmentUploads,
)
from services.interaction.mailbox.attachments.sealing import (
    FileKey,
    JudgingKey,
    claim_digest,
    unwrap_for_mailbox,
    wrap_for_letter,
    wrap_for_mailbox,
)
from services.interaction.mailbox.letters.models import Letter
from shared.auth import Actor, Permission
from shared.contracts.attachments import (
    AttachmentClaim,
    AttachmentClaimed,
    AttachmentReceived,
    AttachmentState,
)
from shared.ids import new_id
from shared.problem import Fault
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork

UNFINISHED = timedelta(hours=1)


class Sealed(NamedTuple):
    """A file that lies sealed in the store: its key, what it is called, how large it was."""

    key: FileKey
    name: str
    size: int


async def begin_upload(uow: UnitOfWork, source: bytes) -> UUID:
    """Count an upload from an address and note where it will lie, in case it is cut off."""
    limit = limits().per_source
    since = uow.now - timedelta(minutes=limit.minutes)
    # Asked first, so that those of a flood wait neither for a lock nor for each other.
    known = await uow.session.get(AttachmentUploads, source)
    if known is not None and known.since > since:
        admission.check_uploads(admission.Uploads(known.count + 1, known.since), limit, uow.now)
    forgotten = AttachmentUploads.since <= since
    counted = (
        insert(AttachmentUploads)
        .values(source=source, count=1, since=uow.now)
        .on_conflict_do_update(
            index_elements=[AttachmentUploads.source],
            set_={
                "count": case((forgotten, 1), else_=AttachmentUploads.count + 1),
                "since": case((forgotten, uow.now), else_=AttachmentUploads.since),
            },
        )
        .returning(AttachmentUploads.count, AttachmentUploads.since)
    )
    count, began = (await uow.session.execute(counted)).one()
    admission.check_uploads(admission.Uploads(count, began), limit, uow.now)
    return note_upload(uow)


def note_upload(uow: UnitOfWork) -> UUID:
    """Return the id of a file on its way; what is stored of it goes unless it becomes a row."""
    file = new_id()
    prefix = place.everything(file)
    uow.session.add(AttachmentRemoval(id=file, prefix=prefix, due_at=uow.now + UNFINISHED))
    return file


async def finish_upload(
    uow: UnitOfWork,
    sealed: Sealed,
    claim: str,
    keyring: Keyring,
    judging: JudgingKey,
    chance: Chance,
) -> AttachmentClaim:
    """Keep a file that was stored until a letter names it; it waits to be judged."""
    row = await _waiting(uow, sealed, judging, chance)
    row.claim_digest = claim_digest(claim)
    wrapped = wrap_for_mailbox(sealed.key, keyring, chance(NONCE_BYTES))
    row.wrapped_key, row.wrapped_by = wrapped
    row.expires_at = uow.now + timedelta(hours=limits().claim_hours)
    uow.session.add(row)
    return AttachmentClaim(
        claim=claim, name=sealed.name, size=sealed.size, expires_at=row.expires_at
    )


async def _waiting(
    uow: UnitOfWork,
    sealed: Sealed,
    judging: JudgingKey,
    chance: Chance,
    redacts: UUID | None = None,
) -> Attachment:
    file = sealed.key.file
    await queries.end_removal(uow.session, AttachmentRemoval.id == file)
    uow.announce(AttachmentReceived(attachment_id=file, redacts=redacts, size=sealed.size))
    return Attachment(
        id=file,
        redacts=redacts,
        uploader=uow.actor.id,
        judging_key=judging.wrap(sealed.key, chance(NONCE_BYTES)),
        sealed_name=sealed.key.close(chance(NONCE_BYTES), sealed.name.encode(), "name"),
        size=sealed.size,
        state=AttachmentState.WAITING,
        refusals=[],
        received_at=uow.now,
        due_at=uow.now,
    )


class Claims(NamedTuple):
    """The files a letter names, and everything that is wrong with its claims."""

    files: Sequence[Attachment]
    faults: Sequence[Fault]


async def find(uow: UnitOfWork, claims: Sequence[str]) -> Claims:
    """Return the files that claims stand for, for this transaction alone to put to a letter."""
    digests = {claim: claim_digest(claim) for claim in claims}
    rows = await queries.claimed(uow.session, set(digests.values()))
    found = {
        claim: admission.Claimed(row.letter_id is not None, row.state, row.expires_at)
        for claim, digest in digests.items()
        if (row := rows.get(digest)) is not None
    }
    faults = list(admission.faults(claims, found, limits(), uow.now))
    return Claims([] if faults else [rows[digests[claim]] for claim in claims], faults)


def claim(
    uow: UnitOfWork,
    files: Sequence[Attachment],
    letter_id: UUID,
    letter: WritingKey,
    keyring: Keyring,
    chance: Chance,
) -> None:
    """Put files to a letter, whose key closes them from now on."""
    for position, row in enumerate(files, 1):
        key = _of_nobody(row, keyring)
        row.wrapped_key = wrap_for_letter(key, letter, chance(NONCE_BYTES))
        row.wrapped_by = None
        row.letter_id, row.position, row.expires_at = letter_id, position, None
        if row.state is not AttachmentState.WAITING:
            row.due_at = None
        uow.announce(AttachmentClaimed(letter_id=letter_id, attachment_id=row.id))


async def rewrap_some(uow: UnitOfWork, keyring: Keyring, chance: Chance) -> int:
    """Wrap the keys of files that no letter names yet by the present key; return how many."""
    rows = await queries.wrapped_otherwise(uow.session, keyring.name)
    for row in rows:
        wrapped = wrap_for_mailbox(_of_nobody(row, keyring), keyring, chance(NONCE_BYTES))
        row.wrapped_key, row.wrapped_by = wrapped
    return len(rows)


def _of_nobody(row: Attachment, keyring: Keyring) -> FileKey:
    return unwrap_for_mailbox(Wrapped(row.wrapped_key, row.wrapped_by or ""), row.id, keyring)


def require_redactor(actor: Actor, letter: Letter) -> None:
    """Refuse whoever neither answers the letter nor reviews what its site answers."""
    if not (letter.organization and actor.may(Permission.ANSWER, letter.organization)):
        actor.require(Permission.REVIEW_ANSWER, letter.sponsoring)


async def add_redacted(
    uow: UnitOfWork,
    letter: Letter,
    attachment_id: UUID,
    sealed: Sealed,
    key: WritingKey,
    judging: JudgingKey,
    chance: Chance,
) -> Attachment:
    """Keep a copy of an attachment that a person redacted; an earlier one and its decision go."""
    require_redactor(uow.actor, letter)
    original = await queries.attachment(uow.session, letter.id, attachment_id, lock=True)
    if original.redacted is not None:
        await leaving.remove(uow, original.redacted)
    await leaving.drop_decision(uow, original)
    row = await _waiting(uow, sealed, judging, chance, original.id)
    row.letter_id = original.letter_id
    row.wrapped_key = wrap_for_letter(sealed.key, key, chance(NONCE_BYTES))
    uow.session.add(row)
    flag_modified(original, "state")  # another copy makes another version to decide upon
    await uow.session.flush()
    await uow.session.refresh(original, ["redacted", "decision"])
    return original
