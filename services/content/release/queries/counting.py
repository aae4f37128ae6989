"""How many public items there are, by class, month and year."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, literal, null, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.release.models import Change, Live
from services.content.release.queries.filtering import Wanted
from shared.contracts.content import ChangeAct, ItemKind
from shared.contracts.item_text import InterpretationForm

BEIJING = "Asia/Shanghai"
ORIGINAL = Live.origin_item_id.is_(None)
Counted = Sequence[tuple[str, int]]


class Classes(NamedTuple):
    """How many items there are, and how they fall into subjects and genres."""

    total: int
    subjects: Counted
    genres: Counted


class Standing(NamedTuple):
    """How many of a year's items are public in one column, of one kind and form."""

    column_id: UUID
    kind: ItemKind
    form: InterpretationForm | None
    items: int


class Released(NamedTuple):
    """What a site first released between two instants, and how it stands now."""

    total: int
    standing: Sequence[Standing]


async def by_class(
    session: AsyncSession, columns: Sequence[Any], rows: Select[Any]
) -> tuple[int, list[Counted]]:
    """Count rows altogether and by each of these columns, in one query; most numerous first."""
    source = rows.with_only_columns(*columns).subquery()
    of_each = tuple(source.c)
    sets = func.grouping_sets(*(tuple_(one) for one in of_each), tuple_())
    question = select(func.grouping(*of_each), *of_each, func.count()).group_by(sets)
    found = (await session.execute(question)).all()
    every = (1 << len(of_each)) - 1  # a bit is set for each column that a row does not speak of

    def counted(place: int) -> Counted:
        only = every ^ (1 << (len(of_each) - 1 - place))
        classed = (row for row in found if row[0] == only and row[place + 1] is not None)
        told = [(str(row[place + 1]), row[-1]) for row in classed]
        return sorted(told, key=lambda one: (-one[1], one[0]))

    (total,) = (row[-1] for row in found if row[0] == every)
    return total, [counted(place) for place in range(len(of_each))]


async def classes(session: AsyncSession, wanted: Wanted) -> Classes:
    """Count items by subject and by genre, in one query."""
    classed = select(Live).where(*wanted.conditions())
    total, (subjects, genres) = await by_class(session, (Live.subject, Live.genre), classed)
    return Classes(total, subjects, genres)


async def months(session: AsyncSession, site_code: str) -> Sequence[tuple[str, int, datetime]]:
    """Return each month in which a site's originals were first public: how many, last changed."""
    month = func.to_char(func.timezone(BEIJING, Live.first_public_at), literal("YYYY-MM"))
    question = (
        select(month.label("month"), func.count(), func.max(Live.updated_at))
        .where(Live.site_code == site_code, ORIGINAL)
        .group_by("month")
        .order_by("month")
    )
    return [(month, items, at) for month, items, at in await session.execute(question)]


async def addresses(
    session: AsyncSession, wanted: Wanted, part: int, length: int
) -> Sequence[tuple[str, datetime]]:
    """Return one part of the original items' addresses, oldest first, each with its last change.

    The canonical address of a repost is its source's.
    """
    question = (
        select(Live.url, Live.updated_at)
        .where(*wanted.conditions(), ORIGINAL)
        .order_by(Live.first_public_at, Live.item_id)
        .offset(part * length)
        .limit(length)
    )
    return [(url, at) for url, at in await session.execute(question)]


async def released(
    session: AsyncSession, site_code: str, since: datetime, until: datetime
) -> Released:
    """Count what a site first released from one instant to another, in one query.

    Of what was withdrawn only the number is known: tombstones keep neither column nor kind.
    """
    first = (
        select(func.min(Change.at).label("at"))
        .where(Change.site_code == site_code, Change.act == ChangeAct.RELEASED)
        .group_by(Change.item_id)
        .subquery()
    )
    within = (first.c.at >= since, first.c.at < until)
    ever = select(null(), null(), null(), func.count()).select_from(first).where(*within)
    by = (Live.column_id, Live.kind, Live.interpretation_form)
    now = select(*by, func.count()).where(
        Live.site_code == site_code, Live.first_public_at >= since, Live.first_public_at < until
    )
    rows = (await session.execute(now.group_by(*by).union_all(ever))).all()
    *standing, total = sorted(rows, key=lambda row: row[0] is None)
    return Released(total[3], [Standing(*row) for row in standing])
