"""What readers look for among the public items, by words and numbers."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import (
    Double,
    Integer,
    Select,
    Subquery,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from services.content.release.models import Live
from services.content.release.queries.counting import BEIJING, Counted, by_class
from services.content.release.queries.filtering import Wanted
from services.content.release.queries.reading import NEWEST_FIRST
from shared.pagination import Asked, InvalidCursor

NUMBERS = (Live.doc_no, Live.index_no)
"""Numbers an item is known by; who looks for exactly one of them meets that item first."""

RANKED = 500
COUNTED = 1000
READ_FOR_PHRASES = 1000
ABOVE_EVERY_RANK = 10
LONG_TEXTS_WEIGH_LESS = 1

SHOWN = (Live.answer, Live.item_id, Live.title, Live.body)
Conditions = Sequence[ColumnElement[bool]]
Place = Sequence[str] | None
Keys = Sequence[tuple[Any, Callable[[str], Any]]]


class Order(StrEnum):
    """What comes first among the items found, after those that bear exactly the number."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


class Question(Protocol):
    """What somebody looks for, as far as the database answers it."""

    @property
    def terms(self) -> Sequence[Sequence[str]]:
        """Terms that must all occur; of each, one of its alternatives, as words and spaces."""

    @property
    def phrases(self) -> Sequence[str]:
        """Characters that must occur exactly as they stand."""

    @property
    def number(self) -> str | None:
        """The document or index number, if one is asked for."""


class Hit(NamedTuple):
    """A found item as stored, with the text that shows why it was found."""

    answer: bytes
    item_id: UUID
    title: str
    body: str


class HitPage(NamedTuple):
    """One page of what was found."""

    hits: Sequence[Hit]
    cursors: list[str]
    next: str | None


class _Ladder(NamedTuple):
    """Matching items, what they are ordered by, and the newest that a walk may meet."""

    question: Select[UUID]
    keys: Keys
    edge: ColumnElement[Any]


class Tallies(NamedTuple):
    """How many items were found, and how they fall into classes; counted up to a thousand."""

    total: int
    kinds: Counted
    sites: Counted
    years: Counted


async def find(
    session: AsyncSession, sought: Question, wanted: Wanted, asked: Asked, order: Order
) -> HitPage:
    """Return one page of what is found, in one query.

    By relevance the newest five hundred are compared, and a walk keeps to those of its first page.
    """
    listing = f"search:{order}:{sought!r}:{wanted.listing}"
    place = asked.cursors.open(listing, asked.after) if asked.after else None
    rank = _by_rank if order is Order.RELEVANCE else _by_date
    best = _best(rank(sought, _holding(sought, wanted), place), place, asked.first + 1)
    *keys, item_id, _ = best.c
    question = select(*SHOWN, *best.c).join(best, Live.item_id == item_id)
    question = question.order_by(*(key.desc() for key in keys), item_id.desc())
    rows = (await session.execute(question)).all()
    shown = [(Hit(*row[: len(SHOWN)]), row[len(SHOWN) :]) for row in rows[: asked.first]]
    sealed = [asked.cursors.seal(listing, here) for _, here in shown]
    following = sealed[-1] if len(rows) > asked.first else None
    return HitPage([hit for hit, _ in shown], sealed, following)


async def tally(session: AsyncSession, sought: Question, wanted: Wanted, order: Order) -> Tallies:
    """Count the newest of what is found, as many as a walk may meet, in one query."""
    most = counted(order)
    year = cast(func.extract("year", func.timezone(BEIJING, Live.first_public_at)), Integer)
    newest = select(Live).where(*_holding(sought, wanted)).order_by(*NEWEST_FIRST).limit(most)
    total, classes = await by_class(
        session, (Live.kind, Live.site_code, year.label("year")), newest
    )
    return Tallies(total, *classes)


def counted(order: Order) -> int:
    """Return up to how many items are counted: a walk by relevance meets no more than it ranks."""
    return RANKED if order is Order.RELEVANCE else COUNTED


def _holding(sought: Question, wanted: Wanted) -> Conditions:
    """Return what must hold of an item that is found."""
    conditions = list(wanted.conditions())
    holds = [Live.tokens.op("@@")(_words(sought)) if sought.terms else false(), *conditions]
    if not sought.phrases:
        return holds
    found = _reading(sought.phrases, holds)
    if bearing := _bearing(sought):
        found = union_all(found, select(Live.item_id).where(or_(*bearing), *conditions))
    return [Live.item_id.in_(found)]


def _reading(phrases: Sequence[str], holds: Conditions) -> Any:
    """Return which of the newest thousand that hold the words have them in these phrases.

    No question of a stranger's may make the database read every text there is.
    """
    newest = select(Live.item_id, Live.title, Live.body).where(*holds).order_by(*NEWEST_FIRST)
    item_id, title, body = newest.limit(READ_FOR_PHRASES).subquery().c
    found = select(item_id)
    for phrase in phrases:
        where = (column.contains(phrase, autoescape=True) for column in (title, body))
        found = found.where(or_(*where))
    return found


def _bearing(sought: Question) -> list[ColumnElement[bool]]:
    if sought.number is None:
        return []
    # Codes of organizations are written small, credit codes large, and people type either.
    written = {sought.number, sought.number.lower(), sought.number.upper()}
    return [column.in_(sorted(written)) for column in NUMBERS]


def _words(sought: Question) -> ColumnElement[Any]:
    def one_of(alternatives: Sequence[str]) -> ColumnElement[Any]:
        queries = [func.plainto_tsquery("simple", words) for words in alternatives]
        return reduce(lambda some, more: some.op("||")(more), queries)

    return reduce(lambda some, more: some.op("&&")(more), map(one_of, sought.terms))


def _exact(sought: Question) -> list[ColumnElement[int]]:
    """Return 1 for what bears the number and 0 for what only mentions it, if one is asked for."""
    bearing = _bearing(sought)
    return [case((or_(*bearing), 1), else_=0)] if bearing else []


def _by_date(sought: Question, holds: Conditions, _: Place) -> _Ladder:
    exact: Keys = [(column, int) for column in _exact(sought)]
    dated: Keys = [(Live.first_public_at, datetime.fromisoformat), (Live.item_id, UUID)]
    return _Ladder(select(Live.item_id).where(*holds), [*exact, *dated], literal(""))


def _by_rank(sought: Question, holds: Conditions, place: Place) -> _Ladder:
    rank = cast(func.ts_rank(Live.tokens, _words(sought), LONG_TEXTS_WEIGH_LESS), Double)
    ranked = sum((column * ABOVE_EVERY_RANK for column in _exact(sought)), rank)
    newest = select(Live.item_id, Live.first_public_at, ranked.label("rank")).where(*holds)
    if place is not None:
        newest = newest.where(Live.first_public_at <= datetime.fromisoformat(place[-1]))
    compared = newest.order_by(*NEWEST_FIRST).limit(RANKED).cte()
    edge = select(func.max(compared.c.first_public_at)).scalar_subquery()
    keys: Keys = [(compared.c.rank, float), (compared.c.item_id, UUID)]
    return _Ladder(select(compared.c.item_id), keys, edge)


def _best(ladder: _Ladder, place: Place, most: int) -> Subquery:
    """Return the keys of the first that are beyond a place, so that no other text is read."""
    columns = [column for column, _ in ladder.keys]
    question = ladder.question
    if place is not None:
        question = question.where(tuple_(*columns) < _there(ladder.keys, place[:-1]))
    question = question.order_by(*(column.desc() for column in columns)).limit(most)
    named = (column.label(f"key_{at}") for at, column in enumerate(columns))
    return question.with_only_columns(*named, ladder.edge.label("edge")).subquery()


def _there(keys: Keys, place: Sequence[str]) -> ColumnElement[Any]:
    try:
        return tuple_(*(parse(part) for (_, parse), part in zip(keys, place, strict=True)))
    except ValueError as fault:  # sealed when this list was ordered otherwise
        raise InvalidCursor from fault
