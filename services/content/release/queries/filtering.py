"""Which public items a reader asks for."""

from collections.abc import Collection, Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import or_
from sqlalchemy.sql.elements import ColumnElement

from services.content.registry import queries as registry
from services.content.release.models import Live
from shared.business_day import end_of, start_of
from shared.contracts.content import ItemKind
from shared.contracts.item_text import Keyword, Term
from shared.contracts.text import Line, SiteCode
from shared.moments import Day

Year = Annotated[int, Field(ge=1949, le=2200, description="First public in it, in Beijing.")]
AnyDay = Annotated[
    Day, Field(ge=date(1949, 1, 1), le=date(2200, 12, 31), description="In Beijing.")
]
TermOrNarrower = Annotated[Term, Field(description="With every narrower term.")]


@dataclass(frozen=True)
class Wanted:
    """Filters of public items; those that are given must all hold, and both days count."""

    site_code: SiteCode | None = None
    column_id: UUID | None = None
    kind: ItemKind | None = None
    year: Year | None = None
    subject: TermOrNarrower | None = None
    genre: TermOrNarrower | None = None
    source: Line | None = None
    keyword: Keyword | None = None
    published_since: AnyDay | None = None
    published_until: AnyDay | None = None
    topic_id: UUID | None = None

    @property
    def listing(self) -> str:
        """Return what sets a list of these apart from every other: cursors are bound to it."""
        return repr(astuple(self))

    def conditions(self, merged: Collection[UUID] | None = None) -> Iterator[ColumnElement[bool]]:
        """Yield what must hold of an item; columns merged into the one asked for count too.

        Whoever reads in the order of an index says which are `merged`: mostly none, and a list
        of columns cannot be read in that order.
        """
        if merged:
            yield Live.column_id.in_([self.column_id, *merged])
        elif self.column_id is not None and merged is None:
            led = registry.leading_to(self.column_id)
            yield or_(Live.column_id == self.column_id, Live.column_id.in_(led))
        elif self.column_id is not None:
            yield Live.column_id == self.column_id
        if self.topic_id is not None:
            yield Live.topic_id == self.topic_id
            yield Live.origin_item_id.is_(None)
        for name in ("site_code", "kind", "source"):
            if (value := getattr(self, name)) is not None:
                yield getattr(Live, name) == value
        for column, term in ((Live.subject, self.subject), (Live.genre, self.genre)):
            if term is not None:
                yield or_(column == term, column.startswith(f"{term}/", autoescape=True))
        if self.keyword is not None:
            yield Live.keywords.contains([self.keyword])
        yield from (Live.first_public_at >= instant for instant in self._since())
        yield from (Live.first_public_at < instant for instant in self._until())

    def _since(self) -> Iterator[datetime]:
        if self.year is not None:
            yield start_of(date(self.year, 1, 1))
        if self.published_since is not None:
            yield start_of(self.published_since)

    def _until(self) -> Iterator[datetime]:
        if self.year is not None:
            yield end_of(date(self.year, 12, 31))
        if self.published_until is not None:
            yield end_of(self.published_until)
