"""Questions about the answer library."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, and_, cast, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.interaction.mailbox.letters.words import asked_words
from services.interaction.mailbox.library.models import LibraryEdition, LibraryEntry
from shared.auth import Actor, Permission, upward
from shared.authority import reached
from shared.contracts import answer_library as contracts
from shared.contracts.answer_library import LibraryEntryState
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

MOST_USED = Listing(
    "library-entries",
    contracts.LibraryEntry,
    [(LibraryEntry.uses, int), (LibraryEntry.id, UUID)],
)
EDITIONS = Listing(
    "library-editions",
    contracts.LibraryEdition,
    [(LibraryEdition.entry_id, UUID), (LibraryEdition.number, int)],
)
MILLION = 1_000_000
USERS = (Permission.ANSWER, Permission.REVIEW_ANSWER)


def kept_by(actor: Actor) -> ColumnElement[bool]:
    """Select the entries of an actor's own units, which it may see before their review."""
    return or_(*(reached(actor, each, LibraryEntry.organization) for each in USERS))


def usable_by(actor: Actor) -> ColumnElement[bool]:
    """Select the entries an actor may read: reviewed ones of the units above too."""
    if actor.sites is not None or actor.columns is not None:
        return kept_by(actor)
    paths = {path for each in USERS for path in actor.grants.get(each, ())}
    above = sorted({path for below in paths for path in upward(below)})
    in_use = LibraryEntry.state == LibraryEntryState.IN_USE
    return or_(kept_by(actor), and_(in_use, LibraryEntry.organization.in_(above)))


def in_force(today: date) -> ColumnElement[bool]:
    """Select what may be used today; the edition in use is joined."""
    return and_(
        LibraryEntry.state == LibraryEntryState.IN_USE,
        LibraryEdition.valid_from <= today,
        or_(LibraryEdition.valid_until.is_(None), LibraryEdition.valid_until >= today),
    )


USED = and_(
    LibraryEdition.entry_id == LibraryEntry.id,
    LibraryEdition.number == LibraryEntry.edition_in_use,
)
"""Joins an entry with its text that was approved last."""


async def entries(
    session: AsyncSession,
    actor: Actor,
    phrase: str | None,
    matter: str | None,
    today: date,
    asked: Asked,
) -> Page[contracts.LibraryEntry]:
    """Return one page of the entries an actor may use today, the nearest or most used first."""
    question = (
        select(LibraryEntry)
        .join(LibraryEdition, USED)
        .where(usable_by(actor), in_force(today))
        .options(joinedload(LibraryEntry.edition))
    )
    if matter is not None:
        question = question.where(LibraryEdition.matter == matter)
    if phrase is None:
        return await MOST_USED.turn(session, question, asked)
    words = _any_word(phrase)
    nearest = Listing("nearest-entries", contracts.LibraryEntry, _by_nearness(words))
    met = question.where(LibraryEdition.words.bool_op("@@")(words))
    return await nearest.turn(session, met, asked)


def _any_word(phrase: str) -> ColumnElement[Any]:
    """Return the query for a text in which one of the words stands, for a question has many."""
    found = asked_words(phrase)
    told = [word for word in found if len(word) > 1] or found or [""]
    words = [func.plainto_tsquery("simple", word) for word in told]
    return reduce(lambda one, other: one.op("||")(other), words[1:], words[0])


def _by_nearness(words: ColumnElement[Any]) -> list[tuple[Any, Callable[[str], Any]]]:
    nearness = func.ts_rank(LibraryEdition.words, words) * MILLION
    return [(cast(nearness, Integer), int), (LibraryEntry.id, UUID)]


async def entry(session: AsyncSession, actor: Actor, entry_id: UUID) -> LibraryEntry:
    """Return an entry the actor may read with the text it is used by, or refuse."""
    question = (
        select(LibraryEntry)
        .where(LibraryEntry.id == entry_id, usable_by(actor))
        .options(joinedload(LibraryEntry.edition))
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound
    return found


async def editions(
    session: AsyncSession,
    actor: Actor,
    entry_id: UUID | None,
    asked: Asked,
    *,
    waiting: bool,
) -> Page[contracts.LibraryEdition]:
    """Return one page of the texts of an actor's own units, whatever became of them."""
    question = (
        select(LibraryEdition)
        .join(LibraryEntry, LibraryEntry.id == LibraryEdition.entry_id)
        .where(kept_by(actor))
    )
    if entry_id is not None:
        question = question.where(LibraryEdition.entry_id == entry_id)
    if waiting:
        question = question.where(
            LibraryEdition.verdict.is_(None),
            LibraryEdition.number == LibraryEntry.editions,
            LibraryEntry.state != LibraryEntryState.RETIRED,
        )
    return await EDITIONS.turn(session, question, asked)


async def texts(session: AsyncSession, named: Collection[tuple[UUID, int]]) -> Sequence[str]:
    """Return the texts of these editions, in the order they are named in."""
    if not named:
        return []
    key = tuple_(LibraryEdition.entry_id, LibraryEdition.number)
    question = select(LibraryEdition.entry_id, LibraryEdition.number, LibraryEdition.text).where(
        key.in_(named)
    )
    found = {(entry, number): text for entry, number, text in await session.execute(question)}
    return [found[each] for each in named]


async def usable_today(
    session: AsyncSession, entries_: Collection[UUID], today: date
) -> dict[UUID, int]:
    """Return which of these entries may be used today, and by which edition."""
    if not entries_:
        return {}
    question = (
        select(LibraryEntry.id, LibraryEntry.edition_in_use)
        .join(LibraryEdition, USED)
        .where(LibraryEntry.id.in_(entries_), in_force(today))
    )
    return {entry: edition for entry, edition in await session.execute(question) if edition}
