"""HTTP of insights."""

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.interaction.mailbox.insights import adapters, queries
from services.interaction.mailbox.insights.period import Period, period_of
from shared.business_day import business_date
from shared.contracts.insights import LetterStatement
from shared.contracts.text import SiteCode
from shared.moments import Day
from shared.requests import InHouse, Reading, Somebody, from_parameters

router = APIRouter(prefix="/v1", tags=["insights"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _period(
    month: Annotated[
        str | None,
        Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-03"]),
    ] = None,
    since: Day | None = None,
    until: Day | None = None,
) -> Period:
    return period_of(month, since, until)


WhichPeriod = Annotated[Period, Depends(from_parameters(_period))]
OfSite = Annotated[SiteCode | None, Query(description="All within reach without it.")]


async def _today(stands: InHouse) -> date:
    return business_date(stands.clock())


Today = Annotated[date, Depends(_today)]


@router.get("/letter-statement")
async def read_statement(
    actor: Somebody,
    session: Reading,
    period: WhichPeriod,
    today: Today,
    site_code: OfSite = None,
) -> LetterStatement:
    """Return what the letters received in a period come to by today, by unit and kind."""
    return await queries.statement(session, actor, site_code, period, today)


@router.get("/letter-statement.xlsx", response_class=Response)
async def export_statement(
    actor: Somebody,
    session: Reading,
    period: WhichPeriod,
    today: Today,
    site_code: OfSite = None,
) -> Response:
    """Return the statement as an Excel workbook."""
    statement = await queries.statement(session, actor, site_code, period, today)
    return _file(await asyncio.to_thread(adapters.workbook, statement), XLSX, period, "xlsx")


@router.get("/letter-statement.docx", response_class=Response)
async def print_statement(
    actor: Somebody,
    session: Reading,
    period: WhichPeriod,
    today: Today,
    site_code: OfSite = None,
) -> Response:
    """Return the statement as a Word document."""
    statement = await queries.statement(session, actor, site_code, period, today)
    return _file(await asyncio.to_thread(adapters.document, statement), DOCX, period, "docx")


@router.get("/letter-deadlines.ics", response_class=Response)
async def subscribe_to_deadlines(actor: Somebody, session: Reading, stands: InHouse) -> Response:
    """Return the days open letters must be answered by as iCalendar, without a word of them."""
    deadlines = await queries.near_deadlines(session, actor)
    return Response(adapters.calendar(deadlines, stands.clock()), media_type="text/calendar")


def _file(content: bytes, kind: str, period: Period, form: str) -> Response:
    name = f"letters-{period.since}-{period.until}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
