"""Questions about rosters, and what a draft is made from."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from services.interaction.duty.fairness import Held
from services.interaction.duty.models import Duty, Roster, RosterDay
from services.interaction.duty.queries import reaching
from shared.auth import Actor
from shared.contracts import rostering as contracts
from shared.contracts.page import Page
from shared.contracts.rostering import RosterState
from shared.pagination import Asked, Listing
from shared.problem import NotFound

ROSTERS = Listing("duty-rosters", contracts.DutyRoster, [(Roster.id, UUID)])


def with_days() -> tuple[ORMOption, ORMOption]:
    """Load a roster's days and those they are given to with it."""
    return (
        joinedload(Roster.desk, innerjoin=True),
        selectinload(Roster.days).joinedload(RosterDay.member),
    )


async def rosters(
    session: AsyncSession, actor: Actor, code: str, state: RosterState | None, asked: Asked
) -> Page[contracts.DutyRoster]:
    """Return one page of a desk's rosters, the latest first; drafts for its keepers alone."""
    found = await reaching.standing(session, actor, code)
    question = select(Roster).where(Roster.desk_id == found.desk.id).options(*with_days())
    if state is not None:
        question = question.where(Roster.state == state)
    if not found.keeps:
        question = question.where(Roster.state == RosterState.PUBLISHED)
    return await ROSTERS.turn(session, question, asked)


async def roster(session: AsyncSession, actor: Actor, roster_id: UUID) -> Roster:
    """Return a roster, or refuse; a draft is none to those who do not keep the desk."""
    shown = or_(Roster.state == RosterState.PUBLISHED, reaching.kept_by(actor))
    question = (
        select(Roster)
        .join(Roster.desk)
        .options(
            contains_eager(Roster.desk), selectinload(Roster.days).joinedload(RosterDay.member)
        )
        .where(Roster.id == roster_id, reaching.known_to(actor), shown)
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这份排班。")
    return found


async def whole(session: AsyncSession, roster_id: UUID) -> Roster:
    """Return a roster as it stands in the tables, with its days."""
    question = select(Roster).where(Roster.id == roster_id).options(*with_days())
    return (await session.scalars(question.execution_options(populate_existing=True))).one()


async def taken(
    session: AsyncSession, desk_id: UUID, since: date, until: date
) -> Collection[date]:
    """Return the days, from one to another, that stand on a published roster."""
    question = select(Duty.on).where(Duty.desk_id == desk_id, Duty.on.between(since, until))
    return set(await session.scalars(question))


async def history(session: AsyncSession, desk_id: UUID, since: date) -> list[Held]:
    """Return who has each published day from one day on."""
    question = select(Duty.on, Duty.member_id).where(Duty.desk_id == desk_id, Duty.on >= since)
    return [Held(*row) for row in (await session.execute(question))]
