"""Questions about releases set for a time."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, exists, not_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.elements import ColumnElement

from services.content.release.models import ScheduledItem, ScheduledRelease
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import scheduling as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

SCHEDULED = Listing("scheduled", contracts.ScheduledRelease, [(ScheduledRelease.id, UUID)])


def _known_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may see the draft of every item of a bundle."""
    hidden = exists().where(
        ScheduledItem.schedule_id == ScheduledRelease.id,
        not_(reached(actor, Permission.READ_DRAFTS, ScheduledItem.sponsoring)),
    )
    return not_(hidden)


async def releases(
    session: AsyncSession, actor: Actor, state: contracts.ScheduleState | None, asked: Asked
) -> Page[contracts.ScheduledRelease]:
    """Return one page of the scheduled releases an actor may know of, latest first."""
    question = select(ScheduledRelease).where(_known_to(actor))
    if state is not None:
        question = question.where(ScheduledRelease.state == state)
    return await SCHEDULED.turn(session, question, asked)


async def release(session: AsyncSession, actor: Actor, schedule_id: UUID) -> ScheduledRelease:
    """Return a scheduled release the actor may know of, or refuse as if there were none."""
    return _found(await session.scalar(_whole(schedule_id).where(_known_to(actor))))


async def opened(session: AsyncSession, actor: Actor, schedule_id: UUID) -> ScheduledRelease:
    """Return a scheduled release the actor may know of, locked, or refuse."""
    question = _whole(schedule_id).where(_known_to(actor))
    return _found(await session.scalar(question.with_for_update(of=ScheduledRelease)))


async def locked(session: AsyncSession, schedule_id: UUID) -> ScheduledRelease:
    """Return a scheduled release, whoever may know of it, locked until the transaction ends."""
    question = _whole(schedule_id).with_for_update(of=ScheduledRelease)
    return _found(await session.scalar(question))


async def already(session: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Return those of the items that wait for a scheduled release."""
    question = (
        select(ScheduledItem.item_id)
        .join(ScheduledRelease, ScheduledRelease.id == ScheduledItem.schedule_id)
        .where(
            ScheduledItem.item_id.in_(ids),
            ScheduledRelease.state == contracts.ScheduleState.SCHEDULED,
        )
    )
    return set(await session.scalars(question))


def _whole(schedule_id: UUID) -> Select[ScheduledRelease]:
    return (
        select(ScheduledRelease)
        .options(selectinload(ScheduledRelease.items))
        .where(ScheduledRelease.id == schedule_id)
    )


def _found(release: ScheduledRelease | None) -> ScheduledRelease:
    if release is None:
        raise NotFound("没有这项定时发布。")
    return release
