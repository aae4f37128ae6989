"""HTTP of cards."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.interaction.citizens.router import Keys
from services.interaction.mailbox.clocks.cards import commands, queries
from services.interaction.mailbox.clocks.cards.schemas import CardFilter
from shared.contracts.letter_cards import CardDecision, CardExplanation, LetterCard
from shared.contracts.page import Page
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage, from_parameters

router = APIRouter(prefix="/v1", tags=["clocks"])
# Sealed like the letter, so that no answer kept for a day holds them in the clear.
WORDS = frozenset({"explanation", "ruling_reason"})
Wanted = Annotated[CardFilter, Depends(from_parameters(CardFilter))]


@router.get("/letter-cards")
async def list_letter_cards(
    actor: Somebody, session: Reading, page: WhichPage, keyring: Keys, wanted: Wanted
) -> Page[LetterCard]:
    """Return the cards of one's units and sites, and down one's line, the latest first."""
    return await queries.cards(session, actor, keyring, wanted, page)


@router.post("/letter-cards/{card_id}/explanation", response_model=LetterCard)
async def explain_letter_card(
    card_id: UUID, why: CardExplanation, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Say why the unit was late; once rejected, it may say so anew."""
    async with begin() as uow:
        card = await commands.explain(
            uow, card_id, why.text, keyring, token_bytes, version=version
        )
        return await uow.answer(LetterCard, card, once=WORDS)


@router.post("/letter-cards/{card_id}/ruling", response_model=LetterCard)
async def rule_on_letter_card(
    card_id: UUID, decided: CardDecision, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Accept or reject an explanation as the unit's supervisor; the card stays."""
    async with begin() as uow:
        card = await commands.rule(uow, card_id, decided, keyring, token_bytes, version=version)
        return await uow.answer(LetterCard, card, once=WORDS)
