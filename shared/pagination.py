"""Keyset pages: opaque, tamper-proof cursors, no totals, no offsets."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Generic, TypeVar

from itsdangerous import BadData, URLSafeSerializer
from pydantic import BaseModel
from sqlalchemy import Select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from shared.contracts.page import Page
from shared.problem import BadRequest

T = TypeVar("T", bound=BaseModel)
LARGEST_PAGE = 100
LONGEST_CURSOR = 1000


class InvalidCursor(BadRequest):
    """The cursor is not one this list handed out."""

    advice = "翻页参数无效，请从第一页重新开始。"


class Cursors:
    """Seals the place where a page ends, bound to the list it was handed out for."""

    def __init__(self, key: str) -> None:
        self._key = key

    def seal(self, listing: str, place: Sequence[Any]) -> str:
        """Return the cursor that resumes `listing` after `place`."""
        sealed = URLSafeSerializer(self._key, salt=listing).dumps([str(part) for part in place])
        return str(sealed)

    def blind(self, text: str) -> str:
        """Return a mark of a text by which nobody without the key can try out guesses at it."""
        return hmac.digest(self._key.encode(), text.encode(), sha256).hex()

    def open(self, listing: str, cursor: str) -> list[str]:
        """Return the place a cursor of `listing` names, or raise `InvalidCursor`."""
        if len(cursor) > LONGEST_CURSOR:
            raise InvalidCursor
        try:
            place: list[str] = URLSafeSerializer(self._key, salt=listing).loads(cursor)
        except BadData as fault:
            raise InvalidCursor from fault
        return place


@dataclass(frozen=True)
class Asked:
    """Which page a reader asks for, and what seals its cursors."""

    cursors: Cursors
    first: int
    after: str | None = None


@dataclass(frozen=True)
class Listing(Generic[T]):
    """One list: its name, what an item looks like, and the keys it is ordered by.

    Each key is an SQL expression and the parser of its text form, such as
    `(Item.id, UUID)`; the last one is unique.
    """

    name: str
    view: type[T]
    keys: Sequence[tuple[Any, Callable[[str], Any]]]
    newest_first: bool = True

    async def turn(self, session: AsyncSession, question: Select[Any], asked: Asked) -> Page[T]:
        """Answer one page of `question` in one query."""
        columns = [column for column, _ in self.keys]
        if asked.after is not None:
            question = question.where(self._beyond(asked.cursors.open(self.name, asked.after)))
        order = [column.desc() if self.newest_first else column.asc() for column in columns]
        question = question.add_columns(*columns).order_by(*order).limit(asked.first + 1)
        rows = (await session.execute(question)).all()
        shown = rows[: asked.first]
        sealed = [asked.cursors.seal(self.name, row[-len(columns) :]) for row in shown]
        return Page[T](
            items=[self.view.model_validate(row[0], from_attributes=True) for row in shown],
            cursors=sealed,
            next=sealed[-1] if len(rows) > asked.first else None,
        )

    def _beyond(self, place: list[str]) -> ColumnElement[bool]:
        here = tuple_(*(column for column, _ in self.keys))
        try:
            parsed = [parse(part) for (_, parse), part in zip(self.keys, place, strict=True)]
        except ValueError as fault:  # sealed when this list was ordered otherwise
            raise InvalidCursor from fault
        there = tuple_(*parsed)
        return here < there if self.newest_first else here > there
