"""Making a draft of an entry: an item with its source named, which nobody has reviewed."""

from uuid import UUID

from pydantic import ValidationError

from services.content.editorial.commands.writing import write_item
from services.content.registry import queries as registry
from services.content.staff.queries import posts as staff
from services.content.syndication.intake.models import UpstreamEntry, UpstreamFeed
from shared.auth import Actor, Permission
from shared.contracts.content import ItemKind
from shared.contracts.drafting import NewItem
from shared.contracts.upstream_entries import EntryState, UpstreamEntrySettled
from shared.faults import faults
from shared.problem import Invalid
from shared.uow import UnitOfWork

ORIGINAL = "原文"
LONGEST_SUMMARY = 500
LONGEST_BYLINE = 200


async def draft(uow: UnitOfWork, entry: UpstreamEntry, kind: ItemKind, column_id: UUID) -> None:
    """Write an item of an entry as whoever acts; it goes through the checks and reviews of any."""
    column = await registry.writable_column(uow.session, column_id)
    summary = None if entry.summary in {entry.title, entry.text} else entry.summary
    text = {
        "site_code": column.site_code,
        "column_id": column_id,
        "kind": kind,
        "title": entry.title,
        "body": entry.text,
        "summary": summary if summary and len(summary) <= LONGEST_SUMMARY else None,
        "doc_no": entry.doc_no,
        "written_on": entry.written_on,
        "source": entry.source or entry.feed.title,
        "byline": entry.author if entry.author and len(entry.author) <= LONGEST_BYLINE else None,
        "links": [{"text": ORIGINAL, "href": entry.url}] if entry.url else [],
    }
    try:
        new = NewItem.model_validate(text)
    except ValidationError as fault:
        said = [{**error, "loc": ("body", *error["loc"])} for error in fault.errors()]
        raise Invalid(faults(said)) from fault
    item = await write_item(uow, new)
    entry.item_id = item.id


def settle(uow: UnitOfWork, entry: UpstreamEntry, state: EntryState, message: str | None) -> None:
    """Keep what became of an entry, and tell it."""
    entry.state, entry.message, entry.due_at = state, message, None
    entry.settled_by, entry.settled_at = uow.actor.id, uow.now
    uow.announce(
        UpstreamEntrySettled(
            entry_id=entry.id,
            feed_id=entry.feed_id,
            organization=entry.organization,
            title=entry.title,
            state=state,
            item_id=entry.item_id,
        )
    )


async def maker(uow: UnitOfWork, feed: UpstreamFeed) -> Actor | None:
    """Return who made a feed's rules, with the authority they have now; strangers, had then."""
    if feed.ruled_by is None:
        return None
    then = {Permission(name): tuple(paths) for name, paths in (feed.ruled_grants or {}).items()}
    now = await staff.grants_of(uow.session, feed.ruled_by, uow.now)
    return Actor(feed.ruled_by, feed.ruled_at_organization or "", then if now is None else now)
