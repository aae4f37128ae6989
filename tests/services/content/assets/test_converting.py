import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.content.assets.adapters.conversion import program
from services.content.assets.limits import limits
from tests.factories.content import EDITOR
from tests.services.content.assets.conftest import Office, Work
from tests.support.people import bearer

FFMPEG = program(None) or ""
PICTURE = ("-f", "lavfi", "-i", "testsrc=size={}:rate=5:duration={}")
SOUND = ("-f", "lavfi", "-i", "sine=duration={}")
PLACE = "32.9170N 117.3890E"


def recording(folder: Path, name: str, *sources: str) -> bytes:
    """A recording made by ffmpeg, which tells where it was made."""
    file = folder / name
    asked = [FFMPEG, "-v", "error", *sources, "-metadata", f"comment={PLACE}", "-shortest"]
    subprocess.run([*asked, str(file)], check=True)  # noqa: S603  # our own arguments
    return file.read_bytes()


def film(folder: Path, name: str = "a.mp4", size: str = "640x480", seconds: int = 8) -> bytes:
    picture = [part.format(size, seconds) for part in PICTURE]
    return recording(folder, name, *picture, *[part.format(seconds) for part in SOUND])


async def served(office: Office, asset: Any, name: str, **headers: str) -> httpx.Response:
    path = f"/v1/assets/{asset['id']}/renditions/{name}"
    return await office.group.client.get(path, headers=headers | bearer(EDITOR))


async def test_a_film_becomes_streams_with_a_poster(
    office: Office, work: Work, tmp_path: Path
) -> None:
    data = film(tmp_path)
    assert PLACE.encode() in data
    asset = await office.uploaded("a.mp4", data)
    await work()
    shown = await office.shown(asset)
    assert (shown["state"], shown["width"], shown["height"]) == ("ready", 640, 480)
    assert shown["seconds"] == pytest.approx(8, abs=0.2)
    forms = {form["name"]: form for form in shown["renditions"]}
    assert set(forms) == {"master.m3u8", "480p.m3u8", "480p.ts", "poster.jpg"}
    assert [forms[name]["use"] for name in ("master.m3u8", "480p.ts", "poster.jpg")] == [
        "stream",
        "part",
        "poster",
    ]
    assert (forms["480p.m3u8"]["width"], forms["480p.m3u8"]["height"]) == (640, 480)
    master = (await served(office, asset, "master.m3u8")).text
    assert 'CODECS="avc1.' in master
    assert "mp4a.40.2" in master
    quality = (await served(office, asset, "480p.m3u8")).text
    assert quality.count("#EXTINF:") == 2
    length, start = quality.split("#EXT-X-BYTERANGE:")[2].split("\n")[0].split("@")
    last = int(start) + int(length) - 1
    segment = await served(office, asset, "480p.ts", Range=f"bytes={start}-{last}")
    assert (segment.status_code, segment.content[0]) == (206, 0x47)
    assert (await served(office, asset, "poster.jpg")).content.startswith(b"\xff\xd8\xff")
    for path in office.folder.glob("*/public/*"):
        assert PLACE.encode() not in path.read_bytes()


async def test_an_upright_film_is_bounded_by_its_width_and_needs_no_sound(
    office: Office, work: Work, tmp_path: Path
) -> None:
    picture = [part.format("722x1284", 1) for part in PICTURE]
    asset = await office.uploaded("a.mov", recording(tmp_path, "a.mov", *picture))
    await work()
    shapes = {
        form["name"]: (form["width"], form["height"])
        for form in (await office.shown(asset))["renditions"]
        if form["width"]
    }
    assert shapes == {"720p.m3u8": (720, 1280), "480p.m3u8": (480, 854)}


@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.m4a"])
async def test_sound_becomes_a_stream_without_a_poster(
    office: Office, work: Work, tmp_path: Path, name: str
) -> None:
    data = recording(tmp_path, name, *[part.format(1) for part in SOUND])
    asset = await office.uploaded(name, data)
    await work()
    shown = await office.shown(asset)
    assert (shown["state"], shown["family"], shown["width"]) == ("ready", "audio", None)
    names = {form["name"] for form in shown["renditions"]}
    assert names == {"master.m3u8", "sound.m3u8", "sound.ts"}


async def test_a_recording_that_is_too_long_is_refused(
    office: Office, work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = limits()
    short = figures.media.model_copy(update={"most_seconds": 7})
    shorter = figures.model_copy(update={"media": short})
    monkeypatch.setattr("services.content.assets.adapters.conversion.limits", lambda: shorter)
    asset = await office.uploaded("a.mp4", film(tmp_path))
    await work()
    assert [each["reason"] for each in (await office.shown(asset))["refusals"]] == ["too_long"]


async def test_a_list_of_other_files_in_a_films_clothes_opens_nothing(
    office: Office, work: Work, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.ts"
    secret.write_bytes(film(tmp_path, "b.ts", seconds=1))
    listed = f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{secret}\n#EXT-X-ENDLIST\n"
    head = b"\0\0\0\x10ftypisom\0\0\2\0"
    asset = await office.uploaded("a.mp4", head + listed.encode())
    await work()
    assert (await office.shown(asset))["state"] == "refused"
