"""Noting who of the staff saw what a citizen wrote."""

from services.interaction.mailbox.letters.models import Access, Letter
from shared.contracts.letters import Letter as Known
from shared.contracts.privacy import LetterOpened, LetterUse
from shared.uow import UnitOfWork


def note_access(uow: UnitOfWork, letter: Letter | Known, use: LetterUse) -> None:
    """Note that the actor saw a letter's content, and announce it."""
    uow.session.add(Access(letter_id=letter.id, at=uow.now, by=uow.actor.id, use=use))
    uow.announce(
        LetterOpened(
            letter_id=letter.id, number=letter.number, site_code=letter.site_code, use=use
        )
    )
