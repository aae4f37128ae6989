"""Making an item public on another site too, and keeping it there as its source stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from services.content.registry.lifecycle import check_running
from services.content.release.address import public_url
from services.content.release.commands.publishing import (
    SHOWN,
    announce,
    begin_release,
    publish,
    take_turn,
)
from services.content.release.commands.withdrawing import bury_statements
from services.content.release.models import Live
from services.content.release.queries import standing
from services.content.release.repost import (
    UNCHANGED,
    Manner,
    already,
    check_edition,
    check_new_on,
    own_hash,
    way,
)
from services.content.release.words import words
from shared.contracts.content import ItemKind
from shared.contracts.origin import Fidelity
from shared.contracts.reposting import WordsDropped
from shared.ids import new_id
from shared.problem import NotFound

if TYPE_CHECKING:
    from uuid import UUID

    from services.content.registry.models import Column, Site
    from shared.uow import UnitOfWork


WITHDRAWN = "原文已撤下，无需转载。"
MARKS = ("validity", "valid_since", "successor_id", "successor_document")
KEPT = {
    *(SHOWN | {"kind", "files", "content_hash", "index_no", "title_tokens", "body_tokens"}),
    *MARKS,
}
"""What a repost shows as its source does."""


class Placed(NamedTuple):
    """A repost and its source, and whether it was made now or stood there before."""

    row: Live
    source: Live
    is_new: bool


async def place_repost(
    uow: UnitOfWork, taken_id: UUID, site: Site, column: Column, manner: Manner = UNCHANGED
) -> Placed:
    """Make a public item public on another site too, with its origin named; once.

    Unchanged, the text stands under the reviews of its source; the hash binds it. A repost is
    taken for its origin, which is what is reposted.
    """
    uow, seq = await take_turn(uow)
    # What was read before one's turn came may have changed since.
    await uow.session.refresh(site)
    check_running(site.state)
    taken, source = await _found(uow, taken_id)
    check_edition(manner, source)
    there = await standing.alike(uow.session, site.code, source)
    if known := check_new_on(site.code, source, there):
        if manner != UNCHANGED:
            raise already(known, source)
        return Placed(known, source, is_new=False)
    release = begin_release(uow, seq)
    row = _new_row(uow, site, column, taken, source)
    row.local_note = manner.local_note
    _reword(row, manner)
    uow.session.add(row)
    near = set()
    if row.kind is not ItemKind.STATUS_STATEMENT:
        near = await bury_statements(uow, {row.column_id: row.item_id}, seq)
    await publish(uow, {row.item_id, *near}, seq)
    announce(uow, row, release)
    return Placed(row, source, is_new=True)


async def set_note(uow: UnitOfWork, row: Live, note: str | None, seq: int) -> None:
    """Let a site say something else beside a repost; the text stays as it is."""
    release = begin_release(uow, seq)
    row.local_note = note
    await publish(uow, [row.item_id], seq)
    announce(uow, row, release)


async def follow_editions(uow: UnitOfWork, sources: Collection[Live], seq: int) -> Sequence[Live]:
    """Let the reposts of items show what these show now, whatever state their sites are in.

    A site's own words were made from an edition that is no more, and go with it; its note stays.
    """
    by_id = {source.item_id: source for source in sources}
    rows = await standing.reposts(uow.session, by_id) if by_id else []
    for row in rows:
        source = by_id[row.origin_item_id] if row.origin_item_id else row
        if row.origin_hash == source.content_hash:
            _copy(row, source, MARKS)
            continue
        if row.fidelity not in {None, Fidelity.VERBATIM}:
            uow.announce(_words_dropped(row, source, seq))
        row.updated_at = uow.now
        _keep_to(row, source)
    return rows


async def _found(uow: UnitOfWork, taken_id: UUID) -> tuple[Live, Live]:
    """Return a public item, and the one it was reposted from or itself, as they stand now."""
    taken = await standing.now_live(uow.session, taken_id)
    if taken is None:
        raise NotFound(WITHDRAWN)
    if taken.origin_item_id is None:
        return taken, taken
    source = await standing.now_live(uow.session, taken.origin_item_id)
    if source is None:
        raise NotFound(WITHDRAWN)
    return taken, source


def _new_row(uow: UnitOfWork, site: Site, column: Column, taken: Live, source: Live) -> Live:
    item_id = new_id()
    hops = way(taken.hops or (), taken, site.code, uow.now)
    row = Live(
        item_id=item_id,
        site_code=site.code,
        sponsoring=site.sponsoring,
        column_id=column.id,
        first_public_at=uow.now,
        updated_at=uow.now,
        url=public_url(site.domain, item_id),
        origin_site_code=source.site_code,
        origin_item_id=source.item_id,
        hops=[hop.model_dump(mode="json") for hop in hops],
    )
    _keep_to(row, source)
    return row


def _keep_to(row: Live, source: Live) -> None:
    _copy(row, source, KEPT)
    row.origin_url, row.origin_hash = source.url, source.content_hash
    row.fidelity = Fidelity.VERBATIM


def _copy(row: Live, source: Live, names: Collection[str]) -> None:
    for name in names:
        setattr(row, name, getattr(source, name))


def _reword(row: Live, manner: Manner) -> None:
    """Put a site's own words in place of the source's; files go with the text they belong to."""
    row.fidelity = manner.fidelity
    if manner.title is not None:
        row.title, row.title_tokens = manner.title, words(manner.title)
    if manner.summary is not None:
        row.body, row.body_tokens = manner.summary, words(manner.summary)
        row.files, row.links = [], []
    if row.fidelity is not Fidelity.VERBATIM:
        row.content_hash = own_hash(
            row.content_hash, row.site_code, row.column_id, row.kind, manner
        )


def _words_dropped(row: Live, source: Live, seq: int) -> WordsDropped:
    return WordsDropped(
        item_id=row.item_id,
        site_code=row.site_code,
        origin_item_id=source.item_id,
        content_hash=source.content_hash,
        release_seq=seq,
    )
