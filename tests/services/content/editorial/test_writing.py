from typing import Any

import pytest

from tests.factories.content import (
    COUNTY_EDITOR,
    EDITOR,
    LEADER,
    SITE,
    STRANGER,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged

TEXT = {"title": "关于开会的通知", "body": "定于明日开会。", "source": "市政府办公室"}
MANY_FAULTS = {
    "title": "字" * 201,
    "body": "含\x00空字符",
    "source": 5,
    "written_on": "2026-02-30",
    "disclosure": "some",
    "to_be_interpreted": "perhaps",
    "interprets": "x",
    "doc_no": "蚌政办秘[2017]97号",
    "unknown": 1,
}


async def _write(group: Group, **fields: Any) -> Any:
    place = {"site_code": SITE, "column_id": group.columns["news"], "kind": "news"}
    return await group.send(EDITOR, "POST", "/v1/items", {**TEXT, **place, **fields})


async def test_a_new_item_is_a_draft_of_its_author(group: Group, announced: Announced) -> None:
    before = len(await announced())
    written = await _write(group)
    assert written.status_code == 201, written.text
    item = written.json()
    assert (item["stage"], item["author"], item["version"]) == ("draft", EDITOR.id, 1)
    assert (item["approvals"], item["findings"]) == ([], [])
    assert written.headers["ETag"] == '"1"'
    assert (await announced())[before:] == ["content.item.drafted"]


async def test_a_revision_replaces_the_whole_text(group: Group, announced: Announced) -> None:
    item = await group.draft(summary="摘要")
    path = f"/v1/items/{item['id']}"
    revised = await group.send(EDITOR, "PUT", path, TEXT, version=1)
    assert revised.status_code == 200, revised.text
    assert (revised.json()["title"], revised.json()["summary"]) == (TEXT["title"], None)
    assert revised.json()["content_hash"] != item["content_hash"]
    assert revised.headers["ETag"] == '"2"'
    read = await group.send(EDITOR, "GET", path)
    assert (read.json(), read.headers["ETag"]) == (revised.json(), '"2"')
    assert (await announced())[-1] == "content.item.revised"


async def test_every_fault_of_a_draft_is_told_and_nothing_is_written(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.draft()
    async with unchanged():
        new = await _write(group, **MANY_FAULTS)
        path = f"/v1/items/{item['id']}"
        revised = await group.send(EDITOR, "PUT", path, MANY_FAULTS, version=1)
    for refused in (new, revised):
        assert refused.status_code == 422, refused.text
        assert refused.json()["type"] == "/problems/invalid"
        pointers = [fault["pointer"] for fault in refused.json()["faults"]]
        assert sorted(pointers) == sorted(f"/{name}" for name in MANY_FAULTS)
        assert all(fault["detail"] for fault in refused.json()["faults"])


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"body": "字" * 200_001}, "/body"),
        ({"title": "两\n行"}, "/title"),
        ({"title": "   "}, "/title"),
        ({"body": ["正文"]}, "/body"),
        ({"summary": "字" * 501}, "/summary"),
        ({"summary": "\x1b"}, "/summary"),
        ({"column_id": None}, "/column_id"),
        ({"site_code": "\x00"}, "/site_code"),
        ({"written_on": 1e400}, "/written_on"),
        ({"written_on": "2026-03-02T10:00"}, "/written_on"),
        ({"doc_no": "蚌政办秘〔２０１７〕97号"}, "/doc_no"),
        ({"disclosure": "none"}, ""),
        ({"interprets": "019c0000-0000-7000-8000-000000000000"}, "/interprets"),
        ({"a": {"b": [1]}}, "/a"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_written(
    group: Group, unchanged: Unchanged, wrong: dict[str, Any], pointer: str
) -> None:
    async with unchanged():
        if wrong.get("written_on") == float("inf"):
            refused = await _raw(group, b'{"written_on": 1e400}')
            assert refused.status_code == 422, refused.text
            return
        refused = await _write(group, **wrong)
    assert refused.status_code == 422, refused.text
    assert pointer in [fault["pointer"] for fault in refused.json()["faults"]]


async def _raw(group: Group, body: bytes, media_type: str = "application/json") -> Any:
    token = (await group.send(EDITOR, "GET", "/v1/viewer")).request.headers["Authorization"]
    headers = {"Authorization": token, "Content-Type": media_type}
    return await group.client.post("/v1/items", content=body, headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe{}",
        b'{"title": "\xff\xfe"}',
        b'{"title": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"\\u0000": 1}',
        b'{"title": NaN, "to_be_interpreted": Infinity}',
        b'{"title": 1' + b"0" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    ],
    ids=lambda body: body[:24],
)
async def test_a_broken_body_is_refused_with_a_problem(
    group: Group, unchanged: Unchanged, body: bytes
) -> None:
    async with unchanged():
        refused = await _raw(group, body)
    assert refused.status_code in {400, 422}, refused.text
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["request_id"]


async def test_a_body_of_another_kind_or_too_large_is_refused(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        assert (await _raw(group, b"title=x", "text/plain")).status_code in {415, 422}
        large = b'{"title": "' + b"x" * (2 * 1024 * 1024) + b'"}'
        refused = await _raw(group, large)
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/too-large")


async def test_an_item_stands_in_a_column_of_its_own_site(
    group: Group, unchanged: Unchanged
) -> None:
    async with unchanged():
        other = await _write(group, column_id=group.county_columns["news"])
        missing = await _write(group, column_id="019c0000-0000-7000-8000-000000000000")
        nowhere = await _write(group, site_code="9999990000")
    assert other.json()["faults"][0]["code"] == "other_site"
    assert (missing.status_code, nowhere.status_code) == (404, 404)


async def test_only_editors_of_a_site_write_for_it(group: Group, unchanged: Unchanged) -> None:
    new = {**TEXT, "site_code": SITE, "column_id": group.columns["news"], "kind": "news"}
    async with unchanged():
        for actor, status in ((LEADER, 403), (COUNTY_EDITOR, 403), (STRANGER, 403), (None, 401)):
            assert (await group.send(actor, "POST", "/v1/items", new)).status_code == status


async def test_a_change_says_which_version_it_changes(group: Group, unchanged: Unchanged) -> None:
    item = await group.draft()
    path = f"/v1/items/{item['id']}"
    async with unchanged():
        for method, address, body in (
            ("PUT", path, TEXT),
            ("POST", f"{path}/submission", None),
        ):
            without = await group.send(EDITOR, method, address, body)
            assert (without.status_code, without.json()["type"]) == (
                428,
                "/problems/precondition-required",
            )
            wrong = await group.send(EDITOR, method, address, body, version=9)
            assert (wrong.status_code, wrong.json()["version"]) == (412, 1)
            for odd in ("1", "*", 'W/"1"', '"1", "2"', '"x"', '"1', '"9999999999"'):
                refused = await group.send(EDITOR, method, address, body, If_Match=odd)
                assert refused.status_code == 422, (odd, refused.text)
                assert refused.json()["faults"][0]["pointer"].lower() == "header:if-match"
