import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from shared.files.adapters.storage import Files, StoreAway, open_files
from shared.files.kind import FileTooLarge
from shared.files.limits import MIB
from shared.files.span import Span
from shared.settings import FilesSettings
from tests.support import buckets


async def blocks(data: bytes, step: int = 300_000) -> AsyncIterator[bytes]:
    for at in range(0, len(data), step):
        yield data[at : at + step]


async def read(files: Files, place: str, part: Span | None = None) -> bytes:
    return b"".join([block async for block in files.read(place, part)])


@pytest.fixture
def bucket() -> Iterator[FilesSettings]:
    with buckets.bucket() as settings:
        yield settings


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "bucket":
        return open_files(request.getfixturevalue("bucket"))
    return open_files(FilesSettings(files=str(tmp_path / "files")))


async def test_either_store_takes_in_gives_back_and_forgets(store: Files, tmp_path: Path) -> None:
    data = bytes(range(256)) * 80_000  # more than two parts of an upload to S3
    arrived = await store.take_in("a/original", blocks(data), 30 * MIB)
    assert (arrived.size, arrived.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert await read(store, "a/original") == data
    assert await read(store, "a/original", Span(10, 300)) == data[10:300]
    fetched = tmp_path / "fetched"
    assert await store.fetch("a/original", fetched) == arrived.sha256
    await store.put("a/public/copy", fetched)
    await store.take_in("ab/original", blocks(b"other"), MIB)
    joined = [block async for block in store.joined(["ab/original", "ab/original"])]
    assert b"".join(joined) == b"otherother"
    await store.remove("a")
    with pytest.raises(FileNotFoundError):
        await read(store, "a/public/copy")
    assert await read(store, "ab/original") == b"other"


async def test_what_grows_too_large_is_not_stored(store: Files) -> None:
    with pytest.raises(FileTooLarge):
        await store.take_in("a/original", blocks(bytes(20 * MIB)), 18 * MIB)
    with pytest.raises(FileNotFoundError):
        await read(store, "a/original")


async def test_a_store_that_is_away_is_told_as_such() -> None:
    away = FilesSettings(
        files="s3://files",
        files_endpoint="http://127.0.0.1:1",
        files_key_id="key",
        files_secret_key="s" * 40,
    )
    with pytest.raises(StoreAway):
        await open_files(away).take_in("a/original", blocks(b"x"), MIB)
    with pytest.raises(StoreAway):
        await read(open_files(away), "a/original")


@pytest.mark.parametrize(("size", "taken"), [(9, True), (10, True), (11, False)])
async def test_a_short_file_is_held_to_what_its_beginning_allows(
    files: Files, size: int, *, taken: bool
) -> None:
    try:
        await files.take_in("a/original", blocks(bytes(size)), MIB, lambda _: 10)
    except FileTooLarge:
        assert not taken
    else:
        assert taken
