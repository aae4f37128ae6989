"""Giving cards, lifting them, explaining them and deciding about that."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select

from services.interaction.citizens.sealing import Keyring
from services.interaction.group import queries as group
from services.interaction.mailbox.clocks.cards import queries
from services.interaction.mailbox.clocks.cards.card import explained, goes_up_to, ruled
from services.interaction.mailbox.clocks.cards.models import Card
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from shared.auth import OutsideAuthority, Permission
from shared.contracts.letter_cards import (
    CardColour,
    CardDecision,
    CardState,
    LetterCard,
    LetterCardExplained,
    LetterCardGiven,
    LetterCardLifted,
    LetterCardRuled,
)
from shared.contracts.letter_clocks import LetterClockStep
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


async def give(
    uow: UnitOfWork,
    letter: Letter,
    clock_id: UUID,
    step: LetterClockStep,
    due_on: date,
    colour: CardColour,
) -> None:
    """Give whoever is in charge of a letter a card, and tell it up the line of supervision."""
    unit = letter.organization or letter.sponsoring
    card = Card(
        clock_id=clock_id,
        letter_id=letter.id,
        site_code=letter.site_code,
        sponsoring=letter.sponsoring,
        organization=unit,
        step=step,
        colour=colour,
        due_on=due_on,
        given_at=uow.now,
    )
    uow.session.add(card)
    await uow.session.flush()
    line = await group.supervision(uow.session, letter.site_code, unit)
    uow.announce(
        LetterCardGiven(
            card_id=card.id,
            letter_id=letter.id,
            number=letter.number,
            site_code=letter.site_code,
            organization=unit,
            step=step,
            colour=colour,
            due_on=due_on,
            told=goes_up_to(colour, letter.sponsoring, *line),
        )
    )


async def lift(uow: UnitOfWork, clock_ids: Collection[UUID]) -> None:
    """Take back the cards of clocks whose day turns out to lie ahead."""
    standing = select(Card).where(Card.clock_id.in_(clock_ids), Card.state != CardState.LIFTED)
    for card in (await uow.session.scalars(standing.with_for_update())).all():
        card.state = CardState.LIFTED
        uow.announce(
            LetterCardLifted(
                card_id=card.id,
                letter_id=card.letter_id,
                site_code=card.site_code,
                organization=card.organization,
                step=card.step,
                colour=card.colour,
            )
        )


async def explain(
    uow: UnitOfWork, card_id: UUID, text: str, keyring: Keyring, chance: Chance, *, version: int
) -> LetterCard:
    """Say why the unit was late; sealed like the letter, for its writer may be named in it."""
    card = await queries.locked(uow, card_id, version)
    # A letter nobody was given is late through those who give letters.
    clerks = {Permission.DISPATCH} if card.organization == card.sponsoring else set()
    if not any(
        uow.actor.may(permission, card.organization)
        for permission in {Permission.ANSWER, Permission.REVIEW_ANSWER} | clerks
    ):
        raise OutsideAuthority(permission=Permission.ANSWER)
    card.state = explained(card.state)
    key = letters.key_of(card.letter, keyring)
    card.sealed_explanation = key.close(chance(NONCE_BYTES), text, "note")
    card.explained_by, card.explained_at = uow.actor.id, uow.now
    card.ruled_by = card.ruled_at = card.sealed_ruling_reason = None
    await uow.session.flush()
    uow.announce(
        LetterCardExplained(
            card_id=card.id,
            letter_id=card.letter_id,
            site_code=card.site_code,
            organization=card.organization,
        )
    )
    return queries.view(card, keyring)


async def rule(
    uow: UnitOfWork,
    card_id: UUID,
    decided: CardDecision,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> LetterCard:
    """Accept an explanation or reject it; the card stays in the unit's record."""
    card = await queries.locked(uow, card_id, version)
    if not await queries.may_rule(uow.session, uow.actor, card.id):
        raise OutsideAuthority(permission=Permission.APPROVE_CHANGE)
    card.state = ruled(card.state, decided.ruling, explained_by=card.explained_by, by=uow.actor.id)
    card.ruled_by, card.ruled_at = uow.actor.id, uow.now
    if decided.reason is not None:
        key = letters.key_of(card.letter, keyring)
        card.sealed_ruling_reason = key.close(chance(NONCE_BYTES), decided.reason, "note")
    await uow.session.flush()
    uow.announce(
        LetterCardRuled(
            card_id=card.id,
            letter_id=card.letter_id,
            site_code=card.site_code,
            organization=card.organization,
            ruling=decided.ruling,
        )
    )
    return queries.view(card, keyring)
