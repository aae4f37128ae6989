import os
import subprocess
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import obstore
import pytest
from PIL import Image

from services.content.assets.adapters.workshop import Workshop
from services.content.assets.schedule import tasks
from services.content.bulk.adapters import importing
from services.content.bulk.adapters.carrying import NoStore, ScannerDown, _bring
from services.content.bulk.adapters.importing import Tally
from services.content.bulk.commands import filing
from services.content.bulk.line import FileLine
from shared.db import Sessions, utc_now
from shared.files.adapters.storage import Files, StoreAway, open_files
from shared.settings import FilesSettings
from shared.uow import beginner
from tests.factories.content import COUNTY_SITE, EDITOR, Group
from tests.services.content.bulk.conftest import Rows, stored
from tests.services.content.bulk.lines import (
    HEAD,
    errors,
    file,
    ids,
    item,
    lay,
    take_in,
    write,
)
from tests.services.content.conftest import DIGEST
from tests.services.content.staff.office import fill
from tests.support import papers
from tests.support.scanners import Clamd

MIB = 1024 * 1024
TEXT = "本办法自公布之日起施行。"


def attached(number: int, *names: str, **fields: Any) -> dict[str, Any]:
    """An item with these documents."""
    return item(number, attachments=[{"file": one, "title": "附件"} for one in names], **fields)


async def everything(rows: Rows) -> dict[str, str]:
    """What every table holds, as one digest each."""
    names = await rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {name: (await rows(DIGEST.format(name)))[0][0] for (name,) in names}


@pytest.mark.parametrize("store", ["folder", "bucket"], indirect=True)
async def test_files_come_in_with_the_items_that_name_them(
    ready: Group, real_sessions: Sessions, tmp_path: Path, workshop: Workshop, rows: Rows
) -> None:
    film = tmp_path / "film.mp4"
    drawn = ("-f", "lavfi", "-i", "testsrc=size=320x240:rate=5:duration=2")
    assert workshop.ffmpeg
    subprocess.run([workshop.ffmpeg, "-v", "error", *drawn, str(film)], check=True)  # noqa: S603, ASYNC221
    photograph, document = papers.photograph(), papers.docx(TEXT)
    lay(tmp_path, a_jpg=photograph, b_docx=document, c_mp4=film.read_bytes())
    names = {
        "images": [{"file": "a.jpg", "alt": "会场照片"}],
        "attachments": [{"file": "b.docx", "title": "附件一"}],
        "recordings": [{"file": "c.mp4", "title": "会议录像", "transcript": "开会。"}],
        "links": [{"text": "蚌埠市人民政府", "href": "https://www.bengbu.gov.cn/"}],
    }
    files = [file("a.jpg"), file("b.docx", name="办法.docx"), file("c.mp4")]
    path = write(tmp_path / "site.jsonl", *HEAD, *files, item(1, **names), item(2))
    taken = await take_in(real_sessions, path, workshop=workshop, workers=1)
    assert taken == Tally(taken=9), errors(path)

    shown = await ready.public({"id": ids(path)["old-1"]})
    assert [(one["family"], one["title"], one["alt"]) for one in shown["files"]] == [
        ("image", None, "会场照片"),
        ("document", "附件一", None),
        ("video", "会议录像", None),
    ]
    assert (shown["files"][2]["transcript"], shown["links"]) == ("开会。", names["links"])
    served = {}
    for form in [form for one in shown["files"] for form in one["forms"]]:
        read = await ready.client.get(form["url"])
        assert (read.status_code, read.headers["Content-Type"]) == (200, form["mime"])
        assert sha256(read.content).hexdigest() == form["sha256"]
        served[form["url"].rpartition("/")[2]] = read.content
    assert served["file.docx"] == document
    assert papers.SECRET_PLACE not in served["full.jpg"]
    with Image.open(BytesIO(served["page.webp"])) as page:
        assert (page.width, dict(page.getexif())) == (800, {})
    assert served["master.m3u8"].startswith(b"#EXTM3U")

    found = await rows(
        "SELECT name, state, text, sha256, kept_at IS NULL, due_at FROM assets ORDER BY id"
    )
    assert [(name, state) for name, state, *_ in found] == [
        ("a.jpg", "ready"),
        ("办法.docx", "ready"),
        ("c.mp4", "ready"),
    ]
    assert TEXT in found[1][2]
    assert found[0][3] == sha256(photograph).hexdigest()
    assert [tuple(one[4:]) for one in found] == [(False, None)] * 3
    assert await rows("SELECT 1 FROM conversions") == []
    told = await rows(
        "SELECT type FROM outbox WHERE type LIKE 'content.asset.%' ORDER BY position"
    )
    assert [kind for (kind,) in told].count("content.asset.ready") == 3
    done = await ready.send(
        EDITOR, "GET", f"/v1/assets/{ids(path)['a.jpg']}/content", Range="bytes=0-9"
    )
    assert (done.status_code, done.content) == (206, photograph[:10])


async def test_the_text_of_attachments_is_checked_with_their_item(
    ready: Group, real_sessions: Sessions, tmp_path: Path, workshop: Workshop
) -> None:
    lay(tmp_path, a_txt=papers.PERSON.encode(), b_pdf=papers.pdf(""))
    because = {"code": "form.attachment_unreadable", "field": "attachments/0", "reason": "扫描件"}
    lines = [
        file("a.txt"),
        file("b.pdf"),
        attached(1, "a.txt"),
        attached(2, "b.pdf"),
        attached(3, "b.pdf", waivers=[because]),
        item(4, images=[{"file": "b.pdf"}]),
    ]
    path = write(tmp_path / "site.jsonl", *HEAD, *lines)
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(taken=7, refused=3)
    assert errors(path) == [
        (7, "/attachments/0", "personal_data.identity_number"),
        (8, "/attachments/0", "form.attachment_unreadable"),
        (10, "/images/0", "form.image_without_alt"),
    ]
    assert papers.PERSON not in path.with_suffix(".errors").read_text()
    shown = await ready.public({"id": ids(path)["old-3"]})
    assert [one["title"] for one in shown["files"]] == ["附件"]


@pytest.mark.usefixtures("ready")
async def test_each_file_is_refused_for_itself_and_by_name(
    real_sessions: Sessions, tmp_path: Path, workshop: Workshop, store: Files
) -> None:
    (tmp_path / "lines").mkdir()
    lay(
        tmp_path / "lines",
        good_txt=TEXT.encode(),
        named_pdf=papers.docx(),
        odd_txt=b"<html><script>",
        virus_txt=papers.EICAR,
        empty_txt=b"",
        bomb_png=papers.bomb_png(),
        torn_mp4=papers.MP4,
    )
    below = tmp_path / "lines" / "files"
    (tmp_path / "secret.txt").write_text("外面的文件")
    (below / "link.txt").symlink_to(tmp_path / "secret.txt")
    (below / "inside.txt").symlink_to("good.txt")
    (below / "away").symlink_to(tmp_path)
    (below / "round.txt").symlink_to("round.txt")
    (below / "folder.txt").mkdir()
    os.mkfifo(below / "pipe.txt")
    outside = ["../secret.txt", "/etc/passwd", "files/../../secret.txt", "files\\a.txt", "./a"]
    refused = [
        *((file("x", path=path), "/path", "outside_folder") for path in outside),
        (file("link.txt"), "/path", "outside_folder"),
        (file("x", path="files/away/secret.txt"), "/path", "outside_folder"),
        (file("round.txt"), "/path", "file_missing"),
        (file("none.txt"), "/path", "file_missing"),
        (file("x", path="f" * 999), "/path", "file_missing"),
        (file("folder.txt"), "/path", "file_missing"),
        (file("pipe.txt"), "/path", "file_missing"),
        (file("named.pdf"), "/path", "other_extension"),
        (file("odd.txt"), "/path", "unaccepted_kind"),
        (file("empty.txt"), "/path", "unaccepted_kind"),
        (file("virus.txt"), "/path", "virus"),
        (file("bomb.png"), "/path", "too_many_pixels"),
        (file("torn.mp4"), "/path", "unreadable"),
        (file("good.txt", sha256="0" * 64), "/sha256", "other_bytes"),
        (file("good.txt", site="nowhere"), "/site", "unknown_site"),
        (file("good.txt", site=None), "/site", "string_type"),
    ]
    # An id that was refused may not be used again; each line here has one of its own.
    lines = [line | {"id": f"f{number}"} for number, (line, *_) in enumerate(refused)]
    last = [file("good.txt"), file("inside.txt"), file("good.txt")]
    items = [attached(1, "good.txt"), attached(2, "f15", "good.txt"), attached(3, "below")]
    path = write(tmp_path / "lines" / "site.jsonl", *HEAD, *lines, *last, *items, file("below"))
    found = await take_in(real_sessions, path, workshop=workshop)
    end = len(HEAD) + len(lines) + len(last)
    assert errors(path) == [
        *(
            (len(HEAD) + 1 + number, pointer, code)
            for number, (_, pointer, code) in enumerate(refused)
        ),
        (end, "/id", "duplicate"),
        (end + 4, "/path", "file_missing"),
        (end + 2, "/attachments/0/file", "unknown_file"),
        (end + 3, "/attachments/0/file", "unknown_file"),
    ]
    assert found == Tally(taken=4 + 2 + 1, refused=len(errors(path)))
    assert stored(store) == ["original"] * 2


@pytest.mark.usefixtures("ready")
async def test_an_item_names_only_files_above_it(
    real_sessions: Sessions, tmp_path: Path, workshop: Workshop
) -> None:
    lay(tmp_path, a_txt=TEXT.encode())
    path = write(tmp_path / "site.jsonl", *HEAD, attached(1, "a.txt"), file("a.txt"))
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(taken=5, refused=1)
    assert errors(path) == [(5, "/attachments/0/file", "unknown_file")]


async def test_a_dry_run_judges_files_too_and_leaves_nothing(
    ready: Group,
    real_sessions: Sessions,
    tmp_path: Path,
    workshop: Workshop,
    store: Files,
    rows: Rows,
) -> None:
    lay(tmp_path, a_txt=TEXT.encode(), b_txt=papers.EICAR, c_txt=papers.PERSON.encode())
    files = [file("a.txt"), file("b.txt"), file("c.txt")]
    items = [attached(1, "a.txt"), attached(2, "b.txt"), attached(3, "c.txt")]
    path = write(tmp_path / "site.jsonl", *HEAD, *files, *items)
    before = await everything(rows)
    dry = await take_in(real_sessions, path, workshop=workshop, dry_run=True, workers=1)
    found = errors(path)
    assert await everything(rows) == before
    assert stored(store) == []
    assert await take_in(real_sessions, path, workshop=workshop) == dry
    assert dry == Tally(taken=4 + 2 + 1, refused=3)
    assert errors(path) == found
    assert [code for *_, code in found] == [
        "virus",
        "unknown_file",
        "personal_data.identity_number",
    ]
    assert (await ready.public({"id": ids(path)["old-1"]}))["files"]


@pytest.mark.usefixtures("ready")
async def test_what_came_in_is_known_again_and_what_was_removed_comes_anew(
    real_sessions: Sessions, tmp_path: Path, workshop: Workshop, rows: Rows
) -> None:
    lay(tmp_path, a_txt=TEXT.encode(), b_txt=b"other text")
    path = write(tmp_path / "site.jsonl", *HEAD, file("a.txt"), file("b.txt"))
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(taken=6)
    first = ids(path)
    later = utc_now() + timedelta(days=31)
    clocks = tasks(real_sessions, beginner(real_sessions, lambda: later, "/content"), workshop)
    await next(clock for clock in clocks if clock.name == "scan-assets").run(later)
    assert len(await rows("SELECT 1 FROM assets")) == 1
    write(path, *HEAD, file("a.txt"), file("b.txt"), attached(1, "a.txt", "b.txt"))
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(taken=2, skipped=5)
    again = ids(path)
    assert len({first[name] == again[name] for name in ("a.txt", "b.txt")}) == 2
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(skipped=7)
    assert len(await rows("SELECT 1 FROM assets WHERE due_at IS NULL")) == 2


async def test_a_run_that_dies_between_store_and_database_leaves_nothing_for_long(
    ready: Group,
    real_sessions: Sessions,
    tmp_path: Path,
    workshop: Workshop,
    store: Files,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lay(tmp_path, a_jpg=papers.image(), b_txt=TEXT.encode())
    lines = [file("b.txt"), file("a.jpg"), attached(1, "b.txt")]
    path = write(tmp_path / "site.jsonl", *HEAD, *lines)
    took = filing.take_file

    async def die(*arguments: Any) -> None:
        if arguments[2].id == "a.jpg":
            raise ConnectionError
        await took(*arguments)

    with monkeypatch.context() as killed:
        killed.setattr(filing, "take_file", die)
        with pytest.raises(ConnectionError):
            await take_in(real_sessions, path, workshop=workshop)
    assert len(await rows("SELECT 1 FROM assets")) == 1
    left = [one for (one,) in await rows("SELECT id FROM uploads WHERE NOT finished")]
    assert len(left) == 1
    assert stored(store).count("public/page.webp") == 1
    for form in ("original", "page.webp"):
        read = await ready.client.get(f"/v1/public/assets/{left[0]}/{form}")
        assert read.status_code == 404

    taken = await take_in(real_sessions, path, workshop=workshop)
    assert taken == Tally(taken=2, skipped=5), errors(path)
    later = utc_now() + timedelta(days=3)
    begin = beginner(real_sessions, lambda: later, "/content")
    clocks = {task.name: task for task in tasks(real_sessions, begin, workshop)}
    await clocks["expire-uploads"].run(later)
    await clocks["remove-objects"].run(later)
    assert stored(store) == ["original"] * 2 + ["public/full.jpg", "public/page.jpg"] + [
        "public/page.webp"
    ]
    assert not [each for part in obstore.list(store.store, prefix=left[0].hex) for each in part]


@pytest.mark.usefixtures("ready")
async def test_a_store_that_is_away_stops_the_run_and_refuses_no_line(
    real_sessions: Sessions, tmp_path: Path, workshop: Workshop, rows: Rows
) -> None:
    lay(tmp_path, a_txt=TEXT.encode())
    path = write(tmp_path / "site.jsonl", *HEAD, file("a.txt"), attached(1, "a.txt"))
    settings = {"files": "s3://files", "files_endpoint": "http://127.0.0.1:1"}
    away = open_files(FilesSettings(**settings, files_key_id="k", files_secret_key="s" * 40))
    with pytest.raises(StoreAway):
        await take_in(real_sessions, path, workshop=replace(workshop, files=away))
    with pytest.raises(NoStore):
        await take_in(real_sessions, path)
    assert errors(path) == []
    assert await rows("SELECT 1 FROM assets UNION SELECT 2 FROM live") == []
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(taken=2, skipped=4)


@pytest.mark.usefixtures("ready")
async def test_nothing_comes_in_that_the_virus_scanner_did_not_clear(
    real_sessions: Sessions, tmp_path: Path, workshop: Workshop, clamd: Clamd, rows: Rows
) -> None:
    lay(tmp_path, a_txt=TEXT.encode())
    path = write(tmp_path / "site.jsonl", *HEAD, file("a.txt"))
    with pytest.raises(ScannerDown):
        await take_in(real_sessions, path, workshop=replace(workshop, clamd="127.0.0.1:1"))
    scanned = replace(workshop, clamd=clamd.address)
    clamd.answer = b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
    assert await take_in(real_sessions, path, workshop=scanned) == Tally(skipped=4, refused=1)
    assert errors(path) == [(5, "/path", "virus")]
    clamd.answer = b"stream: OK\0"
    assert await take_in(real_sessions, path, workshop=scanned) == Tally(taken=1, skipped=4)
    ((scanner,),) = await rows("SELECT scanned_by FROM assets")
    assert scanner.startswith("zhengbu 1, ClamAV")


@pytest.mark.usefixtures("ready")
async def test_a_recording_needs_its_converter_and_may_come_later(
    real_sessions: Sessions, tmp_path: Path, workshop: Workshop
) -> None:
    lay(tmp_path, a_mp4=papers.MP4, b_txt=TEXT.encode())
    path = write(tmp_path / "site.jsonl", *HEAD, file("a.mp4"), file("b.txt"))
    without = replace(workshop, ffmpeg=None)
    assert await take_in(real_sessions, path, workshop=without) == Tally(taken=5, refused=1)
    assert errors(path) == [(5, "/path", "converter_missing")]


async def test_files_belong_to_a_site_that_the_voucher_answers_for(
    ready: Group, real_sessions: Sessions, tmp_path: Path, workshop: Workshop
) -> None:
    lay(tmp_path, a_txt=TEXT.encode())
    county = {**HEAD[0], "id": "county", "code": COUNTY_SITE}
    lines = [county, file("c.txt", path="files/a.txt", site="county"), attached(1, "c.txt")]
    path = write(tmp_path / "site.jsonl", *HEAD, *lines)
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(taken=5, refused=2)
    assert errors(path) == [
        (6, "/site", "outside_authority"),
        (7, "/attachments/0/file", "unknown_file"),
    ]
    await fill(ready, "zhang", "leader", "340321-zfb")
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(1, 5, 1)
    assert errors(path) == [(7, "/attachments/0/file", "other_site")]


@pytest.mark.usefixtures("ready")
async def test_groups_end_early_when_their_items_name_many_files(
    real_sessions: Sessions,
    tmp_path: Path,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "FILES", 2)
    names = [f"f{number}.txt" for number in range(6)]
    lay(tmp_path, **{name.replace(".", "_"): name.encode() for name in names})
    lines = [
        line for number, name in enumerate(names) for line in (file(name), attached(number, name))
    ]
    path = write(tmp_path / "site.jsonl", *HEAD, *lines)
    assert await take_in(real_sessions, path, workshop=workshop, workers=2) == Tally(taken=16)


def test_what_a_file_weighs_does_not_weigh_on_who_brings_it(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", bytes(60 * MIB))
    line = FileLine(type="file", id="a", site="s", path="a.zip")
    tracemalloc.start()
    try:
        arrived = _bring(tmp_path, line, tmp_path / "copy")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert arrived.size > 60 * MIB
    assert most < 4 * MIB
    assert (tmp_path / "copy").read_bytes() == (tmp_path / "a.zip").read_bytes()
