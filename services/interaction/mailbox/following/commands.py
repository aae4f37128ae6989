"""Following a letter by its code."""

from services.interaction.citizens.number import as_issued
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.following import queries
from services.interaction.mailbox.letters import commands as letters
from shared.contracts.opened_letters import LetterStatus
from shared.uow import UnitOfWork


async def follow(uow: UnitOfWork, number: str, code: str, keyring: Keyring) -> LetterStatus | None:
    """Return a letter to whoever shows its code; a wrong one counts, and gives nothing."""
    number = as_issued(number)
    if not await letters.opens(uow, number, code, keyring):
        return None
    return await queries.status(uow.session, number, keyring)
