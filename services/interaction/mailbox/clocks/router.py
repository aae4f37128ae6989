"""HTTP of clocks: how each deadline was counted, for those who work on a letter and its writer."""

from uuid import UUID

from fastapi import APIRouter

from services.interaction.citizens.lockout import NoSuchLetter
from services.interaction.citizens.number import as_issued
from services.interaction.citizens.router import Keys, Shown
from services.interaction.mailbox.clocks import queries
from services.interaction.mailbox.letters import commands as opening
from shared.business_day import business_date
from shared.contracts.letter_clocks import LetterDeadlines
from shared.contracts.letters import LetterNumber
from shared.requests import BeginAsAnyone, InHouse, Reading, Somebody

router = APIRouter(prefix="/v1", tags=["clocks"])


@router.get("/letters/{letter_id}/deadlines")
async def explain_letter_deadlines(
    actor: Somebody, letter_id: UUID, session: Reading, stands: InHouse
) -> LetterDeadlines:
    """Return by when each step of a letter is owed, and every day counted or skipped."""
    today = business_date(stands.clock())
    return await queries.deadlines(session, actor, letter_id, today)


@router.get("/public/letters/{number}/deadlines")
async def explain_deadlines_to_writer(
    number: LetterNumber, shown: Shown, begin: BeginAsAnyone, keyring: Keys
) -> LetterDeadlines:
    """Return the same to the letter's writer; a wrong code counts as it does for its status."""
    explained = None
    async with begin() as uow:
        known = as_issued(number)
        if await opening.opens(uow, known, shown, keyring):
            today = business_date(uow.now)
            explained = await queries.deadlines_of(uow.session, known, today)
    # Only here, so that the count of the wrong code is committed.
    if explained is None:
        raise NoSuchLetter
    return explained
