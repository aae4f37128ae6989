"""Owing writers the news."""

from uuid import UUID

from sqlalchemy import delete

from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.letters.writing import Writing
from services.interaction.mailbox.notifications.models import WriterNotification
from shared.contracts.writer_notifications import Medium, Occasion
from shared.uow import UnitOfWork


def owe(uow: UnitOfWork, letter: Letter, wrote: Writing, occasion: Occasion) -> None:
    """Queue the news of a letter by every way its writer left to be reached."""
    ways = {Medium.PHONE: wrote.phone, Medium.EMAIL: wrote.email}
    uow.session.add_all(
        WriterNotification(
            letter_id=letter.id,
            number=letter.number,
            occasion=occasion,
            medium=medium,
            queued_at=uow.now,
        )
        for medium, left in ways.items()
        if left
    )


async def forget(uow: UnitOfWork, letter_id: UUID) -> None:
    """Owe no more news of a letter that was erased: nobody knows where to send it."""
    owed = delete(WriterNotification).where(WriterNotification.letter_id == letter_id)
    await uow.session.execute(owed)
