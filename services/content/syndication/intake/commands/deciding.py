"""What a person decides about an entry."""

from datetime import timedelta
from uuid import UUID

from services.content.syndication.directives.commands.issuing import issue_directive
from services.content.syndication.intake.commands.drafting import draft, settle
from services.content.syndication.intake.models import UpstreamEntry
from services.content.syndication.intake.queries import entries as queries
from services.content.syndication.intake.queries import feeds
from shared.auth import Permission
from shared.contracts.directives import NewDirective
from shared.contracts.upstream_entries import (
    Acceptance,
    Dismissal,
    EntryState,
    SameBy,
    TextFrom,
)
from shared.contracts.upstream_feeds import DirectiveToIssue
from shared.problem import Conflict, Unprocessable
from shared.uow import UnitOfWork, expect


class EntryDrafted(Conflict):
    """A draft was made of the entry already; there is never a second one."""

    advice = "该条目已写成稿件，不会再生成第二份；请直接修改原稿件。"


class OwnEntry(Conflict):
    """The entry came from one of our own sites: taking it up would go round in a circle."""

    advice = "该条目来自本网站群，采用会造成循环转载。"


class EntryWithoutText(Unprocessable):
    """No text could be read for the entry; whoever accepts it gives one."""

    advice = "该条目没有读到正文，请打开原文核对后填写正文再采用。"


class NoDirectiveProposed(Conflict):
    """No directive is proposed for the entry, or it was issued already."""

    advice = "该条目没有待下达的转载要求，或已经下达。"


async def accept(
    uow: UnitOfWork, entry_id: UUID, given: Acceptance, *, version: int
) -> UpstreamEntry:
    """Make a draft of an entry by hand, whatever its rule says."""
    entry = await _to_decide(uow, entry_id, version)
    await feeds.one_at_a_time(uow.session, entry.organization)
    if entry.item_id is not None:
        raise EntryDrafted(item_id=str(entry.item_id))
    if entry.same_as and entry.same_as["by"] == SameBy.OWN:
        raise OwnEntry
    if given.text is not None:
        entry.text, entry.text_from = given.text, TextFrom.PERSON
    if entry.text is None:
        raise EntryWithoutText
    await draft(uow, entry, given.kind, given.column_id)
    entry.changed = False
    settle(uow, entry, EntryState.DRAFTED, None)
    return entry


async def dismiss(
    uow: UnitOfWork, entry_id: UUID, given: Dismissal, *, version: int
) -> UpstreamEntry:
    """Say why an entry is not taken up."""
    entry = await _to_decide(uow, entry_id, version)
    if entry.item_id is not None:
        raise EntryDrafted(item_id=str(entry.item_id))
    entry.changed = False
    settle(uow, entry, EntryState.DISMISSED, given.reason)
    return entry


async def note_change(uow: UnitOfWork, entry_id: UUID, *, version: int) -> UpstreamEntry:
    """Say that one has seen what changed upstream, and done what it asks for."""
    entry = await _to_decide(uow, entry_id, version)
    entry.changed = False
    return entry


async def issue_proposed(uow: UnitOfWork, entry_id: UUID, *, version: int) -> UpstreamEntry:
    """Issue the directive that was proposed for an entry, now that its item is public."""
    entry = await queries.entry_to_change(uow.session, uow.actor, entry_id)
    expect(version, entry.version)
    await issue(uow, entry)
    return entry


async def issue(uow: UnitOfWork, entry: UpstreamEntry) -> None:
    """Issue what an entry proposes, as whoever acts."""
    if entry.directive is None or entry.item_id is None or entry.directive_id is not None:
        raise NoDirectiveProposed
    asked = DirectiveToIssue.model_validate(entry.directive)
    new = NewDirective(
        item_id=entry.item_id,
        issuer=asked.issuer,
        ask=asked.ask,
        level=asked.level,
        deadline=uow.now + timedelta(hours=asked.within_hours),
    )
    entry.directive_id = (await issue_directive(uow, new)).id
    entry.message = None


async def _to_decide(uow: UnitOfWork, entry_id: UUID, version: int) -> UpstreamEntry:
    entry = await queries.entry_to_change(uow.session, uow.actor, entry_id)
    uow.actor.require(Permission.EDIT, entry.organization)
    expect(version, entry.version)
    return entry
