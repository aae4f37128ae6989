"""Writing a whole site into a folder, in a memory that does not grow with it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.content.bulk.line import ColumnLine, SiteLine, written
from services.content.bulk.telling import (
    column_lines,
    in_order,
    item_line,
    site_line,
    standing_in,
)
from services.content.editorial import queries as editorial
from services.content.registry import queries as registry
from services.content.release.queries import exporting, standing, validity
from shared.contracts.item_text import Waiver
from shared.db import Sessions

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

    from services.content.registry.models import Column
    from services.content.release.models import Live

LINES, SUMS = "site.jsonl", "SHA256SUMS"
MOST = 500


async def export_site(sessions: Sessions, site_code: str, folder: Path) -> int:
    """Write what a site itself has public, with its columns; return how many items it is.

    `sessions` must see one state of the database from beginning to end.
    """
    digest, items = sha256(), 0
    async with sessions() as session:
        site = await registry.site(session, site_code)
        columns = await registry.columns_on(session, site_code)
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        with (folder / LINES).open("wb") as file:  # an operator's own process
            head: list[SiteLine | ColumnLine] = [site_line(site), *column_lines(site, columns)]
            _write(file, digest, map(written, head))
            async for rows in _rows(session, site_code):
                _write(file, digest, await _told(session, rows, columns))
                items += len(rows)
                session.expunge_all()
    await asyncio.to_thread((folder / SUMS).write_text, f"{digest.hexdigest()}  {LINES}\n")
    return items


def _write(file: BinaryIO, digest: "Hash", lines: Iterable[bytes]) -> None:
    for line in lines:
        digest.update(line)
        file.write(line)


async def _rows(session: AsyncSession, site_code: str) -> AsyncIterator[Sequence["Live"]]:
    """Yield a site's items some at a time, what they refer to before them."""
    after = None
    while rows := await exporting.referring_to_nothing(session, site_code, after, MOST):
        yield rows
        after = rows[-1].first_public_at, rows[-1].item_id
    references = await exporting.references(session, site_code)
    ordered = in_order(references)
    while ids := list(islice(ordered, MOST)):
        found = await standing.live(session, ids)
        yield [found[item_id] for item_id in ids]


async def _told(
    session: AsyncSession, rows: Sequence["Live"], columns: Mapping[UUID, "Column"]
) -> list[bytes]:
    ids = [row.item_id for row in rows]
    waived = await editorial.waivers(session, {row.item_id: row.content_hash for row in rows})
    corrections = defaultdict(list)
    for told in await standing.corrections(session, ids):
        corrections[told.item_id].append(told)
    marks = await validity.current(session, ids)
    successors = [mark.successor for mark in marks.values() if mark.successor]
    public = await standing.live(session, successors)
    return [
        written(
            item_line(
                row,
                standing_in(row.column_id, columns),
                waivers=[Waiver(**one) for one in waived.get(row.item_id, [])],
                corrections=corrections[row.item_id],
                mark=marks.get(row.item_id),
                successor_is_public=row.successor_id in public,
            )
        )
        for row in rows
    ]
