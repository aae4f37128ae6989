"""Sealing the keys of hand-over notes anew after the letter key was changed."""

from sqlalchemy import select

from services.interaction.citizens.sealing import Keyring
from services.interaction.duty.models import SealedNote
from services.interaction.duty.queries import days
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork

AT_ONCE = 200


async def rewrap_some(uow: UnitOfWork, keyring: Keyring, chance: Chance) -> int:
    """Wrap the keys of some notes by the present key; return how many, none when all are done."""
    question = (
        select(SealedNote).where(SealedNote.wrapped_by != keyring.name).order_by(SealedNote.id)
    )
    found = (await uow.session.scalars(question.limit(AT_ONCE).with_for_update())).all()
    for note in found:
        wrapped = keyring.wrap(days.key_of(note, keyring), chance(NONCE_BYTES))
        note.wrapped_key, note.wrapped_by = wrapped
    return len(found)
