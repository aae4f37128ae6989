"""Sealing letters' keys anew after the mailbox's key was changed."""

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.attachments.commands import arriving as attachments
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.contact import spelt
from services.interaction.mailbox.letters.models import Letter, SealedContent, WriterMark
from shared.contracts.privacy import LetterKeysRewrapped
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork

AT_ONCE = 200


async def rewrap_some(uow: UnitOfWork, keyring: Keyring, chance: Chance) -> int:
    """Wrap the keys of some letters by the present key, and mark their writers by it.

    Files that wait for their letters go along. Returns how many; none when all are done. What
    they say is not sealed anew: their own keys stay.
    """
    question = (
        select(Letter)
        .join(SealedContent)
        .where(SealedContent.wrapped_by != keyring.name)
        .options(joinedload(Letter.content))
        .order_by(Letter.id)
        .limit(AT_ONCE)
        .with_for_update(of=SealedContent)
    )
    found = (await uow.session.scalars(question)).all()
    ids = [letter.id for letter in found]
    await uow.session.execute(delete(WriterMark).where(WriterMark.letter_id.in_(ids)))
    for letter in found:
        if letter.content is None:
            continue
        key = letters.key_of(letter, keyring)
        wrote = letters.writing(letter, key)
        wrapped = keyring.wrap(key, chance(NONCE_BYTES))
        letter.content.wrapped_key, letter.content.wrapped_by = wrapped
        uow.session.add_all(
            WriterMark(letter_id=letter.id, mark=keyring.marks(contact)[0])
            for contact in spelt(wrote.phone, wrote.email)
        )
    if found:
        uow.announce(LetterKeysRewrapped(key=keyring.name, letters=len(found)))
    return len(found) + await attachments.rewrap_some(uow, keyring, chance)
