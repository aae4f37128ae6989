"""Questions about directives and what they oblige to."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.content.syndication.directives.models import Directive, Obligation
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import directives as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

OBLIGATIONS = Listing("obligations", contracts.Obligation, [(Obligation.id, UUID)])


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
    session: AsyncSession, directive_id: UUID, asked: Asked
) -> Page[contracts.Obligation]:
    """Return one page of what the sites owe under a directive."""
    question = _obligations().where(Obligation.directive_id == directive_id)
    return await OBLIGATIONS.turn(session, question, asked)


async def obligations_of(
    session: AsyncSession,
    actor: Actor,
    site_code: str | None,
    state: contracts.ObligationState | None,
    asked: Asked,
) -> Page[contracts.Obligation]:
    """Return one page of what the sites an actor may repost for owe."""
    question = _obligations().where(
        reached(actor, Permission.REPOST, Obligation.sponsoring, site=Obligation.site_code)
    )
    if site_code is not None:
        question = question.where(Obligation.site_code == site_code)
    if state is not None:
        question = question.where(Obligation.state == state)
    return await OBLIGATIONS.turn(session, question, asked)


async def obligation(session: AsyncSession, obligation_id: UUID) -> Obligation | None:
    """Return an obligation with its directive, locked until the transaction ends."""
    question = (
        _obligations()
        .options(joinedload(Obligation.directive))
        .where(Obligation.id == obligation_id)
        .with_for_update(of=Obligation)
    )
    return await session.scalar(question)


def _obligations() -> Select[Obligation]:
    return select(Obligation).options(joinedload(Obligation.claim))


async def directives_about(session: AsyncSession, item_id: UUID) -> Sequence[Directive]:
    """Return the standing directives to repost an item, locked."""
    question = (
        select(Directive)
        .where(Directive.item_id == item_id, Directive.withdrawn.is_(False))
        .order_by(Directive.id)
        .with_for_update()
    )
    return (await session.scalars(question)).all()


async def obligations_about(session: AsyncSession, item_id: UUID) -> Sequence[Obligation]:
    """Return every obligation to repost an item, locked."""
    question = (
        select(Obligation)
        .where(Obligation.item_id == item_id)
        .order_by(Obligation.id)
        .with_for_update()
    )
    return (await session.scalars(question)).all()
