"""HTTP of visits: counting them, and what was counted."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.content.delivery import commands
from services.content.delivery.annual_report import counters
from services.content.delivery.caching import Freshness
from services.content.delivery.pace import Pace
from services.content.delivery.queries import visits as queries
from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import ByReader
from services.content.registry import queries as registry
from services.content.release.queries import counting, reading
from services.content.topics import queries as topics
from shared.auth import ANYONE, Actor, Permission
from shared.business_day import end_of, start_of
from shared.contracts.delivery import AnnualCounters, DayVisits, ItemVisits, SiteVisits
from shared.contracts.registry import Column
from shared.contracts.text import SiteCode
from shared.moments import Day
from shared.problem import Fault, Invalid
from shared.requests import InHouse, Reading, Somebody
from shared.telemetry import request_id
from shared.uow import beginner

router = APIRouter(prefix="/v1")

LONGEST_SPAN = 366
AnyDay = Annotated[Day, Query(ge=date(2000, 1, 1), le=date(2200, 12, 31))]
Year = Annotated[int, Query(ge=2000, le=2200)]


@router.post("/public/items/{item_id}/visits", status_code=204, tags=["public"])
async def count_visit(item_id: UUID, house: InHouse, request: Request) -> Response:
    """Count a visit of a public item; nothing is kept of who it was."""
    pace: Pace = request.app.state.pace
    pace.require(item_id, house.clock())
    begin = beginner(house.sessions, house.clock, house.source)
    async with begin(ANYONE, request_id()) as uow:
        await commands.count_visit(uow, item_id)
    return Response(status_code=204)


@router.get("/public/items/{item_id}/visits", response_model=ItemVisits, tags=["public"])
async def read_item_visits(item_id: UUID, session: PublicReading, reader: ByReader) -> Response:
    """Return how often a public item was read."""
    await reading.site_of(session, item_id)
    total, days = await queries.item_visits(session, item_id)
    visits = ItemVisits(item_id=item_id, total=total, days=_shown(days))
    return reader.send_view(visits, Freshness.MINUTE)


@router.get("/sites/{code}/visits", tags=["statistics"])
async def read_site_visits(
    actor: Somebody, code: SiteCode, since: AnyDay, until: AnyDay, session: Reading
) -> SiteVisits:
    """Return how often a site's items were read on each day; withdrawn items count too."""
    if not 0 <= (until - since).days < LONGEST_SPAN:
        told = f"结束日期不得早于开始日期，且最多查询 {LONGEST_SPAN} 天。"
        raise Invalid([Fault("query:until", "span", told)])
    site = await registry.site(session, code)
    _require_insight(actor, site.sponsoring)
    days = await queries.site_visits(session, code, since, until)
    return SiteVisits(site_code=code, total=sum(count for _, count in days), days=_shown(days))


@router.get("/sites/{code}/annual-counters", tags=["statistics"])
async def read_annual_counters(
    actor: Somebody, code: SiteCode, year: Year, session: Reading
) -> AnnualCounters:
    """Return what a site's annual report (年度工作报表) asks of content, as far as facts tell."""
    site, columns = await registry.site_with_columns(session, code)
    _require_insight(actor, site.sponsoring)
    first, last = date(year, 1, 1), date(year, 12, 31)
    since, until = start_of(first), end_of(last)
    released = await counting.released(session, code, since, until)
    visits = await queries.site_visits(session, code, first, last)
    return counters(
        code,
        year,
        first_released=released.total,
        standing=released.standing,
        columns=[Column.model_validate(column, from_attributes=True) for column in columns],
        topics=await topics.kept_between(session, code, since, until),
        visits=sum(count for _, count in visits),
    )


def _require_insight(actor: Actor, path: str) -> None:
    if not actor.may(Permission.READ_DRAFTS, path):
        actor.require(Permission.ADMINISTER, path)


def _shown(days: Sequence[tuple[date, int]]) -> list[DayVisits]:
    return [DayVisits(day=day, count=count) for day, count in days]
