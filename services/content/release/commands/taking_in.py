"""Making public at one instant, and many at a time, what was public elsewhere before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from services.content.release.address import public_url
from services.content.release.commands.numbering import give_numbers
from services.content.release.commands.publishing import (
    ALONE,
    begin_release,
    publish,
    released,
    store_answer,
)
from services.content.release.commands.releasing import placed
from services.content.release.commands.remembering import note_expiries
from services.content.release.commands.withdrawing import bury_statements
from services.content.release.models import (
    Change,
    Correction,
    Live,
    Release,
    StatedDate,
    Validity,
)
from services.content.release.showing import public_files
from shared.db import copy_in, unwatched
from shared.ids import new_id

if TYPE_CHECKING:
    from datetime import date

    from services.content.assets.models import Asset
    from services.content.editorial.models import Item
    from shared.contracts.standing import Correction as ToldCorrection
    from shared.contracts.validity import NewValidity
    from shared.uow import UnitOfWork

STATED_BECAUSE = "历史内容迁移入库，标注原发布日期。"


class Arrival(NamedTuple):
    """An item that arrives with a public past: the words it is found by, and what is told of it.

    `stated_on` is the day on which it is said to have been published, `mark` what its policy
    became since, `files` those that go out with it.
    """

    item: Item
    domain: str
    tokens: tuple[str, str]
    stated_on: date | None
    corrections: Sequence[ToldCorrection]
    mark: NewValidity | None
    files: Mapping[UUID, Asset] = {}


async def take_in(uow: UnitOfWork, arrivals: Sequence[Arrival], seq: int) -> Release:
    """Make items public under one number, first public now; whoever calls holds the order.

    Those linked with others, and those they are linked with, have their answers written anew
    once all are there.
    """
    release = begin_release(uow, seq)
    numbers = await give_numbers(uow, [arrival.item for arrival in arrivals])
    rows = {arrival.item.id: _row(uow, arrival, numbers) for arrival in arrivals}
    columns = {row.column_id: row.item_id for row in rows.values()}
    linked = {*_linked(arrivals, rows), *await bury_statements(uow, columns, seq)}
    alone = [row for row in rows.values() if row.item_id not in linked]
    for row in alone:
        store_answer(row, ALONE, seq)
    await copy_in(uow.session, Live, map(vars, rows.values()))
    await copy_in(uow.session, Change, (vars(released(uow, row, seq)) for row in alone))
    await _remember(uow, arrivals, seq)
    await note_expiries(uow, [row for row in rows.values() if row.expires_on])
    await publish(uow, linked, seq)
    return release


def _row(uow: UnitOfWork, arrival: Arrival, numbers: Mapping[UUID, str]) -> Live:
    item, mark = arrival.item, arrival.mark
    title_tokens, body_tokens = arrival.tokens
    row = unwatched(
        Live,
        item_id=item.id,
        first_public_at=uow.now,
        updated_at=uow.now,
        release_seq=0,
        answer=b"",
        etag="",
        files=public_files(item.current, arrival.files),
        url=public_url(arrival.domain, item.id),
        index_no=numbers.get(item.id),
        stated_on=arrival.stated_on,
        title_tokens=title_tokens,
        body_tokens=body_tokens,
        **placed(item, uow.now),
    )
    text = item.current
    if row.effective_from and arrival.stated_on and not (text.in_force_on or text.written_on):
        row.effective_from = arrival.stated_on
    if mark is not None:
        row.validity, row.valid_since = mark.state, mark.since
        row.successor_id, row.successor_document = mark.successor, mark.document
    return row


def _linked(arrivals: Sequence[Arrival], rows: Mapping[UUID, Live]) -> set[UUID]:
    linked = {arrival.item.id for arrival in arrivals if arrival.corrections}
    for row in rows.values():
        targets = {row.interprets_id, row.successor_id} - {None}
        if targets:
            linked |= {row.item_id, *filter(None, targets)}
    return linked


async def _remember(uow: UnitOfWork, arrivals: Sequence[Arrival], seq: int) -> None:
    """Keep earlier dates, corrections and marks, as told by whoever vouches for them."""
    stated = {"reason": STATED_BECAUSE, "stated_by": uow.actor.id, "stated_at": uow.now}
    recorded = {"recorded_by": uow.actor.id, "recorded_at": uow.now, "seq": seq}
    await copy_in(
        uow.session,
        StatedDate,
        (
            {"id": new_id(), "item_id": item.id, "stated_on": stated_on, **stated}
            for item, stated_on in ((arrival.item, arrival.stated_on) for arrival in arrivals)
            if stated_on
        ),
    )
    await copy_in(
        uow.session,
        Correction,
        (
            {
                "id": new_id(),
                "item_id": arrival.item.id,
                # The text that put it right did not come along; what it said stands for it.
                "content_hash": sha256(told.model_dump_json().encode()).hexdigest(),
                **dict(told),
            }
            for arrival in arrivals
            for told in arrival.corrections
        ),
    )
    await copy_in(
        uow.session,
        Validity,
        (
            {"id": new_id(), "item_id": arrival.item.id, **dict(arrival.mark), **recorded}
            for arrival in arrivals
            if arrival.mark
        ),
    )
