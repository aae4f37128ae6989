"""The object store: a folder, or a bucket of S3 or whatever speaks like it."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from shared.files.kind import HEAD, FileTooLarge
from shared.files.span import Span
from shared.problem import Unavailable
from shared.settings import FilesSettings

if TYPE_CHECKING:
    from obstore import GetOptions
    from obstore.store import ClientConfig, S3Config

BLOCK = 256 * 1024
PART = 8 * 1024 * 1024
AT_ONCE = 2
BUCKET = "s3://"


class StoreAway(Unavailable):
    """The object store cannot be reached."""

    advice = "文件存储暂不可用，请稍后再试。"


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except BaseError as fault:
        raise StoreAway from fault


@dataclass(frozen=True)
class Arrived:
    """What came in: how much, what it is by its digest, and how it begins."""

    size: int
    sha256: str
    head: bytes


@dataclass(frozen=True)
class Files:
    """The objects of one store, read and written as streams."""

    store: ObjectStore

    async def take_in(
        self,
        place: str,
        blocks: AsyncIterable[bytes],
        most: int,
        admit: Callable[[bytes], int] | None = None,
    ) -> Arrived:
        """Store what comes, up to `most` bytes; if it is refused on the way, nothing stays.

        `admit` is given the first bytes and may refuse them, or return how much may come.
        """
        digest, size, head, bound = sha256(), 0, b"", most

        async def measured() -> AsyncIterator[bytes]:
            nonlocal size, head, bound
            async for block in blocks:
                size += len(block)
                digest.update(block)
                before = len(head)
                head += block[: HEAD - before]
                if admit is not None and before < HEAD == len(head):
                    bound = min(most, admit(head))
                if size > bound:
                    raise FileTooLarge(f"文件过大，最多 {bound // 1024 // 1024} MB。", most=bound)
                yield block
            if admit is not None and len(head) < HEAD and size > min(most, admit(head)):
                raise FileTooLarge

        with _reaching():
            await obstore.put_async(
                self.store, place, measured(), chunk_size=PART, max_concurrency=AT_ONCE
            )
        return Arrived(size, digest.hexdigest(), head)

    async def put(self, place: str, file: Path) -> None:
        """Store a local file."""
        with _reaching():
            await obstore.put_async(
                self.store, place, file, chunk_size=PART, max_concurrency=AT_ONCE
            )

    async def read(self, place: str, part: Span | None = None) -> AsyncIterator[bytes]:
        """Yield an object, or a part of it, block by block."""
        options: GetOptions | None = {"range": (part.start, part.end)} if part else None
        with _reaching():
            found = await obstore.get_async(self.store, place, options=options)
            async for block in found.stream(min_chunk_size=BLOCK):
                yield block

    async def joined(self, places: Sequence[str]) -> AsyncIterator[bytes]:
        """Yield several objects as if they were one."""
        for place in places:
            async for block in self.read(place):
                yield block

    async def fetch(self, place: str, file: Path) -> str:
        """Bring an object to this machine, and return its digest."""
        digest = sha256()
        with file.open("wb") as written:
            async for block in self.read(place):
                digest.update(block)
                written.write(block)
        return digest.hexdigest()

    async def remove(self, prefix: str) -> None:
        """Delete everything under a prefix."""
        async for found in obstore.list(self.store, prefix=prefix):
            await obstore.delete_async(self.store, [each["path"] for each in found])


def open_files(settings: FilesSettings) -> Files:
    """Open the folder or the bucket that the settings name."""
    if not settings.files.startswith(BUCKET):
        return Files(LocalStore(Path(settings.files).absolute(), mkdir=True))
    name, _, prefix = settings.files.removeprefix(BUCKET).partition("/")
    endpoint, secret = settings.files_endpoint, settings.files_secret_key
    config: S3Config = {"region": settings.files_region}
    if endpoint:
        config["endpoint"] = endpoint
    if settings.files_key_id and secret:
        config["access_key_id"] = settings.files_key_id
        config["secret_access_key"] = secret.get_secret_value()
    plain: ClientConfig = {"allow_http": (endpoint or "").startswith("http://")}
    return Files(
        S3Store(
            name,
            prefix=prefix or None,
            config=config,
            client_options=plain,
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=10)},
        )
    )
