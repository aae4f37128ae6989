"""Opening a letter at the desk."""

from uuid import UUID

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.desk import queries
from services.interaction.mailbox.letters import commands as letters
from services.interaction.mailbox.letters import queries as kept
from shared.contracts.opened_letters import OpenedLetter
from shared.contracts.privacy import LetterUse
from shared.uow import UnitOfWork


async def open_letter(uow: UnitOfWork, letter_id: UUID, keyring: Keyring) -> OpenedLetter:
    """Return a letter unsealed, or refuse as if there were none; that it was seen is noted."""
    letter = await kept.letter(uow.session, uow.actor, letter_id)
    letters.note_access(uow, letter, LetterUse.OPENED)
    return await queries.opened(uow.session, uow.actor, letter, keyring, uow.now)
