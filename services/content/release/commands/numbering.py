"""Giving items their index numbers (索引号), and saying how they are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from services.content.registry import queries as registry
from services.content.release.index_number import DEFAULT, Giver, Pattern, faults
from services.content.release.kinds import Trait, kinds
from services.content.release.models import IndexCounter, IndexNumber, IndexPattern
from services.content.release.queries import numbers
from shared.auth import Permission
from shared.business_day import business_date
from shared.contracts.index_number import IndexPatternSet
from shared.problem import Conflict, Invalid, StaleVersion
from shared.uow import expect

if TYPE_CHECKING:
    from services.content.editorial.models import Item
    from shared.contracts.index_number import NewIndexPattern
    from shared.uow import UnitOfWork


class CodeTaken(Conflict):
    """Another organization numbers under this unified social credit code."""

    advice = "该统一社会信用代码已由其他单位用于索引号。"


class NumberTaken(Conflict):
    """The organization's pattern makes a number that another one has given."""

    advice = "按现行规则生成的索引号与已有的重复，请先更改索引号规则。"


class Way(NamedTuple):
    """How an organization's numbers are made, and where they are counted."""

    pattern: Pattern
    giver: Giver
    counted_at: str


async def give_numbers(uow: UnitOfWork, items: Sequence[Item]) -> Mapping[UUID, str]:
    """Return the items' index numbers; those that go out for the first time get theirs now.

    Whoever calls it holds the order of releases, so that no number is skipped.
    """
    known = await numbers.numbers_of(uow.session, [item.id for item in items])
    fresh = [item for item in items if item.id not in known and item.kind in kinds(Trait.INDEXED)]
    if not fresh:
        return known
    ways = await _ways(uow, {item.sponsoring for item in fresh})
    waiting = defaultdict(list)
    for item in fresh:
        waiting[ways[item.sponsoring].counted_at].append(item)
    day = business_date(uow.now)
    last = await _count(uow, {place: len(found) for place, found in waiting.items()}, day.year)
    given = {}
    rows = []
    for place, found in waiting.items():
        for serial, item in enumerate(found, last[place] - len(found) + 1):
            way = ways[item.sponsoring]
            given[item.id] = way.pattern.render(way.giver, day, serial)
            rows.append(
                {
                    "item_id": item.id,
                    "index_no": given[item.id],
                    "organization": item.sponsoring,
                    "counted_at": place,
                    "year": day.year,
                    "serial": serial,
                    "given_at": uow.now,
                }
            )
    try:
        await uow.session.execute(insert(IndexNumber), rows)
    except IntegrityError as fault:
        raise NumberTaken from fault
    return {**known, **given}


async def _ways(uow: UnitOfWork, paths: set[str]) -> Mapping[str, Way]:
    lines = {path: _upward(path) for path in paths}
    known = await numbers.patterns(
        uow.session, {above for line in lines.values() for above in line}
    )
    return {
        path: _way(path, [known[above] for above in line if above in known])
        for path, line in lines.items()
    }


def _way(path: str, nearest_first: Sequence[IndexPattern]) -> Way:
    code = path.rsplit(".", 1)[-1]
    if not nearest_first:
        return Way(Pattern.parse(DEFAULT), Giver(code, None), path)
    nearest = nearest_first[0]
    pattern = Pattern.parse(nearest.pattern)
    counted_at = path if pattern.by_organization else nearest.organization
    return Way(pattern, Giver(code, nearest.uscc), counted_at)


def _upward(path: str) -> list[str]:
    """Return the paths from an organization up to the root."""
    codes = path.split(".")
    return [".".join(codes[:length]) for length in range(len(codes), 0, -1)]


async def _count(uow: UnitOfWork, wanted: Mapping[str, int], year: int) -> Mapping[str, int]:
    """Take as many serials as are wanted at each place; return the last one of each."""
    wants = [
        {"counted_at": place, "year": year, "given": count}
        for place, count in sorted(wanted.items())
    ]
    new = insert(IndexCounter).values(wants)
    taken = new.on_conflict_do_update(
        index_elements=[IndexCounter.counted_at, IndexCounter.year],
        set_={"given": IndexCounter.given + new.excluded.given},
    ).returning(IndexCounter.counted_at, IndexCounter.given)
    rows = await uow.session.execute(taken)
    return {row.counted_at: row.given for row in rows}


async def set_pattern(
    uow: UnitOfWork, code: str, new: NewIndexPattern, version: int | None
) -> IndexPattern:
    """Say how an organization, and those below it without a pattern of their own, number."""
    organization = await registry.organization(uow.session, code)
    uow.actor.require(Permission.ADMINISTER, organization.path)
    if found := faults(new.pattern, new.uscc):
        raise Invalid(found)
    known = (await numbers.patterns(uow.session, [organization.path])).get(organization.path)
    if known is None:
        if version is not None:
            raise StaleVersion
        known = IndexPattern(organization=organization.path)
        uow.session.add(known)
    else:
        expect(version, known.version)
    known.pattern, known.uscc = new.pattern, new.uscc
    try:
        await uow.session.flush()
    except IntegrityError as fault:
        raise CodeTaken from fault
    uow.announce(
        IndexPatternSet(organization=organization.path, pattern=new.pattern, uscc=new.uscc)
    )
    return known
