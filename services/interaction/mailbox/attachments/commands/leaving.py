"""How files leave, with everything made of them."""

from uuid import UUID

from sqlalchemy import delete, exists, select

from services.interaction.mailbox.attachments import place, queries
from services.interaction.mailbox.attachments.models import (
    Attachment,
    AttachmentRemoval,
    Decision,
    PublishedAttachment,
)
from shared.contracts.attachments import AttachmentRemoved
from shared.uow import UnitOfWork


async def expire(uow: UnitOfWork, attachment_id: UUID) -> bool:
    """Delete a file that no letter has come to name in time; say whether that was done."""
    row = await queries.locked(uow.session, attachment_id)
    if row is None or row.expires_at is None or row.expires_at > uow.now:
        return False
    await remove(uow, row)
    return True


async def erase(uow: UnitOfWork, letter_id: UUID, number: str) -> int:
    """Delete every file of a letter, and what of them is public; return how many there were."""
    await retract(uow, number)
    rows = await queries.all_of(uow.session, letter_id)
    for row in rows:
        await drop_decision(uow, row)
        await remove(uow, row)
    return len(rows)


async def remove(uow: UnitOfWork, row: Attachment) -> None:
    """Delete a file; its objects follow."""
    await uow.session.delete(row)
    await uow.session.flush()
    uow.session.add(AttachmentRemoval(prefix=place.everything(row.id), due_at=uow.now))
    uow.announce(AttachmentRemoved(attachment_id=row.id))


async def drop_decision(uow: UnitOfWork, row: Attachment) -> None:
    """Forget what was decided about a file; a rendition that is public stays until retracted."""
    decided = row.decision
    if decided is None:
        return
    await uow.session.delete(decided)
    await uow.session.flush()
    if decided.rendition_id is not None:
        await _remove_unless_used(uow, decided.rendition_id)


async def retract(uow: UnitOfWork, number: str) -> None:
    """Take what is public of a letter's files away from the public."""
    gone = delete(PublishedAttachment).where(PublishedAttachment.number == number)
    for rendition_id in await uow.session.scalars(gone.returning(PublishedAttachment.id)):
        await _remove_unless_used(uow, rendition_id)


async def _remove_unless_used(uow: UnitOfWork, rendition_id: UUID) -> None:
    used = select(
        exists().where(PublishedAttachment.id == rendition_id)
        | exists().where(Decision.rendition_id == rendition_id)
    )
    if not await uow.session.scalar(used):
        prefix = place.rendered(rendition_id)
        uow.session.add(AttachmentRemoval(prefix=prefix, due_at=uow.now))
