"""How files are judged: what was found makes them readable, or refuses and deletes them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from services.interaction.mailbox.attachments import place, queries
from services.interaction.mailbox.attachments.models import Attachment, AttachmentRemoval
from shared.contracts.assets import AssetKind, RefusalReason
from shared.contracts.attachments import AttachmentJudged, AttachmentState
from shared.files.scanning import ADVICE
from shared.uow import UnitOfWork

PAUSE = timedelta(minutes=1)


class Verdict(NamedTuple):
    """What a file was found to be, by whom, and why it is refused, if it is."""

    kind: AssetKind | None
    reasons: Sequence[RefusalReason]
    scanner: str
    text_complete: bool | None = None


async def settle(uow: UnitOfWork, attachment_id: UUID, verdict: Verdict) -> None:
    """Note what a file was found to be; from now on only its letter's key opens it."""
    row = await _waiting(uow, attachment_id)
    if row is None:
        return
    row.kind, row.text_complete = verdict.kind, verdict.text_complete
    row.scanned_by, row.scanned_at = verdict.scanner, uow.now
    row.state = AttachmentState.REFUSED if verdict.reasons else AttachmentState.READY
    row.refusals = [{"reason": each, "detail": ADVICE[each]} for each in verdict.reasons]
    row.judging_key = row.waiting_for = row.leased_until = None
    row.due_at = row.expires_at
    if verdict.reasons:
        prefix = place.everything(row.id)
        uow.session.add(AttachmentRemoval(prefix=prefix, due_at=uow.now))
    uow.announce(
        AttachmentJudged(attachment_id=row.id, kind=row.kind, reasons=tuple(verdict.reasons))
    )


async def wait(uow: UnitOfWork, attachment_id: UUID, for_what: str) -> None:
    """Note what keeps a file from being judged, and try again before long."""
    row = await _waiting(uow, attachment_id)
    if row is not None:
        row.waiting_for, row.leased_until = for_what, None
        row.due_at = uow.now + PAUSE


async def _waiting(uow: UnitOfWork, attachment_id: UUID) -> Attachment | None:
    """Return a file that is still to be judged; of one deleted meanwhile nothing may stay."""
    row = await queries.locked(uow.session, attachment_id)
    if row is None:
        prefix = place.everything(attachment_id)
        uow.session.add(AttachmentRemoval(prefix=prefix, due_at=uow.now))
        return None
    return row if row.state is AttachmentState.WAITING else None
