"""What is done with files when time has passed: scan, convert, clean up."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from services.content.assets import place
from services.content.assets.adapters.workshop import Workshop, renditions
from services.content.assets.commands import arriving, judging, leaving
from services.content.assets.models import Asset, Conversion, Removal, Upload
from shared.auth import system
from shared.contracts.assets import AssetKind, AssetState
from shared.db import Sessions
from shared.files.adapters import antivirus
from shared.files.adapters.storage import Files
from shared.schedule import LEASE, Due, Task, claim
from shared.uow import BeginAs

CLOCK = system("assets")
HEARTBEAT = LEASE / 3
NO_FFMPEG = "服务器尚未配置音视频转换程序，配置后将自动转换。"
NO_SCANNER = "病毒扫描服务暂不可用，恢复后将自动扫描。"


class OtherObject(Exception):
    """What lies in the store is not what was uploaded."""


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
        try:
            scan, scanner = await workshop.look(source, asset.name, folder)
        except antivirus.ScannerAway:
            async with begin(CLOCK, act) as uow:
                await judging.wait(uow, asset.id, NO_SCANNER)
            raise
        async with begin(CLOCK, act) as uow:
            state = await judging.record_scan(uow, asset.id, scan, scanner)
        if state is AssetState.SCANNING and scan.kind is not None:
            await _finish(begin, workshop, asset, scan.kind, source, folder)


async def _convert(begin: BeginAs, workshop: Workshop, asset: Asset) -> None:
    """Make a recording's streams, or note that there is nothing to make them with."""
    if workshop.ffmpeg is None or asset.kind is None:
        async with begin(CLOCK, f"asset:{asset.id}") as uow:
            await judging.wait(uow, asset.id, NO_FFMPEG)
        return
    async with _fetched(workshop.files, asset) as (source, folder):
        await _finish(begin, workshop, asset, asset.kind, source, folder)


async def _finish(
    begin: BeginAs,
    workshop: Workshop,
    asset: Asset,
    kind: AssetKind,
    source: Path,
    folder: Path,
) -> None:
    """Bring a file into the forms in which it can be shown."""
    made = await workshop.make(source, kind, folder)
    await workshop.store(asset.id, source, made.forms)
    forms = await renditions(asset.id, source, made.forms)
    async with begin(CLOCK, f"asset:{asset.id}") as uow:
        if made.refused is not None:
            await judging.refuse(uow, asset.id, [made.refused])
        else:
            await judging.make_ready(uow, asset.id, forms, made.facts)


@asynccontextmanager
async def _fetched(files: Files, asset: Asset) -> AsyncIterator[tuple[Path, Path]]:
    """Bring a file here, beside an empty folder for what is made of it, and clear both away."""
    with tempfile.TemporaryDirectory(prefix="asset-") as room:
        source, folder = Path(room) / "source", Path(room) / "made"
        folder.mkdir()
        if await files.fetch(place.original(asset.id), source) != asset.sha256:
            raise OtherObject(asset.id)
        yield source, folder


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
