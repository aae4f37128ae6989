"""Recognizing a letter's writer, and noting who of the staff saw what was written."""

from services.interaction.citizens import commands as citizens
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.letters import queries
from services.interaction.mailbox.letters.models import Access, Letter
from shared.contracts.letters import Letter as Known
from shared.contracts.privacy import LetterOpened, LetterUse
from shared.uow import UnitOfWork


async def opens(uow: UnitOfWork, number: str, shown: ShownCode, keyring: Keyring) -> bool:
    """Say whether the code shown opens the letter with this number; see `recognize`."""
    kept = await queries.code(uow.session, number)
    return await citizens.recognize(uow, number, shown, kept, keyring)


def note_access(uow: UnitOfWork, letter: Letter | Known, use: LetterUse) -> None:
    """Note that the actor saw a letter's content, and announce it."""
    uow.session.add(Access(letter_id=letter.id, at=uow.now, by=uow.actor.id, use=use))
    uow.announce(
        LetterOpened(
            letter_id=letter.id, number=letter.number, site_code=letter.site_code, use=use
        )
    )
