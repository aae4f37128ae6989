"""Leaving notes on a letter."""

from uuid import UUID

from sqlalchemy import exists, select

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering.models import Note
from services.interaction.mailbox.answering.noting import CorrectedAlready, OthersNote
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from shared.contracts.letter_notes import KeptNote, LetterNoted, NewNote
from shared.problem import Fault, Invalid
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def note(
    uow: UnitOfWork, letter_id: UUID, new: NewNote, keyring: Keyring, chance: Chance
) -> KeptNote:
    """Keep what somebody who works on a letter has to say; its writer never sees it."""
    letter = await letters.lock(uow, letter_id)
    if new.corrects is not None:
        await _correctable(uow, letter, new.corrects)
    key = letters.key_of(letter, keyring)
    kept = Note(
        letter_id=letter.id,
        sealed=key.close(chance(NONCE_BYTES), new.text, "internal note"),
        author=uow.actor.id,
        organization=uow.actor.organization,
        written_at=uow.now,
        corrects=new.corrects,
    )
    uow.session.add(kept)
    await uow.session.flush()
    uow.announce(
        LetterNoted(
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            note_id=kept.id,
            corrects=kept.corrects,
        )
    )
    return KeptNote.model_validate(kept, from_attributes=True)


async def _correctable(uow: UnitOfWork, letter: Letter, note_id: UUID) -> None:
    question = select(Note).where(Note.id == note_id, Note.letter_id == letter.id)
    wrong = await uow.session.scalar(question)
    if wrong is None:
        raise Invalid([Fault("/corrects", "unknown", "此信没有这条批注。")])
    if wrong.author != uow.actor.id:
        raise OthersNote
    if await uow.session.scalar(select(exists().where(Note.corrects == note_id))):
        raise CorrectedAlready
