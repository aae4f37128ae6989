"""HTTP of topics and their clocks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.content.topics import queries
from services.content.topics.commands import keeping, timing
from services.content.topics.models import Topic as TopicRow
from services.content.topics.schemas import TopicFilter
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.contracts.topics import (
    Assignment,
    ClockState,
    Explanation,
    NewTopic,
    PressConference,
    Topic,
    TopicClock,
    TopicKind,
    TopicState,
    TopicText,
)
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["topics"])

States = Annotated[list[ClockState] | None, Query(max_length=len(ClockState))]


@router.post("/topics", status_code=201, response_model=Topic)
async def open_topic(new: NewTopic, begin: BeginAct) -> Response:
    """Open a topic on a site; an incident's or a concern's clocks run from this moment."""
    async with begin() as uow:
        return await uow.answer(Topic, await keeping.open_topic(uow, new), 201)


@router.get("/topics")
async def list_topics(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    kind: TopicKind | None = None,
    state: TopicState | None = None,
) -> Page[Topic]:
    """Return the topics the bearer works on, newest first."""
    wanted = TopicFilter(site_code=site_code, kind=kind, state=state)
    return await queries.topics(session, actor, wanted, page)


@router.get("/topics/{topic_id}", response_model=Topic)
async def read_topic(
    topic_id: UUID, actor: Somebody, session: Reading, response: Response
) -> TopicRow:
    """Return one topic with its clocks."""
    topic = await queries.topic(session, actor, topic_id)
    response.headers["ETag"] = f'"{topic.version}"'
    return topic


@router.put("/topics/{topic_id}", response_model=Topic)
async def change_topic(
    topic_id: UUID, text: TopicText, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Call an open topic otherwise."""
    async with begin() as uow:
        topic = await keeping.change_topic(uow, topic_id, text, version=if_match)
        return await uow.answer(Topic, topic)


@router.post("/topics/{topic_id}/closure", response_model=Topic)
async def close_topic(topic_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Let no more items join a topic; its clocks run on."""
    async with begin() as uow:
        return await uow.answer(Topic, await keeping.close_topic(uow, topic_id, version=if_match))


@router.post("/topics/{topic_id}/archiving", response_model=Topic)
async def archive_topic(topic_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Put a closed topic away; it stays readable."""
    async with begin() as uow:
        return await uow.answer(
            Topic, await keeping.archive_topic(uow, topic_id, version=if_match)
        )


@router.post("/topics/{topic_id}/assignment", response_model=Topic)
async def assign_concern(
    topic_id: UUID, assignment: Assignment, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Tell an organization to answer a public concern by its clock."""
    async with begin() as uow:
        code = assignment.organization
        topic = await keeping.assign_concern(uow, topic_id, code, version=if_match)
        return await uow.answer(Topic, topic)


@router.post("/topics/{topic_id}/press-conference", response_model=Topic)
async def record_conference(
    topic_id: UUID, held: PressConference, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Record that a press conference on an incident was held."""
    async with begin() as uow:
        topic = await timing.record_conference(uow, topic_id, held, version=if_match)
        return await uow.answer(Topic, topic)


@router.post("/topics/{topic_id}/explanation", response_model=Topic)
async def explain_silence(
    topic_id: UUID, explanation: Explanation, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Record why a concern is not answered."""
    async with begin() as uow:
        reason = explanation.reason
        topic = await timing.explain_silence(uow, topic_id, reason, version=if_match)
        return await uow.answer(Topic, topic)


@router.get("/topic-clocks")
async def list_clocks(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: States = None,
    site_code: SiteCode | None = None,
) -> Page[TopicClock]:
    """Return the clocks that run, or are in a state asked for, the most urgent first."""
    states = state or [ClockState.RUNNING]
    return await queries.clocks(session, actor, states, site_code, page)
