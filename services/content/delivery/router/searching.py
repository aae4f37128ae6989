"""HTTP of looking for public items."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.content.delivery import framing
from services.content.delivery.highlighting import parts, snippets
from services.content.delivery.question import Question, understood
from services.content.delivery.router.public_items import Filters
from services.content.delivery.router.public_state import PublicReading
from services.content.delivery.router.sending import HELD, ByReader
from services.content.release.queries import searching
from services.content.release.queries.searching import Hit, Order, Tallies, counted
from shared.contracts.delivery import ClassCount, Facets, Highlight, SearchPage, Total
from shared.contracts.text import Line
from shared.requests import WhichPage

router = APIRouter(prefix="/v1/public", tags=["public"], responses=HELD)

Words = Annotated[
    Line,
    Query(
        description="Words that must all occur, a phrase in quotes, or a number.",
        examples=["政府网站", "“信息公开” 年报", "蚌政办秘〔2017〕97号"],
    ),
]


@router.get("/search", response_model=SearchPage)
async def search(
    q: Words,
    session: PublicReading,
    page: WhichPage,
    wanted: Filters,
    reader: ByReader,
    order: Order = Order.NEWEST,
) -> Response:
    """Return public items that hold every word or its synonym, with what was found altogether.

    Who asks for a document or index number gets the item that bears it first, and then those that
    mention it. The first 100,000 characters of a text are searched.
    """
    asked = understood(q)
    found = await searching.find(session, asked, wanted, page, order)
    tallies = await searching.tally(session, asked, wanted, order)
    rest = SearchPage(
        items=[],
        cursors=found.cursors,
        next=found.next,
        total=Total(count=tallies.total, exact=tallies.total < counted(order)),
        facets=_facets(tallies),
        highlights=[_highlight(hit, asked) for hit in found.hits],
    )
    return reader.send(framing.page([hit.answer for hit in found.hits], rest))


def _highlight(hit: Hit, asked: Question) -> Highlight:
    return Highlight(
        item_id=hit.item_id,
        title=parts(hit.title, asked.shown),
        body=snippets(hit.body, asked.shown),
    )


def _facets(tallies: Tallies) -> Facets:
    def shown(counted: Sequence[tuple[str, int]]) -> list[ClassCount]:
        return [ClassCount(value=value, count=count) for value, count in counted]

    return Facets(
        kind=shown(tallies.kinds), site_code=shown(tallies.sites), year=shown(tallies.years)
    )
