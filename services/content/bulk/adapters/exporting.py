"""Writing a whole site into a folder, in a memory that does not grow with it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.content.assets import place
from services.content.assets import queries as assets
from services.content.bulk.adapters.carrying import NoStore
from services.content.bulk.adapters.files import lines
from services.content.bulk.line import ColumnLine, FileLine, SiteLine, parse, read, written
from services.content.bulk.models import Imported
from services.content.bulk.telling import (
    FILES,
    column_lines,
    file_line,
    in_order,
    item_line,
    site_line,
    standing_in,
)
from services.content.editorial.queries import items as editorial
from services.content.registry import queries as registry
from services.content.release.queries import exporting, standing, validity
from shared.db import Sessions
from shared.files.adapters.storage import Files
from shared.problem import Conflict

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

    from services.content.editorial.models import Revision
    from services.content.registry.models import Column
    from services.content.release.models import Live

LINES, SUMS = "site.jsonl", "SHA256SUMS"
MOST = 500


class FileLost(Conflict):
    """What the store holds of a file is not what the database says of it."""

    advice = "文件存储中缺少文件，或内容与登记的校验值不符，导出未完成。"


class Exported(NamedTuple):
    """How many items were written, and how many files beside them."""

    items: int
    files: int


async def export_site(
    sessions: Sessions, site_code: str, folder: Path, files: Files | None = None
) -> Exported:
    """Write what a site itself has public, with its columns and the originals of its files.

    `sessions` must see one state of the database from beginning to end. The digests come last:
    a folder without them is not a whole export.
    """
    digest, items = sha256(), 0
    async with sessions() as session:
        site = await registry.site(session, site_code)
        columns = await registry.columns_on(session, site_code)
        await asyncio.to_thread((folder / FILES).mkdir, parents=True, exist_ok=True)
        await asyncio.to_thread((folder / SUMS).unlink, missing_ok=True)
        told: set[UUID] = set()
        with (folder / LINES).open("wb") as file:  # an operator's own process
            head: list[SiteLine | ColumnLine] = [site_line(site), *column_lines(site, columns)]
            _write(file, digest, map(written, head))
            async for rows in _rows(session, site_code):
                _write(file, digest, await _told(session, rows, columns, told))
                items += len(rows)
                session.expunge_all()
    if told and files is None:
        raise NoStore
    # What a text names is never removed, so the database need not be held while files come.
    with (folder / f"{SUMS}.part").open("w") as sums:
        sums.write(f"{digest.hexdigest()}  {LINES}\n")
        if files is not None:
            async for line in _fetched(folder, files):
                sums.write(f"{line.sha256}  {line.path}\n")
    await asyncio.to_thread((folder / f"{SUMS}.part").rename, folder / SUMS)
    return Exported(items, len(told))


def _write(file: BinaryIO, digest: "Hash", lines: Iterable[bytes]) -> None:
    for line in lines:
        digest.update(line)
        file.write(line)


async def _fetched(folder: Path, files: Files) -> AsyncIterator[FileLine]:
    """Yield each file that the lines name once its bytes stand beside them."""
    for _, raw in lines(folder / LINES):
        said = parse(raw)
        if said["type"] != Imported.FILE:
            continue
        line = read(said)
        if not isinstance(line, FileLine):
            raise TypeError(line.type)
        try:
            digest = await files.fetch(place.original(UUID(line.id)), folder / line.path)
        except FileNotFoundError:
            digest = None
        if digest != line.sha256:
            raise FileLost(file=line.id)
        yield line


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
    session: AsyncSession,
    rows: Sequence["Live"],
    columns: Mapping[UUID, "Column"],
    told: set[UUID],
) -> list[bytes]:
    """Return items as lines, and before them those of their files that were not `told` yet."""
    ids = [row.item_id for row in rows]
    texts = await editorial.texts(session, {row.item_id: row.content_hash for row in rows})
    corrections = defaultdict(list)
    for one in await standing.corrections(session, ids):
        corrections[one.item_id].append(one)
    marks = await validity.current(session, ids)
    successors = [mark.successor for mark in marks.values() if mark.successor]
    public = await standing.live(session, successors)
    return [
        *await _files(session, [texts[item_id] for item_id in ids], told),
        *(
            written(
                item_line(
                    row,
                    standing_in(row.column_id, columns),
                    text=texts[row.item_id],
                    corrections=corrections[row.item_id],
                    mark=marks.get(row.item_id),
                    successor=public.get(row.successor_id) if row.successor_id else None,
                )
            )
            for row in rows
        ),
    ]


async def _files(
    session: AsyncSession, texts: Sequence["Revision"], told: set[UUID]
) -> list[bytes]:
    named = dict.fromkeys(file for text in texts for file in text.asset_ids if file not in told)
    found = await assets.shown(session, named)
    told.update(named)
    return [written(file_line(found[asset_id])) for asset_id in named]
