"""What a writer is shown of a letter."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering.queries.given import given
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.handling import STATES, TYPES, as_told
from services.interaction.mailbox.screening import queries as screening
from shared.contracts.opened_letters import LetterStatus


async def status(session: AsyncSession, number: str, keyring: Keyring) -> LetterStatus:
    """Return the letter as its writer may follow it: never a draft, only what was approved."""
    letter = await letters.numbered(session, number)
    key = letters.key_of(letter, keyring)
    state = as_told(letter.state)
    answers = await given(session, letter.id, key)
    latest = answers[-1] if answers else None
    timeline = await letters.timeline(session, letter.id, key)
    if letter.lead_id is not None:
        told = [*timeline, *await screening.progress(session, letter)]
        timeline = sorted(told, key=lambda entry: entry.at)
    return LetterStatus(
        number=letter.number,
        site_code=letter.site_code,
        kind=letter.kind,
        kind_label=letter.kind_label,
        state=state,
        state_label=STATES[state],
        state_type=TYPES[state],
        may_publish=letter.may_publish,
        received_on=letter.received_on,
        due_on=letter.due_on,
        due_provisional=letter.due_provisional,
        due_explanation=letter.due_explanation,
        timeline=timeline,
        answer=latest and latest.text,
        answered_on=letter.answered_on,
        answering_unit=latest and latest.answering_unit,
        answers=answers,
    )
