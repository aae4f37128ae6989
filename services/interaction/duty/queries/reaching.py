"""How an actor stands to a desk: whether it may know of it, keeps it, or is on its register."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.interaction.duty.attendance import person_of
from services.interaction.duty.models import Desk, Member
from shared.auth import Actor, OutsideAuthority, Permission
from shared.authority import reached
from shared.problem import NotFound

KNOWING = (
    Permission.ADMINISTER,
    Permission.DISPATCH,
    Permission.ANSWER,
    Permission.REVIEW_ANSWER,
)


class Standing(NamedTuple):
    """A desk and how the actor stands to it; `member_id` is the actor's place on its register."""

    desk: Desk
    keeps: bool
    member_id: UUID | None


def known_to(actor: Actor) -> ColumnElement[bool]:
    """Select the desks an actor may know of: by its posts, or from being on their register."""
    by_post = (reached(actor, permission, Desk.organization) for permission in KNOWING)
    return or_(*by_post, _membership(actor).exists())


def kept_by(actor: Actor) -> ColumnElement[bool]:
    """Select the desks whose roster an actor keeps: administrators, and the desk's own leaders.

    Those on duty hold the permission to dispatch; whoever bears the days does not share them out.
    """
    leads = _membership(actor).where(Member.leads).exists()
    return or_(reached(actor, Permission.ADMINISTER, Desk.organization), leads)


async def standing(session: AsyncSession, actor: Actor, code: str) -> Standing:
    """Return how the actor stands to an organization's desk, or refuse as if there were none."""
    return await _found(session, _standings(actor, Desk.code == code))


async def lock(session: AsyncSession, actor: Actor, which: ColumnElement[bool]) -> Standing:
    """Return how the actor stands to a desk, which nobody else changes until this has ended."""
    return await _found(session, _standings(actor, which).with_for_update(of=Desk))


async def lock_kept(session: AsyncSession, actor: Actor, which: ColumnElement[bool]) -> Desk:
    """Return a desk the actor keeps, held as by `lock`."""
    found = await lock(session, actor, which)
    if not found.keeps:
        raise OutsideAuthority
    return found.desk


def desk_of(desk_id: Any, of: ColumnElement[bool]) -> ColumnElement[bool]:
    """Select the desk that a row belongs to: `desk_of(Duty.desk_id, Duty.id == duty_id)`."""
    return Desk.id == select(desk_id).where(of).scalar_subquery()


def _standings(actor: Actor, which: ColumnElement[bool]) -> Select[Desk, bool, UUID | None]:
    member_id = _membership(actor).scalar_subquery()
    return select(Desk, kept_by(actor), member_id).where(which, known_to(actor))


async def _found(session: AsyncSession, question: Select[Desk, bool, UUID | None]) -> Standing:
    found = (await session.execute(question.execution_options(populate_existing=True))).first()
    if found is None:
        raise NotFound("没有找到值班安排。")
    return Standing(*found)


def _membership(actor: Actor) -> Select[UUID]:
    """Select the actor's place on the register of the desk that is asked about, if it has one."""
    person_id = person_of(actor.id)
    enrolled = (
        false()
        if person_id is None
        else (Member.person_id == person_id) & Member.left_on.is_(None)
    )
    return select(Member.id).where(Member.desk_id == Desk.id, enrolled)
