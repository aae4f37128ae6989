"""HTTP of public items: one, lists, and every change of them."""

from collections.abc import Collection, Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import URL

from services.content.delivery import framing
from services.content.delivery.change_feed import Place, check_place
from services.content.delivery.router import public_state
from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import HELD, MERGED, ByReader
from services.content.registry import queries as registry
from services.content.release.queries import history, reading
from services.content.release.queries.filtering import Wanted
from shared.contracts.content import Change, ChangePage, PublicItem
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.db import Sessions
from shared.gathering import Gathering
from shared.requests import InHouse, WhichPage, from_parameters, house

router = APIRouter(prefix="/v1/public", tags=["public"], responses=HELD)

Standing = Gathering[UUID, reading.Answer]
"""The public items, of which readers ask for one each, very many at a time."""

Ids = Annotated[list[UUID] | None, Query(max_length=100)]
Filters = Annotated[Wanted, Depends(from_parameters(Wanted))]


def framed(page: reading.AnswerPage) -> bytes:
    """Return a page of stored answers as it is sent."""
    return framing.page(page.items, Page(items=[], cursors=page.cursors, next=page.next))


def standing_in(readings: Sessions) -> Standing:
    """Return the public items of a database, to be asked for one by one."""

    async def answers_of(ids: Collection[UUID]) -> Mapping[UUID, reading.Answer]:
        async with readings() as session:
            return await reading.answers_of(session, ids)

    return Gathering(answers_of)


@router.get("/items/{item_id}", response_model=PublicItem)
async def read_item(item_id: UUID, request: Request, reader: ByReader) -> Response:
    """Return one public item."""
    ask = _alone if public_state.wanted(request) else _with_others
    found = await ask(request, item_id)
    return reader.send(
        found.body, etag=found.etag, modified_at=found.modified_at, language=found.language
    )


async def _alone(request: Request, item_id: UUID) -> reading.Answer:
    async with (await house(request)).readings() as session:
        await public_state.note(session, request)
        return await reading.answer(session, item_id)


async def _with_others(request: Request, item_id: UUID) -> reading.Answer:
    standing: Standing = request.app.state.standing
    found = await standing.one(item_id)
    if found is None:
        async with (await house(request)).readings() as session:
            raise await history.absence(session, item_id)
    return found


@router.get("/items", response_model=Page[PublicItem])
async def list_items(
    session: PublicReading,
    page: WhichPage,
    wanted: Filters,
    reader: ByReader,
    id: Ids = None,  # its name on the wire
) -> Response:
    """Return public items, newest first; `id` may be given several times."""
    merged = await registry.merged_columns(session, wanted.column_id) if wanted.column_id else ()
    found = await reading.answers(session, wanted, page, ids=tuple(id or ()), merged=merged)
    return reader.send(framed(found))


@router.get(
    "/columns/{column_id}/items",
    response_model=Page[PublicItem],
    responses=MERGED,
)
async def list_column(
    column_id: UUID,
    request: Request,
    session: PublicReading,
    page: WhichPage,
    wanted: Filters,
    reader: ByReader,
) -> Response:
    """Return the public items of a column and of those merged into it, newest first."""
    column, merged = await registry.public_column(session, column_id)
    if column.merged_into is not None:
        address = URL(f"/v1/public/columns/{column.merged_into}/items")
        return RedirectResponse(address.replace(query=request.url.query), 308)
    return reader.send(framed(await reading.answers(session, wanted, page, merged=merged)))


@router.get("/changes", response_model=ChangePage)
async def list_changes(
    session: PublicReading,
    house: InHouse,
    reader: ByReader,
    first: Annotated[int, Query(ge=1, le=100)] = 50,
    since: Annotated[str | None, Query(max_length=1000)] = None,
    site_code: SiteCode | None = None,
) -> Response:
    """Return what became public and what was withdrawn, in order, from a cursor on.

    Without `since` it starts at the beginning, and whoever goes on until nothing comes holds all
    that is public, with tombstones; a release is never split between two pages. Keep `next` and
    ask again: nothing is ever missed, whoever releases meanwhile. With `site_code` only that
    site's changes are told, and a cursor of one site is none of another.
    """
    listing = f"changes:{site_code or ''}"
    place = Place.read(house.cursors.open(listing, since)) if since else Place()
    if place.seq:
        place = check_place(place, await reading.changed_at(session, place.seq))
    rows = await reading.changes(session, place.seq, first, site_code)
    shown = [framing.change(Change.model_validate(step), item) for step, item in rows]
    place = Place(rows[-1][0].seq, rows[-1][0].at) if rows else place
    return reader.send(framing.change_page(shown, house.cursors.seal(listing, place.parts)))
