"""Questions about cards."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from services.interaction.citizens.sealing import Keyring
from services.interaction.group import queries as group
from services.interaction.mailbox.clocks.cards.models import Card
from services.interaction.mailbox.clocks.cards.schemas import CardFilter
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts.letter_cards import LetterCard
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound
from shared.uow import UnitOfWork, expect


class StoredCard(LetterCard):
    """A card on its way from the table to its readers."""

    letter: letters.SealedLetter
    sealed_explanation: bytes | None
    sealed_ruling_reason: bytes | None


CARDS = Listing("letter-cards", StoredCard, [(Card.id, UUID)])


def supervised_by(actor: Actor) -> ColumnElement[bool]:
    """Select the cards of sites an actor supervises, and of units whose second line it is."""
    return or_(
        Card.site_code.in_(group.supervised_sites(actor)),
        Card.organization.in_(group.second_line(actor)),
    )


def known_to(actor: Actor) -> ColumnElement[bool]:
    """Select the cards an actor may know of: its units', its sites', and down its line."""
    return or_(
        reached(actor, Permission.ANSWER, Card.organization),
        reached(actor, Permission.REVIEW_ANSWER, Card.organization),
        reached(actor, Permission.DISPATCH, Card.sponsoring),
        reached(actor, Permission.REVIEW_ANSWER, Card.sponsoring),
        supervised_by(actor),
    )


def _cards() -> Select[Card]:
    return (
        select(Card)
        .join(Card.letter)
        .options(contains_eager(Card.letter).options(joinedload(Letter.content)))
    )


async def cards(
    session: AsyncSession, actor: Actor, keyring: Keyring, wanted: CardFilter, asked: Asked
) -> Page[LetterCard]:
    """Return one page of the cards an actor may know of, the latest first."""
    question = _cards().where(known_to(actor))
    for column, value in (
        (Card.colour, wanted.colour),
        (Card.state, wanted.state),
        (Card.site_code, wanted.site_code),
        (Card.letter_id, wanted.letter_id),
    ):
        if value is not None:
            question = question.where(column == value)
    page = await CARDS.turn(session, question, asked)
    items = [_opened(card, keyring) for card in page.items]
    return Page(items=items, cursors=page.cursors, next=page.next)


async def locked(uow: UnitOfWork, card_id: UUID, version: int) -> Card:
    """Return a card its actor may know of, for this transaction alone to change."""
    question = _cards().where(Card.id == card_id, known_to(uow.actor)).with_for_update(of=Card)
    card = await uow.session.scalar(question)
    if card is None:
        raise NotFound("没有这张督办牌。")
    expect(version, card.version)
    return card


async def may_rule(session: AsyncSession, actor: Actor, card_id: UUID) -> bool:
    """Say whether an actor stands above a card, in its line of supervision."""
    question = select(Card.id).where(Card.id == card_id, supervised_by(actor))
    return await session.scalar(question) is not None


def view(card: Card, keyring: Keyring) -> LetterCard:
    """Return a card unsealed."""
    return _opened(StoredCard.model_validate(card, from_attributes=True), keyring)


def _opened(card: StoredCard, keyring: Keyring) -> LetterCard:
    """Return a card with what was said of it; without its letter's key, that is gone."""
    shown = card.model_dump(exclude={"letter", "sealed_explanation", "sealed_ruling_reason"})
    if card.letter.content is not None:
        key = letters.key_of(card.letter, keyring)
        for words in ("explanation", "ruling_reason"):
            sealed = getattr(card, f"sealed_{words}")
            shown[words] = sealed and key.open(sealed, "note")
    return LetterCard.model_validate(shown)
