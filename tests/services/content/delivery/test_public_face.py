"""What every public read has in common, over every route there is."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from httplint import HttpResponseLinter
from httplint.note import levels

from tests.factories.content import SITE, Group
from tests.services.content.conftest import Watch

KEPT_A_WHILE = {
    "/v1/public/column-kinds",
    "/v1/public/sites",
    "/v1/public/sites/{code}",
    "/v1/public/sites/{code}/columns",
    "/v1/public/columns",
    "/v1/public/columns/{column_id}",
    "/v1/public/sites/{code}/labels",
    "/v1/public/columns/{column_id}/labels",
    "/v1/public/sites/{site_code}/catalogue/counts",
    "/v1/public/items/{item_id}/visits",
    "/v1/public/items/{item_id}/qr.svg",
    "/v1/public/sites/{code}/sitemap.xml",
    "/v1/public/sites/{code}/sitemaps/{part}.xml",
}
LONG = "有关事项通知如下。" * 400


async def _addresses(group: Group, app: FastAPI) -> dict[str, str]:
    """An address of every public route that is read."""
    topic_id = await group.topic()
    item = await group.released(body=LONG, topic_id=topic_id)
    parts = {
        "topic_id": topic_id,
        "item_id": item["id"],
        "column_id": item["column_id"],
        "code": SITE,
        "site_code": SITE,
        "form": "atom",
        "part": "2026-03-1",
    }
    needed = {"/v1/public/search": "?q=通知", "/v1/public/columns": "?id={column_id}"}
    return {
        path: (path + needed.get(path, "")).format(**parts)
        for path, methods in app.openapi()["paths"].items()
        if path.startswith("/v1/public/") and "get" in methods and "assets" not in path
    }


def _lint(answer: httpx.Response, sent: bytes) -> list[str]:
    linter = HttpResponseLinter()
    reason = answer.reason_phrase.encode()
    linter.process_response_topline(b"HTTP/1.1", str(answer.status_code).encode(), reason)
    linter.process_headers([*answer.headers.raw, (b"Date", b"Mon, 02 Mar 2026 01:00:05 GMT")])
    linter.feed_content(sent)
    linter.finish_content(True)  # noqa: FBT003  # its own way of saying that all came
    bad = (note for note in linter.notes if note.level is levels.BAD)
    return [f"{type(note).__name__}: {note.summary}" for note in bad]


async def _sent(group: Group, method: str, address: str, **headers: str) -> tuple[Any, bytes]:
    """The answer, and its bytes as they went over the wire."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = group.client.build_request(method, address, headers=named)
    answer = await group.client.send(request, stream=True)
    sent = b"".join([part async for part in answer.aiter_raw()])
    return answer, sent


async def _asked(group: Group, address: str, coding: str, **headers: str) -> str | None:
    """Read an answer that must be well formed; return its validator."""
    answer, sent = await _sent(group, "GET", address, Accept_Encoding=coding, **headers)
    assert answer.status_code == (304 if headers else 200), address
    assert _lint(answer, sent) == [], (address, coding)
    assert not (headers and sent)
    etag: str | None = answer.headers.get("ETag")
    return etag


async def test_no_answer_has_bad_headers(group: Group, app: FastAPI, watch: Watch) -> None:
    addresses = await _addresses(group, app)
    watch.turn(timedelta(seconds=5))
    for route, address in addresses.items():
        await _asked(group, address, "identity")
        etag = await _asked(group, address, "gzip")
        assert etag is not None, route
        assert await _asked(group, address, "gzip", If_None_Match=etag) == etag, route
    assert len(addresses) >= 22


async def test_what_holds_a_text_is_asked_for_again(group: Group, app: FastAPI) -> None:
    for route, address in (await _addresses(group, app)).items():
        answer = await group.client.get(address)
        kept = not answer.headers["Cache-Control"].startswith("public, max-age=0,")
        assert kept is (route in KEPT_A_WHILE), route
        if kept:
            assert "关于做好政府网站工作的通知" not in answer.text


async def test_a_head_tells_what_a_get_would(group: Group, app: FastAPI) -> None:
    for route, address in (await _addresses(group, app)).items():
        whole = await group.client.get(address, headers={"X-Request-Id": "1"})
        head = await group.client.head(address, headers={"X-Request-Id": "1"})
        assert (head.status_code, head.headers, head.content) == (200, whole.headers, b""), route


async def test_pages_of_other_sites_may_read(group: Group, app: FastAPI) -> None:
    for route, address in (await _addresses(group, app)).items():
        answer = await group.client.get(address, headers={"Origin": "https://county.example"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*", route
        asked = {
            "Origin": "https://county.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        }
        before = await group.client.options(address, headers=asked)
        assert before.status_code == 204, route
        assert "GET" in before.headers["Access-Control-Allow-Methods"]
        assert before.headers["Access-Control-Allow-Origin"] == "*"
    missing = await group.client.get("/v1/public/items/x")
    assert missing.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/v1/items", "/v1/viewer", "/healthz"])
async def test_what_is_not_public_is_for_its_own_pages(group: Group, path: str) -> None:
    asked = {"Origin": "https://county.example", "Access-Control-Request-Method": "GET"}
    for answer in (
        await group.client.get(path, headers=asked),
        await group.client.options(path, headers=asked),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_a_long_answer_is_pressed_and_known_again_either_way(group: Group) -> None:
    item = await group.released(body=LONG)
    address = f"/v1/public/items/{item['id']}"
    plain, whole = await _sent(group, "GET", address, Accept_Encoding="identity")
    small, sent = await _sent(group, "GET", address, Accept_Encoding="gzip")
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(sent) < len(whole) / 4
    assert plain.headers["ETag"] != small.headers["ETag"]
    assert plain.headers["Content-Language"] == small.headers["Content-Language"] == "zh-CN"
    for held in (plain, small):
        again, _ = await _sent(group, "GET", address, If_None_Match=held.headers["ETag"])
        assert again.status_code == 304


async def test_an_item_has_changed_when_its_links_have(group: Group, watch: Watch) -> None:
    policy = await group.released()
    address = f"/v1/public/items/{policy['id']}"
    watch.turn(timedelta(seconds=5))
    held = {"If-Modified-Since": (await group.client.get(address)).headers["Last-Modified"]}
    assert (await group.client.get(address, headers=held)).status_code == 304
    text = {"kind": "interpretation", "interprets": policy["id"], "interpretation_form": "text"}
    await group.released(**text)
    watch.turn(timedelta(seconds=5))
    changed = await group.client.get(address, headers=held)
    assert changed.status_code == 200
    assert changed.json()["updated_at"] == "2026-03-02T01:00:00Z"
    assert changed.headers["Last-Modified"] == "Mon, 02 Mar 2026 01:00:05 GMT"


async def test_a_date_after_the_one_that_was_told_vouches_for_nothing(
    group: Group, watch: Watch
) -> None:
    """A large release begins long before it is seen, and bears the instant of its beginning."""
    item = await group.released()
    address = f"/v1/public/items/{item['id']}"
    watch.turn(timedelta(seconds=5))
    looked = {"If-Modified-Since": "Mon, 02 Mar 2026 01:00:04 GMT"}
    assert (await group.client.get(address, headers=looked)).status_code == 200
