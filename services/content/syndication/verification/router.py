"""HTTP of where reposts stand, and of the readings that prove it."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.syndication.verification import queries
from services.content.syndication.verification.commands import claiming as commands
from shared.contracts.directives import Obligation
from shared.contracts.page import Page
from shared.contracts.receipts import NewClaim, PageReading
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1/obligations/{obligation_id}", tags=["syndication"])


@router.post("/claim", response_model=Obligation)
async def claim_repost(
    obligation_id: UUID, new: NewClaim, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Say where the repost stands: a page of the site's own domain, which is then read."""
    async with begin() as uow:
        obligation = await commands.claim_repost(uow, obligation_id, new, version=if_match)
        return await uow.answer(Obligation, obligation)


@router.get("/readings")
async def list_readings(
    obligation_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[PageReading]:
    """Return what readings of the repost's page found, newest first."""
    return await queries.readings(session, actor, obligation_id, page)
