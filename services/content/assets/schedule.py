"""What is done with files when time has passed: scan, convert, clean up."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Any
from uuid import UUID

from services.content.assets import place, streaming
from services.content.assets.adapters import antivirus, conversion, opening
from services.content.assets.adapters.storage import Files
from services.content.assets.commands import arriving, judging, leaving
from services.content.assets.kind import rules
from services.content.assets.models import Asset, Conversion, Removal, Rendition, Upload
from services.content.assets.scanning import SCANNER
from shared.auth import system
from shared.contracts.assets import AssetKind, AssetState, Family, RefusalReason, Use
from shared.db import Sessions
from shared.schedule import LEASE, Due, Task, claim
from shared.uow import BeginAs

CLOCK = system("assets")
HEARTBEAT = LEASE / 3
NO_FFMPEG = "服务器尚未配置音视频转换程序，配置后将自动转换。"
NO_SCANNER = "病毒扫描服务暂不可用，恢复后将自动扫描。"


class OtherObject(Exception):
    """What lies in the store is not what was uploaded."""


@dataclass(frozen=True)
class Workshop:
    """What the work on files needs: the store, a virus scanner if there is one, and ffmpeg."""

    files: Files
    clamd: str | None = None
    ffmpeg: str | None = None


def tasks(sessions: Sessions, begin: BeginAs, workshop: Workshop) -> Sequence[Task]:
    """Return the clocks of files; each takes one at a time, since each is heavy."""

    async def look_after(now: datetime) -> int:
        due = await claim(sessions, Asset, now, most=1)
        for asset in due:
            if asset.state in judging.UNSETTLED:
                async with _held(begin, asset):
                    await _prepare(begin, workshop, asset)
            else:
                async with begin(CLOCK, f"asset:{asset.id}") as uow:
                    await leaving.remove_unused(uow, asset.id)
        return len(due)

    async def convert(now: datetime) -> int:
        due = await claim(sessions, Conversion, now, most=1)
        for waiting in due:
            async with sessions() as session:
                asset = await session.get_one(Asset, waiting.id)
            async with _held(begin, waiting):
                await _convert(begin, workshop, asset)
        return len(due)

    async def expire(now: datetime) -> int:
        due = await claim(sessions, Upload, now)
        for upload in due:
            async with begin(CLOCK, f"upload:{upload.id}") as uow:
                await arriving.expire_upload(uow, upload.id)
        return len(due)

    async def remove(now: datetime) -> int:
        due = await claim(sessions, Removal, now, most=1)
        for removal in due:
            await workshop.files.remove(removal.prefix)
            async with begin(CLOCK, f"removal:{removal.id}") as uow:
                await leaving.end_removal(uow, removal.id)
        return len(due)

    return [
        Task("scan-assets", look_after),
        Task("convert-media", convert),
        Task("expire-uploads", expire, every=timedelta(minutes=1)),
        Task("remove-objects", remove, every=timedelta(seconds=10)),
    ]


async def _prepare(begin: BeginAs, workshop: Workshop, asset: Asset) -> None:
    """Look into a file and, unless it is dangerous or a recording, make it ready."""
    act = f"asset:{asset.id}"
    async with begin(CLOCK, act) as uow:
        if await judging.begin_scan(uow, asset.id) is None:
            return
    async with _fetched(workshop.files, asset) as (source, folder):
        scan, scanner = await opening.look(source, asset.name, folder), SCANNER
        if not scan.dangers and workshop.clamd:
            try:
                scanner = f"{SCANNER}, {await antivirus.name(workshop.clamd)}"
                clean = await antivirus.ask(workshop.clamd, source)
            except antivirus.ScannerAway:
                async with begin(CLOCK, act) as uow:
                    await judging.wait(uow, asset.id, NO_SCANNER)
                raise
            scan = scan if clean else scan._replace(dangers=[RefusalReason.VIRUS])
        async with begin(CLOCK, act) as uow:
            state = await judging.record_scan(uow, asset.id, scan, scanner)
        if state is AssetState.SCANNING and scan.kind is not None:
            await _finish(begin, workshop.files, asset, scan.kind, source, folder)


async def _finish(
    begin: BeginAs, files: Files, asset: Asset, kind: AssetKind, source: Path, folder: Path
) -> None:
    """Bring an image or a document into the forms in which it can be shown."""
    facts: dict[str, Any] = {}
    if rules()[kind].family is Family.IMAGE:
        made = await opening.draw(source, kind, folder)
        renditions = [await _stored(files, asset.id, folder, **form) for form in made]
    else:
        text = await opening.read(source, kind, folder)
        facts = {"text": text.text, "text_complete": text.complete}
        renditions = [_itself(asset, kind)]
    async with begin(CLOCK, f"asset:{asset.id}") as uow:
        if renditions:
            await judging.make_ready(uow, asset.id, renditions, facts)
        else:
            await judging.refuse(uow, asset.id, [RefusalReason.UNREADABLE])


async def _convert(begin: BeginAs, workshop: Workshop, asset: Asset) -> None:
    """Make a recording's streams, or note that there is nothing to make them with."""
    act = f"asset:{asset.id}"
    if workshop.ffmpeg is None or asset.kind is None:
        async with begin(CLOCK, act) as uow:
            await judging.wait(uow, asset.id, NO_FFMPEG)
        return
    async with _fetched(workshop.files, asset) as (source, folder):
        done = await conversion.convert(workshop.ffmpeg, source, asset.kind, folder)
        if done.media is None or done.refused is not None:
            async with begin(CLOCK, act) as uow:
                await judging.refuse(uow, asset.id, [done.refused or RefusalReason.UNREADABLE])
            return
        shapes = streaming.shapes((folder / streaming.MASTER).read_text("utf-8"))
        renditions = [
            await _stored(
                workshop.files,
                asset.id,
                folder,
                name=made.name,
                use=streaming.use_of(made.name),
                mime=streaming.mime_of(made.name),
                **dict(zip(("width", "height"), shapes.get(made.name, ()), strict=False)),
            )
            for made in sorted(folder.iterdir())
        ]
        facts = done.media._asdict()
        del facts["sound"]
        async with begin(CLOCK, act) as uow:
            await judging.make_ready(uow, asset.id, renditions, facts)


@asynccontextmanager
async def _fetched(files: Files, asset: Asset) -> AsyncIterator[tuple[Path, Path]]:
    """Bring a file here, beside an empty folder for what is made of it, and clear both away."""
    with tempfile.TemporaryDirectory(prefix="asset-") as room:
        source, folder = Path(room) / "source", Path(room) / "made"
        folder.mkdir()
        if await files.fetch(place.original(asset.id), source) != asset.sha256:
            raise OtherObject(asset.id)
        yield source, folder


async def _stored(
    files: Files, asset_id: UUID, folder: Path, *, name: str, use: Use, mime: str, **shape: int
) -> Rendition:
    made, lies_at = folder / name, place.rendition(asset_id, name)
    with made.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    await files.put(lies_at, made)
    return Rendition(
        name=name,
        use=use,
        mime=mime,
        size=made.stat().st_size,
        sha256=digest,
        place=lies_at,
        **shape,
    )


def _itself(asset: Asset, kind: AssetKind) -> Rendition:
    """Return a document as it was uploaded, under a name that tells nothing of it."""
    extension = kind.value
    return Rendition(
        name=f"file.{extension}",
        use=Use.FILE,
        mime=rules()[kind].mime,
        size=asset.size,
        sha256=asset.sha256,
        place=place.original(asset.id),
    )


@asynccontextmanager
async def _held(begin: BeginAs, work: Due) -> AsyncIterator[None]:
    """Hold the lease of a work that may take longer than one lease lasts."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(HEARTBEAT.total_seconds())
            async with begin(CLOCK, f"asset:{work.id}") as uow:
                await judging.hold(uow, work.id, uow.now + LEASE)

    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
