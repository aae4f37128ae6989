"""Questions about desks, who is on their registers, and who is away."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from services.interaction.duty.fairness import Candidate, Span
from services.interaction.duty.models import Absence, Desk, Member
from services.interaction.duty.queries import reaching
from shared.auth import Actor
from shared.contracts import rostering as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing

DESKS = Listing("duty-desks", contracts.DutyDesk, [(Desk.id, UUID)], newest_first=False)
MEMBERS = Listing("duty-members", contracts.DutyMember, [(Member.id, UUID)], newest_first=False)
ABSENCES = Listing(
    "duty-absences",
    contracts.DutyAbsence,
    [(Absence.since, date.fromisoformat), (Absence.id, UUID)],
)


async def desks(session: AsyncSession, actor: Actor, asked: Asked) -> Page[contracts.DutyDesk]:
    """Return one page of the desks an actor may know of."""
    return await DESKS.turn(session, select(Desk).where(reaching.known_to(actor)), asked)


async def members(
    session: AsyncSession, actor: Actor, code: str, asked: Asked
) -> Page[contracts.DutyMember]:
    """Return one page of a desk's register, with those who left."""
    found = await reaching.standing(session, actor, code)
    question = select(Member).options(joinedload(Member.desk, innerjoin=True))
    return await MEMBERS.turn(session, question.where(Member.desk_id == found.desk.id), asked)


async def absences(
    session: AsyncSession, actor: Actor, code: str, asked: Asked
) -> Page[contracts.DutyAbsence]:
    """Return one page of the absences at a desk, the latest first: all, or only one's own."""
    found = await reaching.standing(session, actor, code)
    question = (
        select(Absence)
        .join(Absence.member)
        .join(Member.desk)
        .options(contains_eager(Absence.member).contains_eager(Member.desk))
        .where(Member.desk_id == found.desk.id)
    )
    if not found.keeps:
        question = question.where(Member.id == found.member_id)
    return await ABSENCES.turn(session, question, asked)


async def candidates(session: AsyncSession, desk_id: UUID) -> dict[UUID, Candidate]:
    """Return who takes days of duty at a desk, and who did, with the days they are away."""
    away = (
        select(func.jsonb_agg(func.jsonb_build_array(Absence.since, Absence.until)))
        .where(Absence.member_id == Member.id, Absence.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    question = select(Member, away).where(Member.desk_id == desk_id, Member.serves)
    return {
        member.id: Candidate(member.id, member.since, member.left_on, _spans(absences or ()))
        for member, absences in (await session.execute(question))
    }


async def is_manned(session: AsyncSession, desk_id: UUID) -> bool:
    """Say whether anybody is on a desk's register now."""
    enrolled = select(Member.id).where(Member.desk_id == desk_id, Member.left_on.is_(None))
    return await session.scalar(enrolled.limit(1)) is not None


def _spans(pairs: Iterable[tuple[str, str]]) -> list[Span]:
    return [Span(*map(date.fromisoformat, pair)) for pair in pairs]
