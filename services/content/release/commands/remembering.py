"""What a release leaves for ever beside the public text: corrections, stated dates, last days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from services.content.release.kinds import Trait, kinds
from services.content.release.models import Correction, Expiry, Live, StatedDate
from services.content.release.validity import day_after
from shared.business_day import business_date, start_of
from shared.contracts.release import ItemBackdated
from shared.ids import new_id
from shared.personal_data import mask

if TYPE_CHECKING:
    from services.content.editorial.models import Item
    from shared.contracts.release import NewRelease
    from shared.uow import UnitOfWork


async def note_corrections(uow: UnitOfWork, again: Sequence[Item]) -> None:
    """Keep what the new texts of items that were public before put right; a text says it once."""
    told = [
        {
            "id": new_id(),
            "item_id": item.id,
            "content_hash": item.current.content_hash,
            "note": item.current.correction_note,
            "at": uow.now,
        }
        for item in again
        if item.current.correction_note is not None
    ]
    if told:
        await uow.session.execute(insert(Correction).on_conflict_do_nothing(), told)


async def note_stated_dates(
    uow: UnitOfWork, new: NewRelease, rows: Mapping[UUID, Live], seq: int
) -> None:
    """Keep who let an item bear an earlier date, and why; the day it became public stays."""
    for asked in new.items:
        row = rows[asked.item_id]
        if asked.stated_on is None or asked.stated_reason is None:
            continue
        row.stated_on = asked.stated_on
        uow.session.add(
            StatedDate(
                item_id=row.item_id,
                stated_on=asked.stated_on,
                reason=asked.stated_reason,
                stated_by=uow.actor.id,
                stated_at=uow.now,
            )
        )
        if asked.stated_on < business_date(row.first_public_at):
            uow.announce(
                ItemBackdated(
                    item_id=row.item_id,
                    site_code=row.site_code,
                    column_id=row.column_id,
                    stated_on=asked.stated_on,
                    first_public_at=row.first_public_at,
                    release_seq=seq,
                    reason=mask(asked.stated_reason),
                )
            )


async def note_expiries(uow: UnitOfWork, rows: Sequence[Live]) -> None:
    """Set the clocks of those that state a last day; theirs of before stop."""
    lapsing = [row for row in rows if row.kind in kinds(Trait.LAPSING)]
    if not lapsing:
        return
    ids = [row.item_id for row in lapsing]
    await uow.session.execute(delete(Expiry).where(Expiry.item_id.in_(ids)))
    for row in lapsing:
        if row.expires_on is not None and (over := day_after(row.expires_on)):
            uow.session.add(Expiry(item_id=row.item_id, due_at=start_of(over)))
