"""Questions about what sites accept by themselves, and about words of their own."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from services.content.syndication.directives.directive import OPEN
from services.content.syndication.directives.models import Obligation
from services.content.syndication.reposting.models import AcceptanceRule, Rewording
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import reposting as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

RULES = Listing("acceptance-rules", contracts.AcceptanceRule, [(AcceptanceRule.id, UUID)])
REWORDINGS = Listing("rewordings", contracts.Rewording, [(Rewording.obligation_id, UUID)])
ACTING = and_(AcceptanceRule.suspended.is_(False), AcceptanceRule.ended_at.is_(None))
SEES_WORDS = (
    Permission.REPOST,
    Permission.REVIEW,
    Permission.REVIEW_SECRECY,
    Permission.REVIEW_LEVEL,
)


async def rules(
    session: AsyncSession, actor: Actor, site_code: str | None, asked: Asked
) -> Page[contracts.AcceptanceRule]:
    """Return one page of the rules of sites the actor may repost for, newest first."""
    question = select(AcceptanceRule).where(_theirs(actor))
    if site_code is not None:
        question = question.where(AcceptanceRule.site_code == site_code)
    return await RULES.turn(session, question, asked)


async def rule_to_change(session: AsyncSession, actor: Actor, rule_id: UUID) -> AcceptanceRule:
    """Return a rule of a site the actor may repost for, locked, or refuse as if none were."""
    question = (
        select(AcceptanceRule)
        .where(AcceptanceRule.id == rule_id, _theirs(actor))
        .with_for_update(of=AcceptanceRule)
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这条规则。")
    return found


async def acting_rules(session: AsyncSession, site_code: str) -> Sequence[AcceptanceRule]:
    """Return the rules by which a site accepts directives now, the oldest first."""
    question = select(AcceptanceRule).where(AcceptanceRule.site_code == site_code, ACTING)
    return (await session.scalars(question.order_by(AcceptanceRule.id))).all()


async def owed_by_sites_with_rules(session: AsyncSession, directive_id: UUID) -> Sequence[UUID]:
    """Return what is owed under a directive by sites that accept some by themselves."""
    question = select(Obligation.id).where(
        Obligation.directive_id == directive_id,
        Obligation.site_code.in_(select(AcceptanceRule.site_code).where(ACTING)),
    )
    return (await session.scalars(question.order_by(Obligation.id))).all()


async def rewording(session: AsyncSession, obligation_id: UUID) -> Rewording:
    """Return the words proposed for a repost, locked, or refuse."""
    found = await session.get(Rewording, obligation_id, with_for_update=True)
    if found is None:
        raise NotFound("没有待审查的自拟文字。")
    return found


async def rewordings(
    session: AsyncSession, actor: Actor, site_code: str | None, asked: Asked
) -> Page[contracts.Rewording]:
    """Return one page of the words that wait for their reviews, to the site's staff."""
    site = Obligation.site_code
    mine = (reached(actor, may, Obligation.sponsoring, site=site) for may in SEES_WORDS)
    question = select(Rewording).join(Obligation).where(Obligation.state.in_(OPEN), or_(*mine))
    if site_code is not None:
        question = question.where(Rewording.site_code == site_code)
    return await REWORDINGS.turn(session, question, asked)


def _theirs(actor: Actor) -> ColumnElement[bool]:
    return reached(
        actor,
        Permission.REPOST,
        AcceptanceRule.sponsoring,
        site=AcceptanceRule.site_code,
        column=AcceptanceRule.column_id,
    )
