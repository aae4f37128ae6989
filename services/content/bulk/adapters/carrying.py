"""Carrying files from beside the lines into the store, looked into before a row names them."""

import asyncio
import os
import stat
import tempfile
from collections import deque
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Self
from uuid import UUID

from services.content.assets import place
from services.content.assets.adapters.workshop import (
    FfmpegMissing,
    Made,
    Workshop,
    renditions,
)
from services.content.bulk import queries
from services.content.bulk.commands import filing
from services.content.bulk.commands.filing import Judged
from services.content.bulk.line import FileLine, read
from services.content.bulk.models import Import, Imported
from services.content.bulk.preparing import KnownFile, KnownFiles
from services.content.editorial.commands.checking import file_facts
from services.content.release.scheduling import told
from shared.auth import Actor
from shared.contracts.assets import RefusalReason
from shared.files.adapters.antivirus import ScannerAway
from shared.files.adapters.storage import BLOCK, Arrived
from shared.files.kind import HEAD, FileTooLarge, admit, most_bytes
from shared.files.limits import MIB
from shared.files.scanning import ADVICE
from shared.problem import Fault, Invalid, Problem, Unavailable, Unprocessable
from shared.uow import BeginAs


class OutsideFolder(Unprocessable):
    """The path leads out of the folder of the lines."""

    advice = "路径（或其中的链接）指向数据文件所在文件夹之外。"


class FileMissing(Unprocessable):
    """There is no file at the path, or none that can be read."""

    advice = "此路径下没有可读取的文件。"


class NoStore(Unavailable):
    """Lines name files, and nobody said where files lie."""

    advice = "数据文件中有附件，但未配置文件存储（ZHENGBU_CONTENT_FILES 等）。"


class ScannerDown(Unavailable):
    """The virus scanner does not answer; nothing comes in unscanned."""

    advice = "病毒扫描服务暂不可用，恢复后请重新运行导入；已导入的不会重复导入。"


class Outcome(NamedTuple):
    """What became of the line of a file: what it is called now, or what is wrong with it."""

    number: int
    legacy: str = ""
    own: UUID | None = None
    was_there: bool = False
    wrong: list[Fault] = []


class Carrier:
    """Takes in the files that lines name, some of them side by side."""

    def __init__(
        self,
        begin: BeginAs,
        by: Actor,
        run: Import,
        folder: Path,
        workshop: Workshop | None,
        *,
        at_once: int,
        rehearsal: bool,
    ) -> None:
        """Carry nothing yet; a rehearsal looks into everything and stores nothing."""
        self._begin, self._by, self._run = begin, by, run
        self._folder, self._workshop, self._rehearsal = folder, workshop, rehearsal
        self._places = asyncio.Semaphore(at_once)
        self._ahead = 4 * at_once
        self._under_way: deque[asyncio.Task[Outcome]] = deque()
        self._told_in: dict[str, int] = {}

    async def carry(self, number: int, said: Mapping[str, Any]) -> AsyncIterator[Outcome]:
        """Begin with a file, and yield what became of others once enough are under way."""
        self._under_way.append(asyncio.create_task(self._outcome(number, said)))
        while len(self._under_way) > self._ahead:
            yield await self._under_way.popleft()

    async def settled(self) -> AsyncIterator[Outcome]:
        """Yield what became of every file that is under way."""
        while self._under_way:
            yield await self._under_way.popleft()

    async def known(self, named: Collection[str]) -> KnownFiles:
        """Return what the checks must know of those of the files that have come in."""
        async with self._begin(self._by, self._request) as uow:
            source = self._run.source
            own = await queries.own_ids(uow.session, source, Imported.FILE, sorted(named))
            facts = await file_facts(uow.session, own.values())
        return {
            legacy: KnownFile(self._told_in.get(legacy, 0), asset_id, facts[asset_id])
            for legacy, asset_id in own.items()
            if asset_id in facts
        }

    async def _outcome(self, number: int, said: Mapping[str, Any]) -> Outcome:
        try:
            line = read(said)
            if not isinstance(line, FileLine):
                raise TypeError(said["type"])
            if self._told_in.setdefault(line.id, number) != number:
                told_twice = f"编号“{line.id}”在文件中重复出现。"
                raise Invalid([Fault("/id", "duplicate", told_twice)])
            async with self._places:
                return await self._take(number, line)
        except Unavailable:
            raise
        except Problem as refused:
            wrong = [each._replace(pointer=each.pointer or "/path") for each in told(refused)]
            return Outcome(number, wrong=wrong)

    async def _take(self, number: int, line: FileLine) -> Outcome:
        if self._workshop is None:
            raise NoStore
        async with self._begin(self._by, self._request) as uow:
            if known := await filing.recognize(uow, self._run, line):
                return Outcome(number, line.id, known, was_there=True)
            site_code = await filing.destination(uow, self._run, line)
        with tempfile.TemporaryDirectory(prefix="import-") as room:
            source = Path(room) / "source"
            arrived = await asyncio.to_thread(_bring, self._folder, line, source)
            judged, made = await _judge(self._workshop, line, arrived, source)
            async with self._begin(self._by, self._request) as uow:
                asset_id = await filing.announce(uow, site_code, line, arrived)
            if not self._rehearsal:
                await self._workshop.files.put(place.original(asset_id), source)
                await self._workshop.store(asset_id, source, made.forms)
            forms = await renditions(asset_id, source, made.forms)
            async with self._begin(self._by, self._request) as uow:
                await filing.take_file(uow, self._run, line, asset_id, judged, forms)
        return Outcome(number, line.id, asset_id)

    @property
    def _request(self) -> str:
        return f"import:{self._run.id}"

    async def __aenter__(self) -> Self:
        """Begin to carry."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of what is still under way; what was stored of it expires as an upload does."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)


async def _judge(
    workshop: Workshop, line: FileLine, arrived: Arrived, source: Path
) -> tuple[Judged, Made]:
    """Look into a file and make beside it the forms in which it can be shown, or refuse it."""
    looked_in, made_in = source.with_name("looked"), source.with_name("made")
    for folder in (looked_in, made_in):
        await asyncio.to_thread(folder.mkdir)
    try:
        scan, scanner = await workshop.look(source, line.called, looked_in)
    except ScannerAway as away:
        raise ScannerDown from away
    if scan.dangers or scan.kind is None:
        raise Invalid(_dangers(scan.dangers or [RefusalReason.UNREADABLE]))
    try:
        made = await workshop.make(source, scan.kind, made_in)
    except FfmpegMissing:
        told_so = "未配置音视频转换程序；配置后重新运行导入。"
        raise Invalid([Fault("/path", "converter_missing", told_so)]) from None
    if made.refused is not None:
        raise Invalid(_dangers([made.refused]))
    return Judged(arrived, scan, scanner, made.facts), made


def _dangers(reasons: list[RefusalReason]) -> list[Fault]:
    return [Fault("/path", reason, ADVICE[reason]) for reason in reasons]


def _bring(folder: Path, line: FileLine, to: Path) -> Arrived:
    """Copy a file to where nobody changes it any more; of one that is too large only a part."""
    digest, size, head = sha256(), 0, b""
    with _opened(folder, line.path) as found, to.open("wb") as copy:
        for block in _blocks(found):
            head = head or block[:HEAD]
            most = most_bytes(admit(line.called, head))
            size += len(block)
            if size > most:
                raise FileTooLarge(f"文件过大，最多 {most // MIB} MB。", most=most)
            digest.update(block)
            copy.write(block)
    admit(line.called, head)
    if line.sha256 not in {None, digest.hexdigest()}:
        raise Invalid([Fault("/sha256", "other_bytes", "文件内容与此校验值不符。")])
    return Arrived(size, digest.hexdigest(), head)


def _opened(folder: Path, path: str) -> BinaryIO:
    """Open a file below a folder, wherever the links on its way lead."""
    try:
        root = folder.resolve(strict=True)
        there = (root / path).resolve(strict=True)
        if not there.is_relative_to(root):
            raise OutsideFolder
        # A pipe would keep us waiting for whoever writes into it.
        number = os.open(there, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, RuntimeError) as fault:
        raise FileMissing from fault
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise FileMissing
    return os.fdopen(number, "rb")


def _blocks(found: BinaryIO) -> Iterator[bytes]:
    """Yield what can be read of a file; a disk may fail in the middle of it."""
    try:
        while block := found.read(BLOCK):
            yield block
    except OSError as fault:
        raise FileMissing from fault
