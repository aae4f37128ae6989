"""Bringing an entry to where its rule says, unless it is known already or cannot be read."""

from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from services.content.registry import queries as registry
from services.content.syndication.intake.commands.drafting import (
    draft,
    maker,
    settle,
)
from services.content.syndication.intake.entry import Text
from services.content.syndication.intake.models import UpstreamEntry
from services.content.syndication.intake.pace import page_pause
from services.content.syndication.intake.queries import entries as queries
from services.content.syndication.intake.queries import feeds
from services.content.syndication.intake.rule import first_match
from services.content.syndication.intake.sameness import Seen, likely_same, own, surely_same
from services.content.syndication.intake.wording import (
    BEFORE,
    BY_HAND,
    BY_RULE,
    ENTRY,
    NO_RULE,
    NOT_DRAFTED,
    EntryFault,
    told_same,
    why,
)
from shared.contracts.upstream_entries import EntryState, Sameness, TextFrom
from shared.contracts.upstream_feeds import Becomes, EntryRule
from shared.problem import Problem
from shared.uow import UnitOfWork

REFUSED = range(400, 500)
PASSING = frozenset({EntryFault.NO_ANSWER, EntryFault.STATUS})


class PageRead(NamedTuple):
    """What came of reading an entry's page."""

    text: Text | None = None
    fault: EntryFault | None = None
    status: int | None = None


async def settle_entry(uow: UnitOfWork, entry_id: UUID, page: PageRead | None) -> None:
    """Bring an entry to a draft, the tray, or what it repeats; it is done once."""
    entry = await queries.entry_to_settle(uow.session, entry_id)
    entry.leased_until = None
    if entry.state is not EntryState.WAITING:
        return
    if page is not None and page.fault in PASSING and (wait := page_pause(entry.attempts)):
        entry.due_at = uow.now + wait
        return
    if page is not None and page.text is not None:
        entry.text, entry.text_from = page.text.body, TextFrom.PAGE
        entry.doc_no = entry.doc_no or page.text.doc_no
        entry.written_on = entry.written_on or page.text.written_on
    await feeds.one_at_a_time(uow.session, entry.organization)
    if same := await _surely_same(uow, entry):
        entry.same_as = same.model_dump(mode="json")
        settle(uow, entry, EntryState.DUPLICATE, told_same(same))
        return
    await _carry_out(uow, entry, page)


async def _surely_same(uow: UnitOfWork, entry: UpstreamEntry) -> Sameness | None:
    links = frozenset(filter(None, (entry.url, *entry.hops)))
    if came_back := own(links, await registry.domains(uow.session)):
        return came_back
    of_text = frozenset({entry.url} if entry.url else ())
    seen = Seen(entry.title, of_text, entry.doc_no, entry.index_no, entry.text or "")
    return surely_same(seen, await queries.surely_known(uow.session, entry, of_text))


async def _carry_out(uow: UnitOfWork, entry: UpstreamEntry, page: PageRead | None) -> None:
    rules = [EntryRule.model_validate(rule) for rule in entry.feed.rules]
    place = first_match(
        rules,
        title=entry.title,
        url=entry.url,
        categories=entry.categories,
        sources=(entry.author, entry.source),
    )
    entry.rule = place
    message = _stays(entry, None if place is None else rules[place])
    if message is None and (same := await _likely_same(uow, entry)):
        entry.same_as = same.model_dump(mode="json")
        message = told_same(same)
    if message is None and entry.text is None:
        message = f"{unread(entry, page)}{BY_HAND}"
    if message is not None or place is None:
        settle(uow, entry, EntryState.TRAY, message)
        return
    await _draft(uow, entry, rules[place])


def _stays(entry: UpstreamEntry, rule: EntryRule | None) -> str | None:
    """Return why an entry stays in the tray whatever it says, if it does."""
    if entry.published_at is not None and entry.published_at < entry.feed.since:
        return BEFORE
    if rule is None:
        return NO_RULE
    return BY_RULE if rule.becomes is Becomes.TRAY else None


async def _likely_same(uow: UnitOfWork, entry: UpstreamEntry) -> Sameness | None:
    seen = Seen(entry.title, frozenset(), None, None, entry.text or "")
    return likely_same(seen, await queries.maybe_known(uow.session, entry, uow.now))


async def _draft(uow: UnitOfWork, entry: UpstreamEntry, rule: EntryRule) -> None:
    acting = await maker(uow, entry.feed)
    if acting is None or rule.kind is None or rule.column_id is None:
        settle(uow, entry, EntryState.TRAY, NO_RULE)
        return
    try:
        async with uow.session.begin_nested():
            await draft(replace(uow, actor=acting), entry, rule.kind, rule.column_id)
    except Problem as refused:
        if refused.status not in REFUSED:
            raise
        entry.item_id = None
        settle(uow, entry, EntryState.TRAY, NOT_DRAFTED.format(why=why(refused)))
        return
    entry.directive = rule.directive.model_dump(mode="json") if rule.directive else None
    settle(uow, entry, EntryState.DRAFTED, None)


def unread(entry: UpstreamEntry, page: PageRead | None) -> str:
    """Return why an entry has no text."""
    if page is None or page.fault is None:
        fault, status = EntryFault.NO_TEXT if entry.url else EntryFault.NO_LINK, None
    else:
        fault, status = page.fault, page.status
    return ENTRY[fault].format(status=status)
