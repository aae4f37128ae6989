"""Questions about experts and commissions."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.supply.models import Commission, Expert
from services.content.supply.schemas import CommissionFilter
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import commissioning as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

EXPERTS = Listing("experts", contracts.Expert, [(Expert.id, UUID)])
COMMISSIONS = Listing("commissions", contracts.Commission, [(Commission.id, UUID)])


async def expert(session: AsyncSession, actor: Actor, expert_id: UUID) -> Expert:
    """Return an entry of a register the actor reads, or refuse as if there were none."""
    question = select(Expert).where(
        Expert.id == expert_id, reached(actor, Permission.READ_DRAFTS, Expert.organization)
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这位专家。")
    return found


async def experts(session: AsyncSession, actor: Actor, asked: Asked) -> Page[contracts.Expert]:
    """Return one page of the experts in the registers an actor reads, newest first."""
    question = select(Expert).where(reached(actor, Permission.READ_DRAFTS, Expert.organization))
    return await EXPERTS.turn(session, question, asked)


async def commission(
    session: AsyncSession, actor: Actor, commission_id: UUID, *, lock: bool = False
) -> Commission:
    """Return a commission of a site the actor works on, or refuse as if there were none."""
    question = select(Commission).where(
        Commission.id == commission_id,
        reached(actor, Permission.READ_DRAFTS, Commission.sponsoring),
    )
    found = await session.scalar(question.with_for_update() if lock else question)
    if found is None:
        raise NotFound("没有这项约稿。")
    return found


async def commissions(
    session: AsyncSession, actor: Actor, wanted: CommissionFilter, asked: Asked
) -> Page[contracts.Commission]:
    """Return one page of the commissions of the sites an actor works on, newest first."""
    question = select(Commission).where(
        reached(actor, Permission.READ_DRAFTS, Commission.sponsoring)
    )
    for column, value in (
        (Commission.site_code, wanted.site_code),
        (Commission.state, wanted.state),
    ):
        if value is not None:
            question = question.where(column == value)
    return await COMMISSIONS.turn(session, question, asked)
