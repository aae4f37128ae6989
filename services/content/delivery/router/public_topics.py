"""HTTP of topics as the public follows them."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.delivery.router.public_items import framed
from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import HELD, ByReader
from services.content.release.queries import reading
from services.content.release.queries.filtering import Wanted
from services.content.topics import queries as topics
from shared.contracts.content import PublicItem
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.contracts.topics import PublicTopic
from shared.problem import NotFound
from shared.requests import WhichPage

router = APIRouter(prefix="/v1/public/topics", tags=["public"], responses=HELD)


@router.get("", response_model=Page[PublicTopic])
async def list_topics(
    session: PublicReading, page: WhichPage, reader: ByReader, site_code: SiteCode | None = None
) -> Response:
    """Return the topics that have public items, newest first."""
    found = await topics.public(session, reading.topics_with_items(), site_code, page)
    return reader.send_view(found)


@router.get("/{topic_id}", response_model=PublicTopic)
async def read_topic(topic_id: UUID, session: PublicReading, reader: ByReader) -> Response:
    """Return one topic that has public items."""
    found = await topics.public_topic(session, reading.topics_with_items(), topic_id)
    return reader.send_view(PublicTopic.model_validate(found))


@router.get("/{topic_id}/timeline", response_model=Page[PublicItem])
async def read_timeline(
    topic_id: UUID, session: PublicReading, page: WhichPage, reader: ByReader
) -> Response:
    """Return a topic's public items, newest first; a topic without any is not public."""
    items = await reading.answers(session, Wanted(topic_id=topic_id), page)
    if not items.items and page.after is None:
        raise NotFound("没有这个专题。")
    return reader.send(framed(items))
