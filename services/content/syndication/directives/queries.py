"""Questions about directives and what they oblige to."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.content.syndication.directives.models import (
    Alarm,
    Decline,
    Directive,
    Obligation,
)
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import declining
from shared.contracts import directives as contracts
from shared.contracts.directives import Due, ObligationState
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

DIRECTIVES = Listing("directives", contracts.Directive, [(Directive.id, UUID)])
OBLIGATIONS = Listing("obligations", contracts.Obligation, [(Obligation.id, UUID)])
DECLINES = Listing("declines", declining.Decline, [(Decline.id, UUID)])
UNKNOWN = "没有这项转载任务。"

STANDING: dict[Due, ColumnElement[bool]] = {
    Due.SOON: (Obligation.state == ObligationState.DELIVERED)
    & Obligation.alarm.has(Alarm.reminded_at.is_not(None)),
    Due.LATE: Obligation.late.is_(True),
    Due.ESCALATED: Obligation.alarm.has(Alarm.escalated_at.is_not(None)),
}


class Wanted(NamedTuple):
    """Which obligations a reader asks for."""

    site_code: str | None = None
    state: ObligationState | None = None
    due: Due | None = None


async def directives(
    session: AsyncSession,
    actor: Actor,
    item_id: UUID | None,
    rule_id: UUID | None,
    asked: Asked,
) -> Page[contracts.Directive]:
    """Return one page of the directives of issuers the actor's posts reach, newest first."""
    question = select(Directive).where(
        reached(actor, Permission.ISSUE_DIRECTIVE, Directive.issuer)
    )
    if item_id is not None:
        question = question.where(Directive.item_id == item_id)
    if rule_id is not None:
        question = question.where(Directive.rule_id == rule_id)
    return await DIRECTIVES.turn(session, question, asked)


async def directive(session: AsyncSession, actor: Actor, directive_id: UUID) -> Directive:
    """Return a directive whose issuer the actor's posts reach, or refuse as if there were none."""
    question = select(Directive).where(
        Directive.id == directive_id,
        reached(actor, Permission.ISSUE_DIRECTIVE, Directive.issuer),
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这项转载要求。")
    return found


async def obligations_under(
    session: AsyncSession, directive_id: UUID, wanted: Wanted, asked: Asked
) -> Page[contracts.Obligation]:
    """Return one page of what the sites owe under a directive."""
    question = _wanted(wanted).where(Obligation.directive_id == directive_id)
    return await OBLIGATIONS.turn(session, question, asked)


async def obligations_of(
    session: AsyncSession, actor: Actor, wanted: Wanted, asked: Asked
) -> Page[contracts.Obligation]:
    """Return one page of what the sites an actor may repost for owe."""
    question = _wanted(wanted).where(
        reached(actor, Permission.REPOST, Obligation.sponsoring, site=Obligation.site_code)
    )
    return await OBLIGATIONS.turn(session, question, asked)


async def escalations(
    session: AsyncSession, actor: Actor, wanted: Wanted, asked: Asked
) -> Page[contracts.Obligation]:
    """Return one page of what came to the supervising organizations an actor acts for."""
    told = reached(actor, Permission.APPROVE_CHANGE, Alarm.escalated_to, site=Obligation.site_code)
    question = _wanted(wanted).where(Obligation.alarm.has(told))
    return await OBLIGATIONS.turn(session, question, asked)


async def obligation(session: AsyncSession, obligation_id: UUID) -> Obligation | None:
    """Return an obligation with its directive, locked until the transaction ends."""
    question = _obligations().where(Obligation.id == obligation_id)
    return await session.scalar(question.with_for_update(of=Obligation))


def _obligations() -> Select[Obligation]:
    parts = (Obligation.directive, Obligation.claim, Obligation.alarm, Obligation.decline)
    return select(Obligation).options(*map(joinedload, parts))


def _wanted(wanted: Wanted) -> Select[Obligation]:
    question = _obligations()
    if wanted.site_code is not None:
        question = question.where(Obligation.site_code == wanted.site_code)
    if wanted.state is not None:
        question = question.where(Obligation.state == wanted.state)
    if wanted.due is not None:
        question = question.where(STANDING[wanted.due])
    return question


async def directives_for_later(
    session: AsyncSession, site_code: str, now: datetime
) -> Sequence[Directive]:
    """Return the standing directives that later sites are told of, and this one was not."""
    told = exists().where(
        Obligation.directive_id == Directive.id, Obligation.site_code == site_code
    )
    question = select(Directive).where(
        Directive.later_until > now, Directive.withdrawn.is_(False), ~told
    )
    return (await session.scalars(question.order_by(Directive.id))).all()


async def declines(
    session: AsyncSession, actor: Actor, obligation_id: UUID, asked: Asked
) -> Page[declining.Decline]:
    """Return one page of a site's declines, newest first, to the site and to the issuer."""
    known = select(Obligation.id).join(Directive).where(Obligation.id == obligation_id)
    told = or_(
        reached(actor, Permission.REPOST, Obligation.sponsoring, site=Obligation.site_code),
        reached(actor, Permission.ISSUE_DIRECTIVE, Directive.issuer),
    )
    if await session.scalar(known.where(told)) is None:
        raise NotFound(UNKNOWN)
    question = select(Decline).where(Decline.obligation_id == obligation_id)
    return await DECLINES.turn(session, question, asked)


async def directives_about(
    session: AsyncSession, item_id: UUID, before: datetime
) -> Sequence[Directive]:
    """Return the directives to repost an item that stood at an instant and still do, locked."""
    question = (
        select(Directive)
        .where(
            Directive.item_id == item_id,
            Directive.withdrawn.is_(False),
            Directive.issued_at <= before,
        )
        .order_by(Directive.id)
        .with_for_update()
    )
    return (await session.scalars(question)).all()


async def obligations_about(
    session: AsyncSession, item_id: UUID, before: datetime
) -> Sequence[Obligation]:
    """Return every obligation to repost an item by a directive of before an instant, locked."""
    question = (
        select(Obligation)
        .join(Directive)
        .where(Obligation.item_id == item_id, Directive.issued_at <= before)
        .order_by(Obligation.id)
        .with_for_update(of=Obligation)
    )
    return (await session.scalars(question)).all()
