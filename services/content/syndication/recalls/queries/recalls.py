"""Questions about recalls and copies, to whoever answers for the item, the order or the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Bundle

from services.content.syndication.recalls.models import Certificate, Recall
from services.content.syndication.verification.models import Copy, CopyReading
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import recalls as contracts
from shared.contracts.page import Page
from shared.contracts.recalls import CopyState
from shared.pagination import Asked, Listing
from shared.problem import NotFound

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

NO_RECALL = "没有这项追回任务。"
NO_COPY = "没有这个待处理的页面。"
NO_CERTIFICATE = "尚未出具核验证明。"
RECALLS = Listing("recalls", contracts.Recall, [(Recall.id, UUID)])
COPIES = Listing("copies", contracts.Copy, [(Copy.id, UUID)])
READINGS = Listing("copy-readings", contracts.CopyReading, [(CopyReading.id, UUID)])


async def recalls(
    session: AsyncSession,
    actor: Actor,
    item_id: UUID | None,
    site_code: str | None,
    asked: Asked,
) -> Page[contracts.Recall]:
    """Return one page of recalls with what became of their copies, newest first."""
    question = _overview().where(_recall_known_to(actor))
    if item_id is not None:
        question = question.where(Recall.item_id == item_id)
    if site_code is not None:
        question = question.where(Recall.site_code == site_code)
    return await RECALLS.turn(session, question, asked)


async def recall(session: AsyncSession, actor: Actor, recall_id: UUID) -> contracts.Recall:
    """Return a recall with what became of its copies, or refuse as if there were none."""
    question = _overview().where(Recall.id == recall_id, _recall_known_to(actor))
    found = await session.scalar(question)
    if found is None:
        raise NotFound(NO_RECALL)
    return contracts.Recall.model_validate(found, from_attributes=True)


async def copies_of(
    session: AsyncSession,
    actor: Actor,
    recall_id: UUID,
    state: CopyState | None,
    asked: Asked,
) -> Page[contracts.Copy]:
    """Return one page of the copies of a recall, or refuse as if there were none."""
    known = select(Recall.id).where(Recall.id == recall_id, _recall_known_to(actor))
    if await session.scalar(known) is None:
        raise NotFound(NO_RECALL)
    question = select(Copy).where(Copy.recall_id == recall_id)
    if state is not None:
        question = question.where(Copy.state == state)
    return await COPIES.turn(session, question, asked)


async def copies(
    session: AsyncSession,
    actor: Actor,
    site_code: str | None,
    state: CopyState | None,
    asked: Asked,
) -> Page[contracts.Copy]:
    """Return one page of the copies on the sites an actor may repost for, newest first."""
    question = select(Copy).where(_on_a_site_of(actor))
    if site_code is not None:
        question = question.where(Copy.site_code == site_code)
    if state is not None:
        question = question.where(Copy.state == state)
    return await COPIES.turn(session, question, asked)


async def copy(session: AsyncSession, actor: Actor, copy_id: UUID) -> Copy:
    """Return a copy to its site, to who ordered it and to whose item it is, or refuse."""
    question = (
        select(Copy)
        .join(Recall, Recall.id == Copy.recall_id)
        .where(Copy.id == copy_id, or_(_on_a_site_of(actor), _recall_known_to(actor)))
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound(NO_COPY)
    return found


async def readings(
    session: AsyncSession, actor: Actor, copy_id: UUID, asked: Asked
) -> Page[contracts.CopyReading]:
    """Return one page of the readings of a copy's page, newest first."""
    await copy(session, actor, copy_id)
    return await READINGS.turn(
        session, select(CopyReading).where(CopyReading.copy_id == copy_id), asked
    )


async def certificate_of_copy(
    session: AsyncSession, actor: Actor, copy_id: UUID
) -> dict[str, Any]:
    """Return what certifies a copy now, as it was signed."""
    found = await copy(session, actor, copy_id)
    return await _statement(session, found.certificate_id)


async def certificate_of_recall(
    session: AsyncSession, actor: Actor, recall_id: UUID
) -> dict[str, Any]:
    """Return what certifies all copies of a recall; if one has come back, nothing does."""
    found = await recall(session, actor, recall_id)
    if found.proved < found.copies:
        raise NotFound(NO_CERTIFICATE)
    question = select(Recall.certificate_id).where(Recall.id == recall_id)
    return await _statement(session, await session.scalar(question))


async def unproved(session: AsyncSession, recall_id: UUID) -> Sequence[Copy]:
    """Return the copies of a recall that are not proved gone or put right, locked."""
    question = (
        select(Copy)
        .where(Copy.recall_id == recall_id, Copy.state != CopyState.PROVED)
        .order_by(Copy.id)
        .with_for_update()
    )
    return (await session.scalars(question)).all()


async def locked(session: AsyncSession, recall_id: UUID) -> Recall | None:
    """Return a recall, locked until the transaction ends."""
    return await session.scalar(select(Recall).where(Recall.id == recall_id).with_for_update())


def _overview() -> Select[Any]:
    """Return the question for recalls, each with its copies counted beside it."""
    total = func.count()
    proved = func.count().filter(Copy.state == CopyState.PROVED)
    counted = (
        select(
            total.label("copies"),
            proved.label("proved"),
            func.count().filter(Copy.late).label("late"),
            func.count().filter(Copy.state == CopyState.RETURNED).label("returned"),
            func.count().filter(Copy.unread_since.is_not(None)).label("unread"),
            case((total == proved, func.max(Copy.judged_at))).label("proved_since"),
        )
        .where(Copy.recall_id == Recall.id)
        .lateral()
    )
    shown: Bundle[Any] = Bundle(
        "recall",
        Recall.id,
        Recall.item_id,
        Recall.site_code,
        Recall.title,
        Recall.cause,
        Recall.wanted_hash,
        Recall.deadline,
        Recall.begun_at,
        Recall.ended_at,
        *counted.c,
    )
    return select(shown).select_from(Recall).join(counted, true())


def _recall_known_to(actor: Actor) -> ColumnElement[bool]:
    """Return what must hold of a recall for whoever answers for the item, or ordered reposts."""
    ordered = select(Copy.recall_id).where(reached(actor, Permission.ISSUE_DIRECTIVE, Copy.issuer))
    return or_(
        reached(actor, Permission.READ_DRAFTS, Recall.sponsoring, site=Recall.site_code),
        Recall.id.in_(ordered),
    )


def _on_a_site_of(actor: Actor) -> ColumnElement[bool]:
    return reached(actor, Permission.REPOST, Copy.sponsoring, site=Copy.site_code)


async def _statement(session: AsyncSession, certificate_id: UUID | None) -> dict[str, Any]:
    question = select(Certificate.statement).where(Certificate.id == certificate_id)
    found: dict[str, Any] | None = await session.scalar(question)
    if found is None:
        raise NotFound(NO_CERTIFICATE)
    return found
