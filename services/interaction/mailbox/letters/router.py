"""HTTP of letters whatever their state."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.letters import queries
from services.interaction.mailbox.letters.schemas import LetterFilter
from shared.business_day import business_date
from shared.contracts.letters import LetterCounts, ListedLetter
from shared.contracts.page import Page
from shared.requests import InHouse, Reading, Somebody, WhichPage, from_parameters

router = APIRouter(prefix="/v1", tags=["mailbox"])


Filters = Annotated[LetterFilter, Depends(from_parameters(LetterFilter))]


@router.get("/letters")
async def list_letters(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    keyring: Keys,
    wanted: Filters,
    house: InHouse,
) -> Page[ListedLetter]:
    """Return the letters within the actor's authority, the latest first; held ones are apart."""
    today = business_date(house.clock())
    return await queries.letters(session, actor, keyring, wanted, today, page)


@router.get("/letter-counts")
async def count_letters(actor: Somebody, session: Reading, house: InHouse) -> LetterCounts:
    """Return how many letters within the actor's authority are owed an answer, by state."""
    return await queries.counts(session, actor, business_date(house.clock()))
