"""HTTP of the answer library."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.interaction.mailbox.library import commands, queries
from shared.business_day import business_date
from shared.contracts.answer_library import (
    EntryReview,
    EntryText,
    LibraryEdition,
    LibraryEntry,
    NewEntry,
    Retirement,
)
from shared.contracts.page import Page
from shared.contracts.text import Line
from shared.requests import BeginAct, IfMatch, InHouse, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["answer library"])


@router.get("/library-entries")
async def list_entries(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    stands: InHouse,
    q: Annotated[Line | None, Query(description="Words that stand in it.")] = None,
    matter: Annotated[Line | None, Query()] = None,
) -> Page[LibraryEntry]:
    """Return the entries the actor may use today, the most used first."""
    today = business_date(stands.clock())
    return await queries.entries(session, actor, q, matter, today, page)


@router.get("/library-entries/{entry_id}")
async def read_entry(
    actor: Somebody, entry_id: UUID, session: Reading, response: Response
) -> LibraryEntry:
    """Return an entry with the text it is used by."""
    entry = await queries.entry(session, actor, entry_id)
    response.headers["ETag"] = f'"{entry.version}"'
    return LibraryEntry.model_validate(entry, from_attributes=True)


@router.get("/library-editions")
async def list_editions(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    entry_id: UUID | None = None,
    waiting: Annotated[bool | None, Query(description="Only those that await review.")] = None,
) -> Page[LibraryEdition]:
    """Return the texts of the actor's own units, whatever became of them."""
    return await queries.editions(session, actor, entry_id, page, waiting=bool(waiting))


@router.post("/library-entries", status_code=201, response_model=LibraryEntry)
async def write_entry(new: NewEntry, begin: BeginAct) -> Response:
    """Begin an entry, which awaits its review."""
    async with begin() as uow:
        entry = await commands.write_entry(uow, new)
        return await uow.answer(LibraryEntry, entry, 201)


@router.put("/library-entries/{entry_id}", response_model=LibraryEntry)
async def rewrite_entry(
    entry_id: UUID, text: EntryText, version: IfMatch, begin: BeginAct
) -> Response:
    """Write an entry anew; the text approved last is used until this one is."""
    async with begin() as uow:
        entry = await commands.rewrite_entry(uow, entry_id, text, version=version)
        return await uow.answer(LibraryEntry, entry)


@router.post("/library-entries/{entry_id}/review", response_model=LibraryEntry)
async def review_entry(
    entry_id: UUID, review: EntryReview, version: IfMatch, begin: BeginAct
) -> Response:
    """Let the edition that awaits review be used from now on, or give it back."""
    async with begin() as uow:
        entry = await commands.review_entry(uow, entry_id, review, version=version)
        return await uow.answer(LibraryEntry, entry)


@router.post("/library-entries/{entry_id}/retirement", response_model=LibraryEntry)
async def retire_entry(
    entry_id: UUID, why: Retirement, version: IfMatch, begin: BeginAct
) -> Response:
    """Let an entry be used no more."""
    async with begin() as uow:
        entry = await commands.retire_entry(uow, entry_id, why.reason, version=version)
        return await uow.answer(LibraryEntry, entry)
