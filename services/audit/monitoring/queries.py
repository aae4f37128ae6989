"""Questions to monitoring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from services.audit.monitoring.cadence import Freshness
from services.audit.monitoring.cause import Showing
from services.audit.monitoring.finding import FindingKind
from services.audit.monitoring.models import (
    Column,
    Finding,
    Obligation,
    Publication,
    Site,
    Watched,
)
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import audit as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

FINDINGS = Listing("findings", contracts.Finding, [(Finding.id, UUID)])
COLUMNS = Listing(
    "watched-columns", contracts.WatchedColumn, [(Column.id, UUID)], newest_first=False
)


@dataclass(frozen=True)
class Wanted:
    """Which findings a reader asks for."""

    site_code: str | None = None
    kind: FindingKind | None = None
    open: bool | None = None


async def site(session: AsyncSession, code: str) -> Site:
    """Return the site with this code, or refuse."""
    found = await session.get(Site, code)
    if found is None:
        raise NotFound("没有这个网站。", code=code)
    return found


def overseen(actor: Actor, site_code: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Select what belongs to sites the actor assesses, or directs."""
    return site_code.in_(
        select(Site.code).where(
            or_(
                reached(actor, Permission.ASSESS, Site.sponsoring),
                reached(actor, Permission.ISSUE_DIRECTIVE, Site.sponsoring),
            )
        )
    )


async def findings(
    session: AsyncSession, actor: Actor, wanted: Wanted, asked: Asked
) -> Page[contracts.Finding]:
    """Return one page of the findings on sites the actor oversees, the latest first."""
    question = select(Finding).where(overseen(actor, Finding.site_code))
    if wanted.site_code is not None:
        question = question.where(Finding.site_code == wanted.site_code)
    if wanted.kind is not None:
        question = question.where(Finding.kind == wanted.kind)
    if wanted.open is not None:
        question = question.where(Finding.closed_at.is_(None) == wanted.open)
    return await FINDINGS.turn(session, question, asked)


async def finding(session: AsyncSession, actor: Actor, finding_id: UUID) -> Finding:
    """Return a finding the actor may see, or refuse as if it did not exist."""
    found = await session.scalar(
        select(Finding).where(Finding.id == finding_id, overseen(actor, Finding.site_code))
    )
    if found is None:
        raise NotFound("没有这个问题记录。")
    return found


async def columns(
    session: AsyncSession,
    actor: Actor,
    site_code: str | None,
    freshness: Freshness | None,
    asked: Asked,
) -> Page[contracts.WatchedColumn]:
    """Return one page of the columns on sites the actor oversees."""
    question = select(Column).where(overseen(actor, Column.site_code))
    if site_code is not None:
        question = question.where(Column.site_code == site_code)
    if freshness is not None:
        question = question.where(Column.freshness == freshness)
    return await COLUMNS.turn(session, question, asked)


async def findings_between(
    session: AsyncSession, site_code: str, start: datetime, end: datetime
) -> Sequence[Finding]:
    """Return the findings on a site that stood at any time from `start` until before `end`."""
    question = select(Finding).where(
        Finding.site_code == site_code,
        Finding.unfounded.is_(False),
        Finding.opened_at < end,
        or_(Finding.closed_at.is_(None), Finding.closed_at >= start),
    )
    return (await session.scalars(question.order_by(Finding.id))).all()


async def open_findings(session: AsyncSession, watched: Watched) -> Sequence[Finding]:
    """Return what is open on a watched thing."""
    question = select(Finding).where(
        Finding.subject == watched.subject,
        Finding.site_code == watched.site_code,
        Finding.closed_at.is_(None),
    )
    return (await session.scalars(question)).all()


async def showing(
    session: AsyncSession, column_id: UUID, at: datetime
) -> tuple[Showing | None, Showing | None]:
    """Return the latest item and the latest status statement that stood in a column then.

    What stood in a column that was merged into it stands in it.
    """
    here = select(Column.id).where(or_(Column.id == column_id, Column.merged_into == column_id))
    question = (
        select(Publication.is_statement, Publication.first_public_at, Publication.entries)
        .ext(distinct_on(Publication.is_statement))
        .where(Publication.column_id.in_(here), _stood(at))
        .order_by(Publication.is_statement, Publication.first_public_at.desc())
    )
    found = {
        is_statement: Showing(first_public_at, tuple(entries))
        for is_statement, first_public_at, entries in await session.execute(question)
    }
    return found.get(False), found.get(True)


async def interpreted(session: AsyncSession, item_id: UUID, at: datetime) -> bool:
    """Say whether an interpretation of the item stood public then."""
    question = exists().where(Publication.interprets == item_id, _stood(at))
    return bool(await session.scalar(select(question)))


async def title(session: AsyncSession, item_id: UUID) -> str:
    """Return the item's title in book-title marks, or words for one that is not known."""
    publication = await session.get(Publication, item_id)
    return f"《{publication.title}》" if publication else "指定的信息"


async def obligations(session: AsyncSession, directive_id: UUID) -> dict[str, Obligation]:
    """Return what sites owe under a directive, by site code, locked until the act ends."""
    question = (
        select(Obligation)
        .where(Obligation.directive_id == directive_id)
        .order_by(Obligation.site_code)
        .with_for_update()
    )
    return {row.site_code: row for row in await session.scalars(question)}


def _stood(at: datetime) -> ColumnElement[bool]:
    return (Publication.first_public_at <= at) & (
        Publication.withdrawn_at.is_(None) | (Publication.withdrawn_at > at)
    )
