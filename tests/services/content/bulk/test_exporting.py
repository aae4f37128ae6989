from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.content.assets.adapters.workshop import Workshop
from services.content.bulk.adapters.carrying import NoStore
from services.content.bulk.adapters.exporting import LINES, SUMS, FileLost, export_site
from services.content.bulk.adapters.importing import Tally
from shared.db import Sessions
from shared.files.adapters.storage import Files, open_files
from shared.settings import FilesSettings
from tests.factories import content
from tests.factories.content import ADMIN, COUNTY_SITE, SITE, Group
from tests.services.content.bulk.lines import (
    COLUMN_LINES,
    HEAD,
    SITE_LINE,
    errors,
    file,
    ids,
    item,
    lay,
    leader,
    take_in,
    told,
    write,
)
from tests.support import databases, papers


async def test_a_site_goes_out_and_comes_in_again_as_it_was(
    real_group: Group, real_sessions: Sessions, tmp_path: Path
) -> None:
    await leader(real_group)
    validity = {"state": "repealed", "since": "2020-01-01", "successor": "new", "reason": "废止"}
    policy = {"column": "policies", "kind": "policy", "written_on": "2015-01-05"}
    first = write(
        tmp_path / "first.jsonl",
        *HEAD,
        item(0, **policy, id="new", doc_no="蚌政办秘〔2017〕97号", keywords=["公开", "政务"]),
        item(
            1,
            **policy,
            corrections=[{"at": "2016-05-01T08:00:00Z", "note": "更正第二条日期。"}],
            validity=validity,
        ),
        item(2, column="interpretations", kind="interpretation", interprets="old-1"),
        item(3, summary="摘要", subject="综合政务", byline="王编辑", language="zh-CN"),
    )
    assert await take_in(real_sessions, first) == Tally(taken=8), errors(first)
    assert await export_site(real_sessions, SITE, tmp_path / "out") == (4, 0)
    raw = (tmp_path / "out" / LINES).read_bytes()
    sums = (tmp_path / "out" / SUMS).read_text()
    assert sums == f"{sha256(raw).hexdigest()}  {LINES}\n"
    out = told(tmp_path / "out" / LINES)
    assert [line["type"] for line in out] == ["site", *["column"] * 3, *["item"] * 4]

    again = write(tmp_path / "again.jsonl", *out)
    assert await take_in(real_sessions, again, source="exported") == Tally(taken=8), errors(again)
    old, new = ids(first), ids(again)
    for called in ("new", "old-1", "old-2", "old-3"):
        before = await real_group.public({"id": old[called]})
        after = await real_group.public({"id": new[old[called]]})
        assert _same(before, old["new"]) == _same(after, new[old["new"]])


def _same(shown: dict[str, Any], successor: str) -> dict[str, Any]:
    """What a public item says, apart from what it is called and when it came."""
    if shown["validity"]:
        assert shown["validity"].pop("successor")["id"] == successor
    told_of = [[one["title"] for one in shown[name]] for name in ("interpretations", "replaces")]
    if shown["interprets"]:
        shown["interprets"] = shown["interprets"]["title"]
    for name in ("id", "url", "index_no", "content_hash", "release_seq", "first_public_at"):
        del shown[name]
    return {**shown, "updated_at": None, "interpretations": told_of, "replaces": None}


async def _moved(
    group: Group, sessions: Sessions, path: Path, workshop: Workshop, site: Any
) -> None:
    """Bring a site in that is new: its columns come, it is opened, its items follow."""
    await leader(group)
    asked = {"workshop": workshop, "source": "moved"}
    assert (await take_in(sessions, path, **asked)).refused, errors(path)
    shown = await group.send(ADMIN, "GET", f"/v1/sites/{site['code']}")
    await group.open(shown.json())
    assert not (await take_in(sessions, path, **asked)).refused, errors(path)


def _in_order(lines: list[Any]) -> list[Any]:
    """Lines with a number for every id, and without index numbers, which are given anew."""
    numbers = {line["id"]: f"{line['type']} {number}" for number, line in enumerate(lines)}

    def plain(said: Any) -> Any:
        if isinstance(said, dict):
            return {name: plain(value) for name, value in said.items() if name != "index_no"}
        if isinstance(said, list):
            return [plain(one) for one in said]
        return numbers.get(said, said)

    for line in lines:
        if line["type"] == "file":
            line["path"] = line["path"].replace(line["id"], numbers[line["id"]])
    return [plain(line) for line in lines]


async def test_what_was_exported_is_the_same_once_it_was_imported_elsewhere(
    engine: AsyncEngine,
    real_group: Group,
    real_sessions: Sessions,
    tmp_path: Path,
    workshop: Workshop,
    store: Files,
) -> None:
    site = {**SITE_LINE, "code": "3403000022", "domain": "new.bengbu.gov.cn", "contact": "0552-1"}
    columns = [
        *COLUMN_LINES,
        {**COLUMN_LINES[0], "id": "below", "name": "图片新闻", "parent": "news", "position": 3},
        {**COLUMN_LINES[0], "id": "hidden", "name": "旧闻", "hidden": True, "keywords": ["旧"]},
    ]
    photograph = papers.photograph()
    lay(tmp_path, a_jpg=photograph, b_pdf=papers.pdf(""))
    policy = {"column": "policies", "kind": "policy", "written_on": "2015-01-05"}
    waived = {"code": "form.attachment_unreadable", "field": "attachments/0", "reason": "扫描件"}
    scanned = {"attachments": [{"file": "b.pdf", "title": "附图"}], "waivers": [waived]}
    lines = [
        site,
        *columns,
        file("a.jpg"),
        file("b.pdf", name="附图.pdf"),
        item(0, **policy, **scanned, id="new"),
        item(
            1,
            **policy,
            **scanned,
            validity={
                "state": "repealed",
                "since": "2020-01-01",
                "successor": "new",
                "reason": "废止",
            },
        ),
        item(2, column="interpretations", kind="interpretation", interprets="new"),
        item(
            3,
            column="hidden",
            images=[{"file": "a.jpg", "alt": ""}],
            links=[{"text": "蚌埠", "href": "https://www.bengbu.gov.cn/"}],
        ),
        item(4, column="below", corrections=[{"at": "2016-05-01T08:00:00Z", "note": "更正。"}]),
    ]
    await _moved(real_group, real_sessions, write(tmp_path / "old.jsonl", *lines), workshop, site)
    first = await export_site(real_sessions, site["code"], tmp_path / "first", store)
    assert first == (5, 2)

    await databases.empty(engine)
    elsewhere = replace(workshop, files=open_files(FilesSettings(files=str(tmp_path / "other"))))
    again = await content.found(real_group.client)
    await _moved(again, real_sessions, tmp_path / "first" / LINES, elsewhere, site)
    second = await export_site(real_sessions, site["code"], tmp_path / "second", elsewhere.files)
    assert second == first

    before, after = told(tmp_path / "first" / LINES), told(tmp_path / "second" / LINES)
    files = [line for line in before if line["type"] == "file"]
    assert [line["name"] for line in files] == ["附图.pdf", "a.jpg"]
    assert (tmp_path / "first" / files[1]["path"]).read_bytes() == photograph
    assert {line["id"] for line in before[1:]}.isdisjoint(line["id"] for line in after[1:])
    assert _in_order(after) == _in_order(before)


async def test_files_stand_beside_the_lines_under_the_digests_that_are_told(
    ready: Group, real_sessions: Sessions, tmp_path: Path, workshop: Workshop, store: Files
) -> None:
    del ready
    lay(tmp_path, a_txt=b"text of a", b_txt=b"text of b")
    named = [{"file": name, "title": name} for name in ("a.txt", "b.txt")]
    items = [item(1, attachments=named), item(2, attachments=named[:1])]
    path = write(tmp_path / "old.jsonl", *HEAD, file("a.txt"), file("b.txt"), *items)
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(taken=8)
    out = tmp_path / "out"
    with pytest.raises(NoStore):
        await export_site(real_sessions, SITE, out)
    assert await export_site(real_sessions, SITE, out, store) == (2, 2)
    sums = [line.split("  ") for line in (out / SUMS).read_text().splitlines()]
    assert [name.partition("/")[0] for _, name in sums] == [LINES, "files", "files"]
    for digest, name in sums:
        assert sha256((out / name).read_bytes()).hexdigest() == digest
    assert sorted(one.read_bytes() for one in (out / "files").iterdir()) == [
        b"text of a",
        b"text of b",
    ]
    await store.remove(UUID(ids(path)["b.txt"]).hex)
    with pytest.raises(FileLost):
        await export_site(real_sessions, SITE, out, store)
    assert not (out / SUMS).exists()


async def test_what_is_not_public_here_is_not_told(
    ready: Group, real_sessions: Sessions, tmp_path: Path, workshop: Workshop, store: Files
) -> None:
    lay(tmp_path, a_txt=b"text of a")
    named = [{"file": "a.txt", "title": "附件"}]
    policy = {"column": "policies", "kind": "policy"}
    replaced = {"state": "repealed", "since": "2020-01-01", "successor": "new", "reason": "废止"}
    lines = [
        item(1, attachments=named),
        item(2, **policy, id="new"),
        item(3, **policy, validity=replaced),
        item(4),
    ]
    path = write(tmp_path / "old.jsonl", *HEAD, file("a.txt"), *lines)
    assert await take_in(real_sessions, path, workshop=workshop) == Tally(taken=9)
    await ready.draft(kind="news")
    empty = ready.columns["interpretations"]
    await ready.released(kind="status_statement", column_id=empty)
    now = ids(path)
    for name in ("old-1", "new"):
        await ready.withdraw({"id": now[name]})
    owed = await ready.owed({"id": now["old-4"]})
    accepted = {"answer": "accept", "column_id": ready.county_columns["news"]}
    assert (await ready.answer(owed, **accepted)).status_code == 200
    assert (await ready.client.get(f"/v1/public/items?site_code={COUNTY_SITE}")).json()["items"]
    assert await export_site(real_sessions, SITE, tmp_path / "out", store) == (2, 0)
    shown = [line for line in told(tmp_path / "out" / LINES) if line["type"] == "item"]
    assert [line["title"] for line in shown] == [lines[3]["title"], lines[2]["title"]]
    assert "successor" not in shown[1]["validity"]
    assert shown[1]["validity"]["document"] == now["new"]
    assert await export_site(real_sessions, COUNTY_SITE, tmp_path / "county", store) == (0, 0)
