"""HTTP of recalls: what a withdrawal reaches, what sites owe for copies, and what is certified."""

from typing import Any
from uuid import UUID

import rfc8785
from fastapi import APIRouter, Response

from services.content.syndication.recalls.commands import reporting
from services.content.syndication.recalls.queries import impact, recalls
from shared.contracts.page import Page
from shared.contracts.recalls import (
    Copy,
    CopyCertificate,
    CopyReading,
    CopyReport,
    CopyState,
    Recall,
    RecallCertificate,
)
from shared.contracts.release import Affected
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["syndication"])


@router.get("/items/{item_id}/impact")
async def read_impact(
    actor: Somebody, item_id: UUID, session: Reading, page: WhichPage
) -> Page[Affected]:
    """Return all that refers to an item or shows a copy of it, and what would leave with it."""
    return await impact.impact(session, actor, item_id, page)


@router.get("/recalls")
async def list_recalls(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    item_id: UUID | None = None,
    site_code: SiteCode | None = None,
) -> Page[Recall]:
    """Return withdrawals and corrections with what became of their copies, newest first."""
    return await recalls.recalls(session, actor, item_id, site_code, page)


@router.get("/recalls/{recall_id}", response_model=Recall)
async def read_recall(recall_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return in how many places copies stood, and of how many it is proved that they are gone."""
    return await recalls.recall(session, actor, recall_id)


@router.get("/recalls/{recall_id}/copies")
async def list_copies_of_recall(
    recall_id: UUID,
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: CopyState | None = None,
) -> Page[Copy]:
    """Return each place of a recall, with what its readings found."""
    return await recalls.copies_of(session, actor, recall_id, state, page)


@router.get("/recalls/{recall_id}/certificate", response_model=RecallCertificate)
async def read_recall_certificate(recall_id: UUID, actor: Somebody, session: Reading) -> Response:
    """Return the signed proof that every known copy is gone or put right."""
    return _signed(await recalls.certificate_of_recall(session, actor, recall_id))


@router.get("/copies")
async def list_copies(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    site_code: SiteCode | None = None,
    state: CopyState | None = None,
) -> Page[Copy]:
    """Return what the sites the bearer reposts for owe for copies, newest first."""
    return await recalls.copies(session, actor, site_code, state, page)


@router.get("/copies/{copy_id}", response_model=Copy)
async def read_copy(copy_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a copy to its site, to who ordered it and to whose item it is."""
    return await recalls.copy(session, actor, copy_id)


@router.get("/copies/{copy_id}/readings")
async def list_copy_readings(
    copy_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[CopyReading]:
    """Return what readings of the copy's page found, newest first."""
    return await recalls.readings(session, actor, copy_id, page)


@router.get("/copies/{copy_id}/certificate", response_model=CopyCertificate)
async def read_copy_certificate(copy_id: UUID, actor: Somebody, session: Reading) -> Response:
    """Return the signed proof that the copy is gone or put right."""
    return _signed(await recalls.certificate_of_copy(session, actor, copy_id))


@router.post("/copies/{copy_id}/report", response_model=Copy)
async def report_copy(
    copy_id: UUID, report: CopyReport, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Say that the copy was taken down or put right; its page is then read at once."""
    async with begin() as uow:
        copy = await reporting.report_copy(uow, copy_id, report, version=if_match)
        return await uow.answer(Copy, copy)


def _signed(statement: dict[str, Any]) -> Response:
    return Response(rfc8785.dumps(statement), media_type="application/json")
