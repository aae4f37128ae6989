"""HTTP of reposts of a site's own accord, and in words of its own."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.release.queries import reposted
from services.content.syndication.reposting import queries
from services.content.syndication.reposting.commands import rewording, taking
from shared.contracts.drafting import ReviewDecision
from shared.contracts.page import Page
from shared.contracts.reposting import (
    NewLocalNote,
    NewRepost,
    NewRewording,
    Repost,
    Rewording,
)
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["syndication"])


@router.post("/reposts", status_code=201, response_model=Repost)
async def repost(new: NewRepost, begin: BeginAct) -> Response:
    """Take a public item of the group over into a column, unchanged; a repost for its origin."""
    async with begin() as uow:
        row = await taking.repost(uow, new)
        return await uow.answer(Repost, Repost.model_validate(row, from_attributes=True), 201)


@router.get("/reposts")
async def list_reposts(
    actor: Somebody, session: Reading, page: WhichPage, site_code: SiteCode | None = None
) -> Page[Repost]:
    """Return the public reposts of sites the bearer may repost for, newest first."""
    return await reposted.reposts(session, actor, site_code, page)


@router.put("/reposts/{item_id}/note", response_model=Repost)
async def change_note(
    item_id: UUID, new: NewLocalNote, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Say something else beside a repost (本地按语), or nothing; the text stays as it is."""
    async with begin() as uow:
        row = await taking.change_note(uow, item_id, new.local_note, version=if_match)
        return await uow.answer(Repost, Repost.model_validate(row, from_attributes=True))


@router.put("/obligations/{obligation_id}/rewording", response_model=Rewording)
async def propose_rewording(
    obligation_id: UUID, new: NewRewording, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Propose to repost with another title or as a summary, as far as the directive allows."""
    async with begin() as uow:
        text = await rewording.propose(uow, obligation_id, new, version=if_match)
        return await uow.answer(Rewording, text)


@router.post("/obligations/{obligation_id}/rewording/reviews", response_model=Rewording)
async def review_rewording(
    obligation_id: UUID, decision: ReviewDecision, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Consent to exactly these words, or return them; the last consent makes them public."""
    async with begin() as uow:
        text = await rewording.review(uow, obligation_id, decision, version=if_match)
        return await uow.answer(Rewording, text)


@router.get("/rewordings")
async def list_rewordings(
    actor: Somebody, session: Reading, page: WhichPage, site_code: SiteCode | None = None
) -> Page[Rewording]:
    """Return the words that wait for reviews on sites the bearer reposts or reviews for."""
    return await queries.rewordings(session, actor, site_code, page)
