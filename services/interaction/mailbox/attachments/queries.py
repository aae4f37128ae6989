"""Questions about attachments."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.citizens.sealing import WritingKey
from services.interaction.mailbox.attachments.models import (
    Attachment,
    AttachmentRemoval,
    AttachmentUploads,
    PublishedAttachment,
)
from services.interaction.mailbox.attachments.naming import public_name
from services.interaction.mailbox.attachments.sealing import FileKey, unwrap_for_letter
from shared.contracts import attachments as contracts
from shared.contracts.attachments import AttachmentState
from shared.files.kind import rules
from shared.problem import NotFound

NONE = "没有这个附件。"
AT_ONCE = 200


def _of(letter_id: UUID) -> Select[Attachment]:
    return (
        select(Attachment)
        .where(Attachment.letter_id == letter_id, Attachment.redacts.is_(None))
        .options(joinedload(Attachment.redacted), joinedload(Attachment.decision))
        .order_by(Attachment.position)
    )


async def attachments(session: AsyncSession, letter_id: UUID) -> Sequence[Attachment]:
    """Return a letter's files in their order, with what was decided about each."""
    return (await session.scalars(_of(letter_id))).all()


async def attachment(
    session: AsyncSession, letter_id: UUID, attachment_id: UUID, *, lock: bool = False
) -> Attachment:
    """Return one file of a letter that the caller may read, or refuse."""
    question = _of(letter_id).where(Attachment.id == attachment_id)
    found = await session.scalar(question.with_for_update(of=Attachment) if lock else question)
    if found is None:
        raise NotFound(NONE)
    return found


async def claimed(session: AsyncSession, digests: Collection[bytes]) -> Mapping[bytes, Attachment]:
    """Return the files that claims stand for, locked in a fixed order."""
    if not digests:
        return {}
    question = (
        select(Attachment)
        .where(Attachment.claim_digest.in_(digests))
        .order_by(Attachment.id)
        .with_for_update()
    )
    return {row.claim_digest: row for row in await session.scalars(question) if row.claim_digest}


async def of_letters(
    session: AsyncSession, letter_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[Attachment]]:
    """Return the files of some letters, by letter and in their order."""
    question = (
        select(Attachment)
        .where(Attachment.letter_id.in_(letter_ids), Attachment.redacts.is_(None))
        .order_by(Attachment.position)
    )
    found: dict[UUID, list[Attachment]] = {letter_id: [] for letter_id in letter_ids}
    for row in await session.scalars(question):
        if row.letter_id is not None:
            found[row.letter_id].append(row)
    return found


async def wrapped_otherwise(session: AsyncSession, key: str) -> Sequence[Attachment]:
    """Return some files whose keys are wrapped by a former key of the mailbox, locked."""
    question = select(Attachment).where(Attachment.wrapped_by != key).limit(AT_ONCE)
    return (await session.scalars(question.with_for_update())).all()


async def locked(session: AsyncSession, attachment_id: UUID) -> Attachment | None:
    """Return a file, locked until the transaction ends; none if it is gone."""
    return await session.get(Attachment, attachment_id, with_for_update=True)


async def all_of(session: AsyncSession, letter_id: UUID) -> Sequence[Attachment]:
    """Return every file of a letter, redacted copies first, locked, with what was decided."""
    question = (
        select(Attachment)
        .where(Attachment.letter_id == letter_id)
        .options(joinedload(Attachment.decision))
        .order_by(Attachment.redacts.nulls_last(), Attachment.id)
        .with_for_update(of=Attachment)
    )
    return (await session.scalars(question)).all()


def seen_by_writer(row: Attachment, letter: WritingKey) -> contracts.Attachment:
    """Return a file as its writer sees it."""
    return contracts.Attachment.model_validate(_told(row, letter))


def seen_at_desk(row: Attachment, letter: WritingKey) -> contracts.KeptAttachment:
    """Return a file as those see it who work on its letter."""
    found = contracts.KeptAttachment.model_validate(
        {**_told(row, letter), "redacted": None, "decision": None, "version": row.version}
    )
    copy, decided = row.redacted, row.decision
    if copy is not None:
        found.redacted = contracts.RedactedCopy.model_validate(copy, from_attributes=True)
    if decided is not None:
        found.decision = contracts.AttachmentDecision.model_validate(decided, from_attributes=True)
    return found


def _told(row: Attachment, letter: WritingKey) -> dict[str, object]:
    key = unwrap_for_letter(row.wrapped_key, row.id, letter)
    kept = contracts.Attachment.model_fields.keys() - {"name"}
    return {field: getattr(row, field) for field in kept} | {"name": name(row, key)}


def name(row: Attachment, key: FileKey) -> str:
    """Return what a file was called."""
    return key.open(row.sealed_name, "name").decode()


def would_show(row: Attachment, number: str) -> contracts.PublicAttachment | None:
    """Return what the public would see of a file; none before a person has decided."""
    decided, position = row.decision, row.position or 0
    if row.state is AttachmentState.REFUSED:
        refused = "未通过安全检查，已删除。"
        return contracts.PublicAttachment(name=public_name(position), withheld=refused)
    if decided is None:
        return None
    if decided.kind is None:
        return contracts.PublicAttachment(name=public_name(position), withheld=decided.reason)
    called = public_name(position, decided.kind)
    return contracts.PublicAttachment(
        name=called,
        mime=rules()[decided.kind].mime,
        size=decided.size,
        sha256=decided.sha256,
        path=f"/v1/public/letters/{number}/publication/attachments/{quote(called)}",
    )


async def published(session: AsyncSession, number: str, called: str) -> PublishedAttachment:
    """Return a rendition that the public may read, or refuse."""
    question = select(PublishedAttachment).where(
        PublishedAttachment.number == number, PublishedAttachment.name == called
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有公开过这个附件。")
    return found


async def end_removal(session: AsyncSession, of: ColumnElement[bool]) -> None:
    """Forget objects that were deleted, or that a row names by now."""
    await session.execute(delete(AttachmentRemoval).where(of))


async def forget_uploads(session: AsyncSession, before: datetime) -> int:
    """Delete counts of uploads that no longer matter; return how many."""
    old = delete(AttachmentUploads).where(AttachmentUploads.since <= before)
    gone = await session.execute(old.returning(AttachmentUploads.source))
    return len(gone.all())
