"""What goes with a letter that is erased, besides what its key sealed."""

from uuid import UUID

from sqlalchemy import update

from services.interaction.mailbox.answering.models import Answer
from services.interaction.mailbox.notifications import commands as notifications
from shared.uow import UnitOfWork


async def forget(uow: UnitOfWork, letter_id: UUID) -> None:
    """Let nobody compare a letter's answers any more, nor owe its writer news."""
    answers = update(Answer).where(Answer.letter_id == letter_id)
    await uow.session.execute(answers.values(sketch=[], clues=[], asked_sketch=[]))
    await notifications.forget(uow, letter_id)
