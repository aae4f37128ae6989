"""Counting letters within an actor's authority."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Values,
    and_,
    case,
    column,
    func,
    or_,
    select,
    values,
)
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.group import queries as group
from services.interaction.mailbox.insights.measures import Counted, measures
from services.interaction.mailbox.insights.period import Period
from services.interaction.mailbox.letters.handling import KINDS, OPEN
from services.interaction.mailbox.letters.models import Letter
from services.interaction.mailbox.letters.queries import visible_to
from shared.auth import Actor
from shared.contracts.insights import (
    KindMeasures,
    LetterStatement,
    NearDeadline,
    UnitMeasures,
)
from shared.contracts.letters import LetterKind, LetterState, Satisfaction
from shared.workdays import Calendar

OPEN_AT_MOST = 1000
A_DAY = timedelta(days=1)


class Group(NamedTuple):
    """Which letters are counted together."""

    organization: str | None
    name: str | None
    kind: LetterKind


async def statement(
    session: AsyncSession, actor: Actor, site_code: str | None, period: Period, today: date
) -> LetterStatement:
    """Return what the letters of a period come to, in one query besides the calendar's."""
    calendar = await group.calendar(session)
    rows = await _counted(session, actor, site_code, period, today, calendar)
    by_unit: defaultdict[tuple[str | None, str | None], list[Counted]] = defaultdict(list)
    by_kind: defaultdict[LetterKind, list[Counted]] = defaultdict(list)
    for of, counted in rows:
        by_unit[of.organization, of.name].append(counted)
        by_kind[of.kind].append(counted)
    return LetterStatement(
        since=period.since,
        until=period.until,
        cut_off=today,
        site_code=site_code,
        total=measures(counted for _, counted in rows),
        units=[
            UnitMeasures(organization=path, name=name, measures=measures(counted))
            for (path, name), counted in sorted(by_unit.items(), key=lambda unit: unit[0][0] or "")
        ],
        kinds=[
            KindMeasures(kind=kind, kind_label=KINDS[kind], measures=measures(counted))
            for kind, counted in sorted(by_kind.items())
        ],
    )


async def near_deadlines(session: AsyncSession, actor: Actor) -> Sequence[NearDeadline]:
    """Return open letters within the actor's authority, the first due first, at most 1000."""
    question = (
        select(Letter)
        .where(visible_to(actor), Letter.state.in_(OPEN))
        .where(Letter.state != LetterState.HELD)
        .order_by(Letter.due_on, Letter.id)
        .limit(OPEN_AT_MOST)
    )
    found = (await session.scalars(question)).all()
    return [NearDeadline.model_validate(letter, from_attributes=True) for letter in found]


async def _counted(
    session: AsyncSession,
    actor: Actor,
    site_code: str | None,
    period: Period,
    today: date,
    calendar: Calendar,
) -> list[tuple[Group, Counted]]:
    received, answered = (_workdays(period, today, calendar, name) for name in ("r", "a"))
    late = or_(Letter.late.is_(True), and_(Letter.answered_on.is_(None), Letter.due_on < today))
    on_time = and_(Letter.answered_on.is_not(None), Letter.late.is_(False))
    question = (
        select(
            Letter.organization,
            Letter.organization_name,
            Letter.kind,
            Letter.state,
            func.count(),
            func.count(Letter.answered_on),
            _how_many(on_time),
            _how_many(late),
            func.coalesce(func.sum(answered.c.number - received.c.number), 0),
            *(_how_many(Letter.satisfaction == said) for said in Satisfaction),
            _how_many(Letter.reopened > 0),
            func.count(Letter.published_on),
        )
        .outerjoin(received, received.c.day == Letter.received_on)
        .outerjoin(answered, answered.c.day == Letter.answered_on)
        .where(visible_to(actor), Letter.state != LetterState.HELD)
        .where(Letter.received_on.between(period.since, period.until))
        .group_by(Letter.organization, Letter.organization_name, Letter.kind, Letter.state)
    )
    if site_code is not None:
        question = question.where(Letter.site_code == site_code)
    rows = (await session.execute(question)).all()
    return [(Group(*row[:3]), Counted(*row[3:])) for row in rows]


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _workdays(period: Period, today: date, calendar: Calendar, name: str) -> Values:
    """Return the days from the period's first to today, each with the working days up to it."""
    rows, number, day = [], 0, period.since
    while day <= max(today, period.until):
        number += calendar.is_workday(day)
        rows.append((day, number))
        day += A_DAY
    return values(column("day", Date), column("number", Integer), name=name).data(rows)
