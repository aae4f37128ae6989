"""What the desk shows of a letter."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering.queries.beside import beside
from services.interaction.mailbox.answering.queries.given import given
from services.interaction.mailbox.answering.queries.submitted import seen
from services.interaction.mailbox.intake import queries as intake
from services.interaction.mailbox.letters import models as kept
from services.interaction.mailbox.letters import queries as letters
from shared.auth import Actor
from shared.contracts.letters import Letter
from shared.contracts.opened_letters import OpenedLetter


async def opened(
    session: AsyncSession, actor: Actor, letter: kept.Letter, keyring: Keyring, now: datetime
) -> OpenedLetter:
    """Return a letter unsealed, or refuse with `Erased`."""
    key = letters.key_of(letter, keyring)
    wrote = letters.writing(letter, key)
    notes, draft_saved_at = await beside(session, actor, letter)
    return OpenedLetter(
        **Letter.model_validate(letter, from_attributes=True).model_dump(),
        title=wrote.title,
        text=wrote.text,
        writer_name=wrote.name,
        writer_phone=wrote.phone,
        writer_email=wrote.email,
        due_explanation=letter.due_explanation,
        timeline=await letters.timeline(session, letter.id, key),
        answer=await seen(session, actor, letter, key, now) if letter.rounds else None,
        answers=await given(session, letter.id, key),
        notes=notes,
        draft_saved_at=draft_saved_at,
        entry=await intake.entry(session, letter),
    )
