import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from deploy.command_line import app as command_line
from services.content.release.models import Live
from shared.db import Sessions
from tests.factories.content import SITE, Group
from tests.shared.test_statements import check_independently, raw

FILE = b"%PDF-1.7 the attachment"
ASSET = "01890000-0000-7000-8000-000000000001"


class Partner:
    """Holds copies of what is public, and checks them with the command alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, name: str, told: Any) -> Path:
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(told if isinstance(told, bytes) else json.dumps(told).encode())
        return file

    def verify(self, *options: str | Path) -> tuple[int, str]:
        named = [str(self.folder / "manifest.json"), "--keys", str(self.folder / "keys.json")]
        done = CliRunner().invoke(command_line, ["verify", *named, *map(str, options)])
        return done.exit_code, done.output


@pytest.fixture
def partner(tmp_path: Path) -> Partner:
    return Partner(tmp_path)


async def taken(group: Group, partner: Partner, item: Any) -> Any:
    """What the partner keeps of an item: its manifest, the keys and the item itself."""
    manifest = await group.client.get(f"/v1/public/items/{item['id']}/manifest")
    assert manifest.status_code == 200, manifest.text
    keys = await group.client.get("/.well-known/statement-keys.json")
    partner.keep("manifest.json", manifest.content)
    partner.keep("keys.json", keys.content)
    partner.keep("item.json", await group.public(item))
    return manifest.json()


async def test_a_manifest_says_what_an_edition_is_and_verifies_by_cryptography_alone(
    group: Group, partner: Partner
) -> None:
    item = await group.released()
    manifest = await taken(group, partner, item)
    public = await group.public(item)
    assert (manifest["item_id"], manifest["content_id"]) == (item["id"], item["id"])
    assert (manifest["site_code"], manifest["url"]) == (SITE, public["url"])
    assert manifest["released_at"] == public["updated_at"]
    assert (
        manifest["text"]["body"]
        == sha256(json.dumps(item["body"], ensure_ascii=False).encode()).hexdigest()
    )
    assert "summary" not in manifest["text"]
    keys = (await group.client.get("/.well-known/statement-keys.json")).json()
    check_independently(manifest, keys)


async def test_a_true_copy_agrees_as_json_and_as_text(group: Group, partner: Partner) -> None:
    item = await group.released(body="一、限期3日。\n二、逾期通报。")
    await taken(group, partner, item)
    text = partner.keep("body.txt", item["body"].replace("\n", "\r\n").encode() + b"\r\n")
    status, told = partner.verify("--item", partner.folder / "item.json", "--text", text)
    assert status == 0, told
    assert "签名有效" in told
    assert "正文：与签名的清单一致" in told


async def test_a_changed_digit_is_found_and_named(group: Group, partner: Partner) -> None:
    item = await group.released(body="限期3日。")
    await taken(group, partner, item)
    public = await group.public(item)
    copy = partner.keep("item.json", {**public, "body": "限期5日。", "summary": "添加的摘要"})
    status, told = partner.verify("--item", copy)
    assert (status, "body：" in told, "summary：" in told) == (1, True, True)
    assert "title：" not in told
    status, told = partner.verify("--text", partner.keep("body.txt", "限期5日。".encode()))
    assert (status, "body：" in told) == (1, True)


async def test_a_changed_manifest_and_a_foreign_key_are_refused(
    group: Group, partner: Partner
) -> None:
    manifest = await taken(group, partner, await group.released())
    partner.keep("manifest.json", {**manifest, "title": "另一个标题"})
    assert partner.verify()[0] == 1
    partner.keep("manifest.json", manifest)
    assert partner.verify()[0] == 0
    keys = (await group.client.get("/.well-known/statement-keys.json")).json()
    former = [key for key in keys["keys"] if key["kid"] not in _kid(manifest)]
    partner.keep("keys.json", {"keys": former})
    assert partner.verify()[0] == 1


def _kid(manifest: Any) -> str:
    return raw(manifest["signature"].partition(".")[0]).decode()


async def test_files_are_checked_and_one_too_many_is_found(
    group: Group, sessions: Sessions, partner: Partner
) -> None:
    item = await group.released()
    form = {"use": "original", "url": "/f", "mime": "application/pdf", "size": len(FILE)}
    forms = [{**form, "sha256": sha256(FILE).hexdigest(), "width": None, "height": None}]
    public = await group.public(item)
    named = {"asset_id": ASSET, "family": "document", "title": "附件", "forms": forms}
    public["files"] = [{**named, "alt": None, "transcript": None}]
    async with sessions.begin() as session:
        answer = json.dumps(public).encode()
        await session.execute(update(Live).values(answer=answer))
    await taken(group, partner, item)
    folder = partner.keep("files/a.pdf", FILE).parent
    assert partner.verify("--file", folder, "--item", partner.folder / "item.json")[0] == 0
    partner.keep("files/b.pdf", b"one too many")
    status, told = partner.verify("--file", folder)
    assert (status, "b.pdf" in told, "a.pdf" in told) == (1, True, False)
    (folder / "a.pdf").unlink()
    (folder / "b.pdf").unlink()
    status, told = partner.verify("--file", folder)
    assert (status, "附件：缺少" in told) == (1, True)
    partner.keep("item.json", {**public, "files": []})
    assert partner.verify("--item", partner.folder / "item.json")[0] == 1


async def test_what_cannot_be_read_is_not_judged(group: Group, partner: Partner) -> None:
    manifest = await taken(group, partner, await group.released())
    for broken in (b"", b"[]", b"{}", b"\xff"):
        partner.keep("manifest.json", broken)
        assert partner.verify()[0] == 2
    partner.keep("manifest.json", manifest)
    for broken in (b"[]", b"{", b'{"files": 3}', b'{"files": [3]}'):
        assert partner.verify("--item", partner.keep("item.json", broken))[0] == 2
    assert partner.verify("--text", partner.folder / "nothing.txt")[0] == 2
    assert partner.verify("--text", partner.keep("body.txt", b"\xff"))[0] == 2


async def test_what_is_withdrawn_has_no_manifest(group: Group) -> None:
    item = await group.released()
    await group.withdraw(item)
    gone = await group.client.get(f"/v1/public/items/{item['id']}/manifest")
    assert gone.status_code == 410


async def test_a_repost_names_its_origin(group: Group) -> None:
    item = await group.released()
    owed = await group.owed(item)
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    repost = (await group.answer(owed, **given)).json()["repost_id"]
    manifest = (await group.client.get(f"/v1/public/items/{repost}/manifest")).json()
    assert (manifest["item_id"], manifest["content_id"]) == (repost, item["id"])
    assert manifest["origin"]["url"] == (await group.public(item))["url"]
