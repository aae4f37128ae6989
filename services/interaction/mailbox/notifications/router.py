"""HTTP of notifications."""

from uuid import UUID

from fastapi import APIRouter

from services.interaction.mailbox.notifications import queries
from shared.contracts.page import Page
from shared.contracts.writer_notifications import NotificationState, WriterNotification
from shared.requests import Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["mailbox"])


@router.get("/writer-notifications")
async def list_notifications(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: NotificationState | None = None,
    letter_id: UUID | None = None,
) -> Page[WriterNotification]:
    """Return what the writers of letters within the actor's authority wait to be told."""
    return await queries.notifications(session, actor, state, letter_id, page)
