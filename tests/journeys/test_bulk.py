"""A site's past, with its files: brought in at the command line, read, and taken out again."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from deploy.local.demonstration.tour import CITY
from deploy.local.stack import Stack
from tests.journeys.office import BODY, Office, word
from tests.support import papers

pytestmark = [
    pytest.mark.xdist_group("stack"),
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(600),  # four programs, and one for every look into a file
]


def zhengbu(stack: Stack, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator would, beside the running stack."""
    command = [sys.executable, "-m", "deploy.command_line", *map(str, arguments)]
    return subprocess.run(
        command, env=stack.environment, capture_output=True, text=True, check=False
    )


def told(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


async def _lines(office: Office, folder: Path, title: str) -> Path:
    shown = await office.citizen.rest("GET", f"/v1/public/sites/{CITY}/columns")
    news = next(one for one in shown.json()["items"] if one["id"] == office.columns["news"])
    site = {"code": CITY, "name": "市政府网站", "domain": "www.bengbu.gov.cn", "level": "city"}
    site |= {"region": "340300", "supervising": "340300"}
    site |= {"sponsoring": "340300-zfb", "operating": "340300-zfb"}
    text = {"column": "c1", "kind": "news", "body": BODY, "source": "蚌埠市人民政府办公室"}
    files = {
        "images": [{"file": "f1", "alt": "会场照片"}],
        "attachments": [{"file": "f2", "title": "附件一"}],
    }
    lines = [
        {"type": "site", "id": "s1", **site},
        {"type": "column", "id": "c1", "site": "s1", "name": news["name"], "kind": news["kind"]},
        {"type": "file", "id": "f1", "site": "s1", "path": "2015/现场.jpg"},
        {"type": "file", "id": "f2", "site": "s1", "path": "2015/附件.docx"},
        {"type": "file", "id": "f3", "site": "s1", "path": "2015/病毒.txt"},
        {
            "type": "item",
            "id": "n1",
            "title": title,
            "published_on": "2015-03-02",
            **text,
            **files,
        },
        {"type": "item", "id": "n2", "title": title, **text, "images": [{"file": "f3"}]},
    ]
    (folder / "2015").mkdir()
    (folder / "2015/现场.jpg").write_bytes(papers.photograph())
    (folder / "2015/附件.docx").write_bytes(papers.docx("附件正文"))
    (folder / "2015/病毒.txt").write_bytes(papers.EICAR)
    path = folder / "old.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines))
    return path


async def test_a_sites_past_comes_in_with_its_files_and_goes_out_again(
    stack: Stack, office: Office, tmp_path: Path
) -> None:
    title = f"{word()}有关情况"
    path = await _lines(office, tmp_path, title)
    asked = ("import", path, "--vouched-by", "leader", "--source", word(), "--workers", "0")
    tried = zhengbu(stack, *asked, "--dry-run")
    assert (tried.returncode, "已导入 5，此前已有 0，拒绝 2" in tried.stdout) == (1, True), tried
    done = zhengbu(stack, *asked)
    assert (done.returncode, "已导入 5，此前已有 0，拒绝 2" in done.stdout) == (1, True), done
    refused = {(one["line"], one["code"]) for one in told(tmp_path / "old.jsonl.errors.jsonl")}
    assert refused >= {(5, "virus"), (7, "unknown_file")}
    assert "此前已有 5" in zhengbu(stack, *asked).stdout

    ids = {one["id"]: one["is_now"] for one in told(tmp_path / "old.jsonl.ids.jsonl")}
    item = {"id": ids["n1"]}
    shown = await office.public(item)
    assert (shown["title"], shown["stated_on"]) == (title, "2015-03-02")
    forms = [form for file in shown["files"] for form in file["forms"]]
    for form in forms:
        read = await office.citizen.rest("GET", form["url"])
        assert sha256(read.content).hexdigest() == form["sha256"]
        assert papers.SECRET_PLACE not in read.content

    out = zhengbu(stack, "export", CITY, "--to", tmp_path / "out")
    assert out.returncode == 0, out
    sums = dict(
        reversed(one.split("  ")) for one in (tmp_path / "out/SHA256SUMS").read_text().splitlines()
    )
    for name, digest in sums.items():
        assert sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest
    assert sha256(papers.photograph()).hexdigest() in sums.values()

    await office.leader.rest("POST", f"/v1/items/{item['id']}/withdrawal", {"reason": "有误"})
    await office.citizen.rest("GET", forms[0]["url"], status=404)
