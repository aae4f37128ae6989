"""What is noted when the deadline of a recall passes."""

from uuid import UUID

from services.content.syndication.recalls.queries import recalls as queries
from services.content.syndication.verification.commands.tracing import mark_late, still_stands
from shared.contracts.recalls import RecallOverdue
from shared.uow import UnitOfWork


async def miss_deadline(uow: UnitOfWork, recall_id: UUID) -> None:
    """Mark late what the last reading still met; what could not be read costs nobody anything."""
    copies = await queries.unproved(uow.session, recall_id)
    recall = await queries.locked(uow.session, recall_id)
    if recall is None or recall.due_at is None:
        return
    recall.due_at = None
    for copy in copies:
        if still_stands(copy):
            mark_late(uow, copy)
    if copies:
        uow.announce(
            RecallOverdue(
                recall_id=recall.id,
                item_id=recall.item_id,
                site_code=recall.site_code,
                deadline=recall.deadline,
                unproved=len(copies),
                unread=sum(copy.unread_since is not None for copy in copies),
            )
        )
