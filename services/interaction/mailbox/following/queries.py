"""What a writer is shown of a letter."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering import queries as answers
from services.interaction.mailbox.letters import queries as letters
from shared.contracts.opened_letters import LetterStatus


async def status(session: AsyncSession, number: str, keyring: Keyring) -> LetterStatus:
    """Return the letter as its writer may follow it: never a draft, only what was approved."""
    letter = await letters.numbered(session, number)
    key = letters.key_of(letter, keyring)
    answer = None
    if letter.answered_on is not None:
        answer = await answers.answer_of_round(session, letter.id, letter.rounds)
    return LetterStatus(
        number=letter.number,
        site_code=letter.site_code,
        kind=letter.kind,
        kind_label=letter.kind_label,
        state=letter.state,
        state_label=letter.state_label,
        state_type=letter.state_type,
        received_on=letter.received_on,
        due_on=letter.due_on,
        due_provisional=letter.due_provisional,
        due_explanation=letter.due_explanation,
        timeline=await letters.timeline(session, letter.id, key),
        answer=answer and key.open(answer.sealed, "answer"),
        answered_on=letter.answered_on,
        answering_unit=letter.organization_name if answer else None,
    )
