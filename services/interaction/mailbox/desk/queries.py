"""What the desk shows of a letter."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering import queries as answers
from services.interaction.mailbox.letters import models as kept
from services.interaction.mailbox.letters import queries as letters
from shared.contracts.letters import Letter
from shared.contracts.opened_letters import OpenedLetter


async def opened(session: AsyncSession, letter: kept.Letter, keyring: Keyring) -> OpenedLetter:
    """Return a letter unsealed, or refuse with `Erased`."""
    key = letters.key_of(letter, keyring)
    wrote = letters.writing(letter, key)
    answer = None
    if letter.rounds:
        answer = await answers.seen(session, letter.id, letter.rounds, key)
    return OpenedLetter(
        **Letter.model_validate(letter, from_attributes=True).model_dump(),
        title=wrote.title,
        text=wrote.text,
        writer_name=wrote.name,
        writer_phone=wrote.phone,
        writer_email=wrote.email,
        due_explanation=letter.due_explanation,
        timeline=await letters.timeline(session, letter.id, key),
        answer=answer,
    )
