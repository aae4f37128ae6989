"""HTTP of the public face; every answer can be kept and asked for again by its ETag."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import URL

from services.content.delivery import framing
from services.content.delivery.caching import etag_of, is_known
from services.content.delivery.feed import FEEDS, MEDIA_TYPES, Form
from services.content.registry import queries as registry
from services.content.release.queries import reading
from services.content.release.queries.reading import AnswerPage, Wanted
from services.content.topics import queries as topics
from shared.contracts.content import Change, ChangePage, ItemKind, PublicItem
from shared.contracts.page import Page
from shared.contracts.registry import Site as SiteView
from shared.contracts.text import Line, SiteCode
from shared.contracts.topics import PublicTopic
from shared.pagination import Asked
from shared.problem import NotFound
from shared.requests import InHouse, Reading, WhichPage

router = APIRouter(prefix="/v1/public", tags=["public"])

JSON = "application/json"
FRESH = "public, max-age=0, must-revalidate"
FEED_LENGTH = 50

IfNoneMatch = Annotated[str | None, Header(description="ETags of answers already held.")]
Ids = Annotated[list[UUID] | None, Query(max_length=100)]
Words = Annotated[Line, Query(examples=["政府网站"])]


def _send(body: bytes, etag: str, known: str | None, media_type: str = JSON) -> Response:
    headers = {"ETag": etag, "Cache-Control": FRESH}
    if is_known(known, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def _send_page(page: AnswerPage, known: str | None) -> Response:
    body = framing.page(page.items, page.cursors, page.next)
    return _send(body, etag_of(body), known)


@router.get("/items/{item_id}", response_model=PublicItem)
async def read_item(
    item_id: UUID, session: Reading, if_none_match: IfNoneMatch = None
) -> Response:
    """Return one public item."""
    body, etag = await reading.answer(session, item_id)
    return _send(body, etag, if_none_match)


@router.get("/items", response_model=Page[PublicItem])
async def list_items(
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    column_id: UUID | None = None,
    kind: ItemKind | None = None,
    id: Ids = None,  # its name on the wire
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return public items, newest first; `id` may be given several times."""
    merged = await registry.merged_columns(session, column_id) if column_id else ()
    wanted = Wanted(site_code, column_id, kind, tuple(id or ()), merged_columns=tuple(merged))
    return _send_page(await reading.answers(session, wanted, page), if_none_match)


@router.get(
    "/columns/{column_id}/items",
    response_model=Page[PublicItem],
    responses={308: {"description": "The column was merged into another one."}},
)
async def list_column(
    column_id: UUID,
    request: Request,
    session: Reading,
    page: WhichPage,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return the public items of a column and of those merged into it, newest first."""
    column, merged = await registry.public_column(session, column_id)
    if column.merged_into is not None:
        address = URL(f"/v1/public/columns/{column.merged_into}/items")
        return RedirectResponse(address.replace(query=request.url.query), 308)
    wanted = Wanted(column_id=column_id, merged_columns=tuple(merged))
    return _send_page(await reading.answers(session, wanted, page), if_none_match)


@router.get("/search", response_model=Page[PublicItem])
async def search(
    q: Words,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return public items that hold every word, or bear the document number, newest first."""
    return _send_page(
        await reading.answers(session, Wanted(site_code=site_code, words=q), page), if_none_match
    )


@router.get("/changes", response_model=ChangePage)
async def list_changes(
    session: Reading,
    house: InHouse,
    first: Annotated[int, Query(ge=1, le=100)] = 50,
    since: Annotated[str | None, Query(max_length=1000)] = None,
    site_code: SiteCode | None = None,
) -> Response:
    """Return what became public and what was withdrawn, in order, from a cursor on.

    Without `since` it starts at the beginning; a release is never split between two pages. Keep
    `next` and ask again: nothing is ever missed, whoever releases meanwhile.
    """
    listing = f"changes:{site_code or ''}"
    start = int(house.cursors.open(listing, since)[0]) if since else 0
    rows = await reading.changes(session, start, first, site_code)
    shown = [framing.change(Change.model_validate(step), item) for step, item in rows]
    following = house.cursors.seal(listing, [rows[-1][0].seq if rows else start])
    return Response(framing.change_page(shown, following), media_type=JSON)


@router.get("/sites/{code}/feed.{form}", response_class=Response)
async def read_feed(
    code: SiteCode,
    form: Form,
    request: Request,
    session: Reading,
    house: InHouse,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return a site's newest fifty items as Atom, RSS or JSON Feed."""
    site = SiteView.model_validate(await registry.public_site(session, code))
    asked = Asked(house.cursors, FEED_LENGTH)
    newest = await reading.answers(session, Wanted(site_code=code), asked)
    items = [PublicItem.model_validate_json(item) for item in newest.items]
    body = FEEDS[form](site, items, str(request.url))
    return _send(body, etag_of(body), if_none_match, MEDIA_TYPES[form])


@router.get("/topics", response_model=Page[PublicTopic])
async def list_topics(
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Return the topics that have public items, newest first."""
    found = await topics.public(session, reading.topics_with_items(), site_code, page)
    body = found.model_dump_json().encode()
    return _send(body, etag_of(body), if_none_match)


@router.get("/topics/{topic_id}", response_model=PublicTopic)
async def read_topic(
    topic_id: UUID, session: Reading, if_none_match: IfNoneMatch = None
) -> Response:
    """Return one topic that has public items."""
    found = await topics.public_topic(session, reading.topics_with_items(), topic_id)
    body = PublicTopic.model_validate(found).model_dump_json().encode()
    return _send(body, etag_of(body), if_none_match)


@router.get("/topics/{topic_id}/timeline", response_model=Page[PublicItem])
async def read_timeline(
    topic_id: UUID, session: Reading, page: WhichPage, if_none_match: IfNoneMatch = None
) -> Response:
    """Return a topic's public items, newest first; a topic without any is not public."""
    items = await reading.answers(session, Wanted(topic_id=topic_id), page)
    if not items.items and page.after is None:
        raise NotFound("没有这个专题。")
    return _send_page(items, if_none_match)
