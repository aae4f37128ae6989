"""HTTP of published letters."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from services.interaction.citizens.router import Keys, cacheable
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.publication import commands, queries
from shared.contracts.letters import Letter, LetterKind, LetterNumber
from shared.contracts.page import Page
from shared.contracts.published_letters import (
    ProposedRendition,
    PublicLetter,
    RenditionReview,
    RenditionText,
    TakingDown,
)
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


@router.post("/letters/{letter_id}/publication", response_model=ProposedRendition)
async def propose_publication(
    letter_id: UUID, said: RenditionText, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Propose a masked rendition of an answered letter whose writer consents.

    What is said of title, text and answer is shown instead of them, masked all the same.
    """
    async with begin() as uow:
        proposed = await commands.propose(
            uow, letter_id, said, keyring, token_bytes, version=version
        )
        return await uow.answer(ProposedRendition, proposed)


@router.get("/letters/{letter_id}/publication")
async def read_proposed_publication(
    actor: Somebody, letter_id: UUID, session: Reading, keyring: Keys
) -> ProposedRendition:
    """Return the rendition that was proposed last, and what was decided of it."""
    letter = await letters.letter(session, actor, letter_id)
    return await queries.proposed(session, letter, letters.key_of(letter, keyring))


@router.post("/letters/{letter_id}/publication/review", response_model=Letter)
async def review_publication(
    letter_id: UUID, review: RenditionReview, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Let a rendition out to the public, or give it back; another person than proposed it."""
    async with begin() as uow:
        letter = await commands.review(
            uow, letter_id, review, keyring, token_bytes, version=version
        )
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/publication/withdrawal", response_model=Letter)
async def withdraw_publication(
    letter_id: UUID, why: TakingDown, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Let the public read a letter no longer, and tell its writer why."""
    async with begin() as uow:
        letter = await commands.withdraw(
            uow, letter_id, why, keyring, token_bytes, version=version
        )
        return await uow.answer(Letter, letter)
