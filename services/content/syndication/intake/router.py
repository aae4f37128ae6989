"""HTTP of upstream feeds and their entries."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.delivery.router.sending import PublicAddress
from services.content.syndication.intake.commands import deciding, registering
from services.content.syndication.intake.queries import entries, feeds
from services.content.syndication.partners.router import MayCall
from shared.contracts.page import Page
from shared.contracts.upstream_entries import (
    Acceptance,
    Dismissal,
    EntryState,
    UpstreamEntry,
)
from shared.contracts.upstream_feeds import (
    ChangedFeed,
    FeedPoll,
    FeedState,
    NewFeed,
    NewRules,
    UpstreamFeed,
)
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["syndication"])


@router.post("/upstream-feeds", status_code=201, response_model=UpstreamFeed)
async def register_feed(
    new: NewFeed, begin: BeginAct, here: PublicAddress, allowed: MayCall
) -> Response:
    """Have a feed of a higher-level site read: RSS, Atom, JSON Feed, or our own change feed."""
    async with begin() as uow:
        feed = await registering.register_feed(uow, new, here, allowed)
        return await uow.answer(UpstreamFeed, feed, 201)


@router.get("/upstream-feeds")
async def list_feeds(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    state: FeedState | None = None,
    faulty: bool | None = None,  # noqa: FBT001  # a query parameter
) -> Page[UpstreamFeed]:
    """Return the feeds the bearer may know of, newest first; those ended only by their state."""
    return await feeds.feeds(session, actor, state, page, faulty=faulty)


@router.get("/upstream-feeds/{feed_id}", response_model=UpstreamFeed)
async def read_feed(feed_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return a feed, how it answers, and what its entries become."""
    return await feeds.feed(session, actor, feed_id)


@router.put("/upstream-feeds/{feed_id}", response_model=UpstreamFeed)
async def change_feed(
    feed_id: UUID,
    new: ChangedFeed,
    if_match: IfMatch,
    begin: BeginAct,
    here: PublicAddress,
    allowed: MayCall,
) -> Response:
    """Read a feed elsewhere or name it otherwise; one that was gone or failed is tried again."""
    async with begin() as uow:
        feed = await registering.change_feed(uow, feed_id, new, here, allowed, version=if_match)
        return await uow.answer(UpstreamFeed, feed)


@router.delete("/upstream-feeds/{feed_id}", response_model=UpstreamFeed)
async def end_feed(feed_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Read a feed no more; its entries are kept."""
    async with begin() as uow:
        feed = await registering.end_feed(uow, feed_id, version=if_match)
        return await uow.answer(UpstreamFeed, feed)


@router.put("/upstream-feeds/{feed_id}/rules", response_model=UpstreamFeed)
async def set_rules(feed_id: UUID, new: NewRules, if_match: IfMatch, begin: BeginAct) -> Response:
    """Say what a feed's entries become from now on; done with the authority of who says so."""
    async with begin() as uow:
        feed = await registering.set_rules(uow, feed_id, new, version=if_match)
        return await uow.answer(UpstreamFeed, feed)


@router.post("/upstream-feeds/{feed_id}/poll", status_code=202, response_model=UpstreamFeed)
async def poll_feed(feed_id: UUID, begin: BeginAct) -> Response:
    """Have a feed asked as soon as its host may be asked."""
    async with begin() as uow:
        return await uow.answer(UpstreamFeed, await registering.poll_soon(uow, feed_id), 202)


@router.get("/upstream-feeds/{feed_id}/polls")
async def list_polls(
    feed_id: UUID, actor: Somebody, session: Reading, page: WhichPage
) -> Page[FeedPoll]:
    """Return what came of asking a feed, latest first."""
    await feeds.feed(session, actor, feed_id)
    return await feeds.polls(session, feed_id, page)


@router.get("/upstream-entries")
async def list_entries(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    feed_id: UUID | None = None,
    state: EntryState | None = None,
    changed: bool | None = None,  # noqa: FBT001  # a query parameter
) -> Page[UpstreamEntry]:
    """Return the entries the bearer may know of, newest first."""
    return await entries.entries(
        session, actor, page, feed_id=feed_id, state=state, changed=changed
    )


@router.get("/upstream-entries/{entry_id}", response_model=UpstreamEntry)
async def read_entry(entry_id: UUID, actor: Somebody, session: Reading) -> object:
    """Return an entry, and what became of it."""
    return await entries.entry(session, actor, entry_id)


@router.post("/upstream-entries/{entry_id}/acceptance", response_model=UpstreamEntry)
async def accept_entry(
    entry_id: UUID, given: Acceptance, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Make a draft of an entry, which goes through review like any text."""
    async with begin() as uow:
        entry = await deciding.accept(uow, entry_id, given, version=if_match)
        return await uow.answer(UpstreamEntry, entry)


@router.post("/upstream-entries/{entry_id}/dismissal", response_model=UpstreamEntry)
async def dismiss_entry(
    entry_id: UUID, given: Dismissal, if_match: IfMatch, begin: BeginAct
) -> Response:
    """Say why an entry is not taken up."""
    async with begin() as uow:
        entry = await deciding.dismiss(uow, entry_id, given, version=if_match)
        return await uow.answer(UpstreamEntry, entry)


@router.post("/upstream-entries/{entry_id}/note", response_model=UpstreamEntry)
async def note_change(entry_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Say that what changed upstream was seen and dealt with."""
    async with begin() as uow:
        entry = await deciding.note_change(uow, entry_id, version=if_match)
        return await uow.answer(UpstreamEntry, entry)


@router.post("/upstream-entries/{entry_id}/directive", response_model=UpstreamEntry)
async def issue_proposed(entry_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Issue the directive proposed for an entry, once the item made of it is public."""
    async with begin() as uow:
        entry = await deciding.issue_proposed(uow, entry_id, version=if_match)
        return await uow.answer(UpstreamEntry, entry)
