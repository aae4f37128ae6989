"""Questions about notifications."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.letters.queries import visible_to
from services.interaction.mailbox.notifications.models import WriterNotification
from shared.auth import Actor
from shared.contracts import writer_notifications as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing

NOTIFICATIONS = Listing(
    "writer-notifications", contracts.WriterNotification, [(WriterNotification.id, UUID)]
)


async def notifications(
    session: AsyncSession,
    actor: Actor,
    state: contracts.NotificationState | None,
    letter_id: UUID | None,
    asked: Asked,
) -> Page[contracts.WriterNotification]:
    """Return one page of what the writers of an actor's letters are owed, the latest first."""
    question = (
        select(WriterNotification)
        .join(Letter, Letter.id == WriterNotification.letter_id)
        .where(visible_to(actor))
    )
    if state is not None:
        question = question.where(WriterNotification.state == state)
    if letter_id is not None:
        question = question.where(WriterNotification.letter_id == letter_id)
    return await NOTIFICATIONS.turn(session, question, asked)
