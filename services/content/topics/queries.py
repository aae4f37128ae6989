"""Questions about topics and their clocks."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.sql.elements import ColumnElement

from services.content.topics.models import Clock, Topic
from services.content.topics.schemas import TopicFilter
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import topics as contracts
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

TOPICS = Listing("topics", contracts.Topic, [(Topic.id, UUID)])
PUBLIC = Listing("public-topics", contracts.PublicTopic, [(Topic.id, UUID)])
CLOCKS = Listing(
    "topic-clocks",
    contracts.TopicClock,
    [(Clock.deadline, datetime.fromisoformat), (Clock.id, UUID)],
    newest_first=False,
)


def _known_to(actor: Actor) -> ColumnElement[bool]:
    """Say whose topics an actor works on: its sites', and those it is to answer."""
    return or_(
        reached(actor, Permission.READ_DRAFTS, Topic.sponsoring),
        reached(actor, Permission.READ_DRAFTS, Topic.assigned_to),
        reached(actor, Permission.CONTRIBUTE, Topic.assigned_to),
    )


async def topic(session: AsyncSession, actor: Actor, topic_id: UUID) -> Topic:
    """Return a topic the actor works on, or refuse as if it did not exist."""
    question = select(Topic).options(selectinload(Topic.clocks)).where(Topic.id == topic_id)
    found = await session.scalar(question.where(_known_to(actor)))
    if found is None:
        raise NotFound("没有这个专题。")
    return found


def named(topic_id: UUID) -> Select[UUID, str, str]:
    """Return the question for a topic's id, site and title."""
    return select(Topic.id, Topic.site_code, Topic.title).where(Topic.id == topic_id)


async def locked(session: AsyncSession, topic_id: UUID) -> Topic | None:
    """Return a topic, locked until the transaction ends, and with it its clocks."""
    question = (
        select(Topic)
        .options(selectinload(Topic.clocks))
        .where(Topic.id == topic_id)
        .with_for_update()
    )
    return await session.scalar(question)


class YearOfTopics(NamedTuple):
    """How many topics of a site were open at some time of a year, and were opened in it."""

    kept: int
    opened: int


async def kept_between(
    session: AsyncSession, site_code: str, since: datetime, until: datetime
) -> YearOfTopics:
    """Count a site's topics from one instant to another, in one query."""
    opened = func.count().filter(Topic.registered_at >= since)
    question = select(func.count(), opened).where(
        Topic.site_code == site_code,
        Topic.registered_at < until,
        or_(Topic.closed_at.is_(None), Topic.closed_at >= since),
    )
    return YearOfTopics(*(await session.execute(question)).one())


async def topics(
    session: AsyncSession, actor: Actor, wanted: TopicFilter, asked: Asked
) -> Page[contracts.Topic]:
    """Return one page of the topics an actor works on, newest first."""
    question = select(Topic).options(selectinload(Topic.clocks)).where(_known_to(actor))
    for column, value in (
        (Topic.site_code, wanted.site_code),
        (Topic.kind, wanted.kind),
        (Topic.state, wanted.state),
    ):
        if value is not None:
            question = question.where(column == value)
    return await TOPICS.turn(session, question, asked)


async def clocks(
    session: AsyncSession,
    actor: Actor,
    states: Sequence[contracts.ClockState],
    site_code: str | None,
    asked: Asked,
) -> Page[contracts.TopicClock]:
    """Return one page of the clocks in these states, the most urgent first."""
    question = (
        select(Clock)
        .join(Clock.topic)
        .options(contains_eager(Clock.topic))
        .where(_known_to(actor), Clock.state.in_(states))
    )
    if site_code is not None:
        question = question.where(Topic.site_code == site_code)
    return await CLOCKS.turn(session, question, asked)


async def clock(session: AsyncSession, clock_id: UUID) -> Clock | None:
    """Return a clock with its topic, locked until the transaction ends."""
    question = (
        select(Clock)
        .options(joinedload(Clock.topic, innerjoin=True))
        .where(Clock.id == clock_id)
        .with_for_update()
    )
    return await session.scalar(question)


async def may_join(session: AsyncSession, topic_id: UUID, site_code: str) -> bool:
    """Say whether an item of this site may be written for the topic."""
    question = select(Topic.id).where(
        Topic.id == topic_id,
        Topic.site_code == site_code,
        Topic.state == contracts.TopicState.OPEN,
    )
    return await session.scalar(question) is not None


async def public(
    session: AsyncSession, with_items: Select[UUID | None], site_code: str | None, asked: Asked
) -> Page[contracts.PublicTopic]:
    """Return one page of the topics that have public items, which `with_items` selects."""
    question = select(Topic).where(Topic.id.in_(with_items))
    if site_code is not None:
        question = question.where(Topic.site_code == site_code)
    return await PUBLIC.turn(session, question, asked)


async def public_topic(
    session: AsyncSession, with_items: Select[UUID | None], topic_id: UUID
) -> Topic:
    """Return a topic that has public items, or refuse."""
    question = select(Topic).where(Topic.id == topic_id, Topic.id.in_(with_items))
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这个专题。")
    return found
