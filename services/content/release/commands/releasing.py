"""Making items public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from services.content.assets import queries as assets
from services.content.registry import queries as registry
from services.content.registry.lifecycle import check_running
from services.content.release.address import public_url
from services.content.release.bundle import NotReleasable
from services.content.release.commands.numbering import give_numbers
from services.content.release.commands.opening import (
    files_of,
    findings_of,
    held_back,
    open_items,
)
from services.content.release.commands.publishing import (
    SHOWN,
    announce,
    begin_release,
    publish,
    take_turn,
)
from services.content.release.commands.remembering import (
    note_corrections,
    note_expiries,
    note_stated_dates,
)
from services.content.release.commands.reposting import follow_editions
from services.content.release.commands.withdrawing import bury_statements
from services.content.release.interpretation import last_day, may_follow
from services.content.release.kinds import Trait, kinds
from services.content.release.models import Live, Release
from services.content.release.queries import standing, validity
from services.content.release.showing import public_files
from services.content.release.words import words
from shared.business_day import business_date
from shared.contracts.content import ItemKind
from shared.uow import UnitOfWork

if TYPE_CHECKING:
    from datetime import date, datetime

    from services.content.editorial.models import Item
    from shared.contracts.release import NewRelease


Tokens = Mapping[UUID, tuple[str, str]]


async def release_items(uow: UnitOfWork, new: NewRelease) -> Release:
    """Make items public at one instant: all of them, or none with every reason."""
    items = await open_items(uow, new)
    tokens = tokens_of(items)
    found = await findings_of(uow, items)
    uow, seq = await take_turn(uow)
    if wrong := await held_back(uow, items, new, found, business_date(uow.now)):
        raise NotReleasable(faults=[fault._asdict() for fault in wrong])
    release, _ = await go_out(uow, items, new, seq, tokens)
    return release


def tokens_of(items: Sequence[Item]) -> Tokens:
    """Return the words of each item's title and body; made before anyone has to wait for them."""
    return {item.id: (words(item.current.title), words(item.current.body)) for item in items}


async def go_out(
    uow: UnitOfWork, items: Sequence[Item], new: NewRelease, seq: int, tokens: Tokens
) -> tuple[Release, Sequence[Live]]:
    """Write what the public reads of these items from now on, and all that follows from it."""
    release = begin_release(uow, seq)
    ids = [item.id for item in items]
    near = await standing.neighbours(uow.session, ids)
    since = await standing.first_public(uow.session, ids)
    rows = await _rows(uow, items, since, tokens)
    await note_corrections(uow, [item for item in items if item.id in since])
    await note_stated_dates(uow, new, {row.item_id: row for row in rows}, seq)
    await note_expiries(uow, rows)
    content = {
        item.column_id: item.id for item in items if item.kind is not ItemKind.STATUS_STATEMENT
    }
    near |= await bury_statements(uow, content, seq)
    near |= {row.interprets_id for row in rows if row.interprets_id}
    near |= {row.successor_id for row in rows if row.successor_id}
    reposts = await follow_editions(uow, [row for row in rows if row.item_id in since], seq)
    await publish(uow, {*ids, *near, *(row.item_id for row in reposts)}, seq)
    due_on = await _interpretations_due(uow, items, rows)
    for item, row in zip(items, rows, strict=True):
        announce(uow, row, release, item.current, due_on.get(item.id))
    for row in reposts:
        announce(uow, row, release)
    return release, rows


async def _interpretations_due(
    uow: UnitOfWork, items: Sequence[Item], rows: Sequence[Live]
) -> Mapping[UUID, date]:
    """Return the last day of each interpretation that may follow; no correction puts it off."""
    following = [row for item, row in zip(items, rows, strict=True) if may_follow(item.current)]
    if not following:
        return {}
    calendar = await registry.calendar(uow.session)
    return {
        row.item_id: last_day(business_date(row.first_public_at), calendar) for row in following
    }


async def _rows(
    uow: UnitOfWork,
    items: Sequence[Item],
    since: Mapping[UUID, datetime],
    tokens: Tokens,
) -> list[Live]:
    ids = [item.id for item in items]
    known = await standing.live(uow.session, ids)
    sites = await registry.sites_coded(uow.session, {item.site_code for item in items})
    for site in sites.values():
        check_running(site.state)
    numbers = await give_numbers(uow, items)
    marks = await validity.current(uow.session, ids)
    stated = await standing.stated(uow.session, ids)
    files = await assets.shown(uow.session, files_of(items))
    rows = []
    for item in items:
        row = known.get(item.id) or Live(item_id=item.id)
        row.first_public_at = since.get(item.id, uow.now)
        row.updated_at = uow.now
        row.url = public_url(sites[item.site_code].domain, item.id)
        row.index_no, row.stated_on = numbers.get(item.id), stated.get(item.id)
        row.title_tokens, row.body_tokens = tokens[item.id]
        row.files = public_files(item.current, files)
        for name, value in placed(item, row.first_public_at).items():
            setattr(row, name, value)
        if mark := marks.get(item.id):
            row.validity, row.valid_since = mark.state, mark.since
            row.successor_id, row.successor_document = mark.successor, mark.document
        rows.append(row)
    for row in known.values():  # else one statement for every set of columns that changed
        for name in set(Live.__mapper__.columns.keys()) - {"item_id", "tokens"}:
            flag_modified(row, name)
    uow.session.add_all(rows)
    return rows


def placed(item: Item, first_public_at: datetime) -> dict[str, Any]:
    """Return what an item's text says and where it stands, as its public row tells it."""
    text = item.current
    start = text.in_force_on or text.written_on or business_date(first_public_at)
    return {
        **{name: getattr(text, name) for name in SHOWN},
        "site_code": item.site_code,
        "sponsoring": item.sponsoring,
        "column_id": item.column_id,
        "kind": item.kind,
        "content_hash": text.content_hash,
        "interprets_id": text.interprets,
        "effective_from": start if item.kind in kinds(Trait.LAPSING) else None,
    }
