"""Questions about letters on their way in."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.intake.holding import RULES, Holding, Mark, Seen, bursts
from services.interaction.mailbox.intake.models import Entry, Hold, LetterMark
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Letter
from shared.auth import Actor
from shared.contracts.held_letters import HeldLetter, HoldingReason, HoldingRule
from shared.contracts.letters import LetterChannel, LetterState
from shared.contracts.opened_letters import LetterEntry
from shared.contracts.page import Page
from shared.db import table_of
from shared.pagination import Asked, Listing

MARKS = table_of(LetterMark).c
SEEN = (
    select(MARKS.digest, func.count(), func.min(MARKS.at))
    .where(
        or_(
            *(
                (MARKS.digest == bindparam(mark.value)) & (MARKS.at > bindparam(f"{mark}_since"))
                for mark in Mark
            )
        )
    )
    .group_by(MARKS.digest)
)
HELD = Listing("held-letters", letters.SealedLetter, [(Letter.id, UUID)], newest_first=False)


async def seen(
    session: AsyncSession, marks: Mapping[Mark, bytes], rules: Holding, now: datetime
) -> dict[Mark, Seen]:
    """Return how many letters came with each of these marks, within the time that counts."""
    asked = {mark.value: marks.get(mark) for mark in Mark}
    since = {f"{mark}_since": burst.since(now) for mark, burst in bursts(rules).items()}
    found = {
        digest: Seen(letters, first)
        for digest, letters, first in await session.execute(SEEN, {**asked, **since})
    }
    return {mark: found[digest] for mark, digest in marks.items() if digest in found}


async def held_letters(
    session: AsyncSession, actor: Actor, keyring: Keyring, asked: Asked
) -> Page[HeldLetter]:
    """Return one page of the letters an actor may clear, the longest held first."""
    question = (
        select(Letter)
        .where(letters.visible_to(actor), Letter.state == LetterState.HELD)
        .options(joinedload(Letter.content))
    )
    page = await HELD.turn(session, question, asked)
    holds = await _holds(session, [letter.id for letter in page.items])
    items = [
        HeldLetter(
            **letter.model_dump(exclude={"content"}),
            title=letters.writing(letter, letters.key_of(letter, keyring)).title,
            held_at=holds[letter.id].held_at,
            reasons=[
                HoldingReason(rule=HoldingRule(rule), label=RULES[HoldingRule(rule)])
                for rule in holds[letter.id].rules
            ],
        )
        for letter in page.items
    ]
    return Page(items=items, cursors=page.cursors, next=page.next)


async def _holds(session: AsyncSession, of: list[UUID]) -> dict[UUID, Hold]:
    question = select(Hold).where(Hold.letter_id.in_(of))
    return {hold.letter_id: hold for hold in await session.scalars(question)}


async def entry(session: AsyncSession, letter: Letter) -> LetterEntry | None:
    """Return how a letter came that a clerk entered; nothing of one its writer sent."""
    if letter.channel in {LetterChannel.WEB, LetterChannel.APP}:
        return None
    found = await session.get_one(Entry, letter.id)
    return LetterEntry.model_validate(found, from_attributes=True)
