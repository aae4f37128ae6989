"""HTTP of published letters."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from services.interaction.citizens.router import Keys, cacheable
from services.interaction.mailbox.publication import commands, queries
from shared.contracts.letters import Letter, LetterKind, LetterNumber
from shared.contracts.page import Page
from shared.contracts.published_letters import PublicLetter
from shared.contracts.text import Line, SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["mailbox"])

Phrases = Annotated[list[Annotated[Line, Field(min_length=4)]], Query(min_length=1, max_length=5)]


@router.get("/public/letters", response_model=Page[PublicLetter])
async def list_published_letters(
    request: Request,
    session: Reading,
    page: WhichPage,
    site_code: Annotated[SiteCode | None, Query()] = None,
    kind: LetterKind | None = None,
) -> Response:
    """Return published letters, the latest first, personal data masked."""
    found = await queries.published_letters(session, site_code, kind, page)
    return cacheable(request, found)


@router.get("/public/letters/{number}/publication", response_model=PublicLetter)
async def read_published_letter(
    request: Request, number: LetterNumber, session: Reading
) -> Response:
    """Return one published letter, personal data masked."""
    return cacheable(request, await queries.published_letter(session, number))


@router.get("/published-letters")
async def list_letters_quoting(
    _: Somebody, session: Reading, page: WhichPage, quoting: Phrases
) -> Page[PublicLetter]:
    """Return published letters that quote something: an address, a document number, a title.

    Each is looked through, so only staff may ask.
    """
    return await queries.quoting(session, quoting, page)


@router.post("/letters/{letter_id}/publication", response_model=Letter)
async def publish_letter(
    letter_id: UUID, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Publish a masked rendition of an answered letter whose writer consents."""
    async with begin() as uow:
        letter = await commands.publish(uow, letter_id, keyring, version=version)
        return await uow.answer(Letter, letter)
