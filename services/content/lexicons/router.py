"""HTTP of the lexicons."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response
from pydantic import ValidationError

from services.content.lexicons import commands, queries
from services.content.lexicons.table import read_table
from services.content.registry import queries as registry
from shared.auth import Permission
from shared.contracts.lexicons import (
    Lexicon,
    LexiconKind,
    LexiconName,
    LexiconSummary,
    Wordlist,
)
from shared.contracts.text import Line
from shared.faults import faults
from shared.problem import Invalid
from shared.requests import BeginAct, IfMatchOrNew, Reading, Somebody

router = APIRouter(prefix="/v1", tags=["lexicons"])

Table = Annotated[
    bytes,
    Body(
        media_type="text/csv",
        description="CSV in UTF-8 or GB 18030. Its first row names the columns: 词语, 正确写法, "
        "级别 (阻断 or 提示), 说明, 例外 (several parted by `|`).",
    ),
]


@router.get("/lexicons")
async def list_lexicons(_: Somebody, session: Reading) -> list[LexiconSummary]:
    """Return every lexicon texts are checked against, by name and without its words."""
    return await queries.lexicons(session)


@router.get("/lexicons/{name}")
async def read_lexicon(
    name: LexiconName, actor: Somebody, session: Reading, response: Response
) -> Lexicon:
    """Return one lexicon with its words, to those who may replace them."""
    actor.require(Permission.ADMINISTER, await registry.root(session) or "")
    lexicon = await queries.lexicon(session, name)
    response.headers["ETag"] = f'"{lexicon.version}"'
    return lexicon


@router.put("/lexicons/{name}", response_model=LexiconSummary)
async def supply_lexicon(
    name: LexiconName, wordlist: Wordlist, begin: BeginAct, if_match: IfMatchOrNew
) -> Response:
    """Supply a lexicon or replace all its words; without If-Match there must be none yet."""
    async with begin() as uow:
        lexicon = await commands.supply_lexicon(uow, name, wordlist, version=if_match)
        return await uow.answer(LexiconSummary, lexicon)


@router.put("/lexicons/{name}/table", response_model=LexiconSummary)
async def supply_lexicon_table(
    name: LexiconName,
    title: Annotated[Line, Query()],
    kind: LexiconKind,
    source: Annotated[Line, Query()],
    table: Table,
    begin: BeginAct,
    if_match: IfMatchOrNew,
) -> Response:
    """Supply a lexicon, or replace all its words, from a spreadsheet saved as CSV."""
    try:
        wordlist = Wordlist.model_validate(
            {"title": title, "kind": kind, "source": source, "entries": read_table(table)}
        )
    except ValidationError as fault:
        raise Invalid(
            faults({**error, "loc": ("body", *error["loc"])} for error in fault.errors())
        ) from fault
    async with begin() as uow:
        lexicon = await commands.supply_lexicon(uow, name, wordlist, version=if_match)
        return await uow.answer(LexiconSummary, lexicon)
