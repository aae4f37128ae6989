import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from shared.auth import Actor
from tests.factories.content import ADMIN, EDITOR, SITE, Group
from tests.services.content.conftest import Unchanged
from tests.services.content.test_leaks import FOREIGN, MARKER, OPEN, _values
from tests.support.people import NOW, bearer

NOWHERE = str(UUID(int=1))
OWN = {  # what anybody may do with what is theirs, or what keeps nothing
    "/v1/auth/token",
    "/v1/documents",
    "/v1/documents/file",
    "/v1/group",
    "/v1/subscriptions",
    "/v1/viewer/password",
}
NEVER = dict.fromkeys(
    (
        *(
            "item_id",
            "column_id",
            "application_id",
            "outage_id",
            "person_id",
            "post_id",
            "owed_id",
        ),
        *("delegation_id", "client_id", "key_id", "session_id", "upload_id", "asset_id"),
        *("topic_id", "comment_id", "schedule_id", "task_id", "contribution_id", "expert_id"),
        *("commission_id", "directive_id", "subscription_id", "procedure_id", "obligation_id"),
        "rule_id",
        *("channel_id", "channel_post_id"),
        *("feed_id", "entry_id"),
        *("recall_id", "copy_id"),
        "text_id",
    ),
    NOWHERE,
) | {"site": "3403009998", "year": "2027", "name": "unknown"}
ASKED = {"post", "put", "patch", "delete"}
RAW = {"multipart/form-data", "application/offset+octet-stream"}
# What a body must say beyond what its schema can tell.
FITTING: dict[str, dict[str, Any]] = {
    "/v1/workdays/{year}": {"year": 2027, "issued_on": "2026-11-04"},
    "/v1/sites/{code}/migration": {"destination_site": SITE},
    "/v1/procedures": {"kind": "update", "organization": "340300"},
    "/v1/directives": {"policy": "red_line"},
    "/v1/directives/preview": {"policy": "red_line"},
    "/v1/directive-rules": {"policy": "red_line", "kinds": ["policy"]},
    "/v1/directive-rules/preview": {"policy": "red_line", "kinds": ["policy"]},
    "/v1/directive-rules/{rule_id}": {"policy": "red_line", "kinds": ["policy"]},
    "/v1/obligations/{obligation_id}/answer": {"answer": "decline", "reason": "理由"},
    "/v1/obligations/{obligation_id}/ruling": {"ruling": "accept"},
    "/v1/obligations/{obligation_id}/rewording": {"title": "公开的文字"},
    "/v1/commissions": {"medium": "日报"},
    "/v1/channels": {"site_code": SITE, "app_id": "wx1", "secret": "0123456789"},
    "/v1/channels/{channel_id}": {"app_id": "wx1"},
    "/v1/channels/{channel_id}/secret": {"secret": "0123456789"},
    "/v1/subscriptions/{subscription_id}/replay": {"dead_letters": True},
    "/v1/upstream-feeds": {"organization": "340300-zfb", "url": "https://example.org/"},
    "/v1/upstream-feeds/{feed_id}": {"url": "https://example.org/"},
}
TABLE = "/v1/lexicons/{name}/table"
REFUSALS = {401, 403, 404}


def _example(name: str, asked: dict[str, Any], schemas: Any, values: dict[str, list[str]]) -> Any:
    """Return something that fits a schema, with what is known under its name in the group."""
    if "$ref" in asked:
        asked = schemas[asked["$ref"].rsplit("/", 1)[1]]
    for union in ("anyOf", "oneOf"):
        if union in asked:
            return _example(name, asked[union][0], schemas, values)
    if "const" in asked or "enum" in asked:
        return asked.get("const") or asked["enum"][0]
    if "properties" in asked:
        return {
            each: _example(each, asked["properties"][each], schemas, values)
            for each in asked.get("required", ())
        }
    if "items" in asked:
        return [_example(name, asked["items"], schemas, values)] * asked.get("minItems", 0)
    if asked.get("type") != "string":
        return asked.get("minimum", 1) if asked.get("type") != "boolean" else True
    return _text(name, asked, values)


TEXTS = {
    "date": "2026-03-05",
    "date-time": "2026-03-05T09:00:00Z",
    "uuid": NOWHERE,
    "uri": "https://www.bengbu.gov.cn/",
}


def _text(name: str, asked: dict[str, Any], values: dict[str, list[str]]) -> str:
    known = {"post": values["post"][0], "content_hash": "0" * 64, "sha256": "0" * 64}
    known |= {"password": "x" * 12, "region": "340300", "domain": "a.gov.cn", "login": "hidden"}
    known |= {"to": "deputy", "assignee": f"person:{NOWHERE}", "uscc": "11441700007280420Y"}
    if asked.get("format") == "uuid" and name in {"item_id", "interprets", "successor"}:
        return values["item_id"][1]
    if name in known:
        return known[name]
    if name in values and name.endswith(("_id", "_code")):
        return values[name][0]
    if asked.get("format") in TEXTS:
        return TEXTS[asked["format"]]
    if "examples" in asked:
        return str(asked["examples"][0])
    return "公开的文字"


def _writes(app: FastAPI) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in app.openapi()["paths"].items():
        for method in sorted(methods.keys() & ASKED):
            if not path.startswith(OPEN) and path not in OWN:
                yield method.upper(), path, methods[method]


def _requests(
    app: FastAPI, values: dict[str, list[str]]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every write there is, to the things that the group hides, as one that fits."""
    schemas = app.openapi()["components"]["schemas"]
    for method, path, operation in _writes(app):
        content = operation.get("requestBody", {}).get("content", {})
        sent: dict[str, Any] = {}
        if json := content.get("application/json"):
            sent["json"] = _example("", json["schema"], schemas, values)
            sent["json"] |= FITTING.get(path, {})
        if content.keys() & RAW:
            sent["data"] = {"site_code": SITE}
            sent["files"] = {"file": ("a.txt", b"a")}
        if path == TABLE:
            sent["params"] = {"title": "词库", "kind": "typos", "source": "测试"}
            sent |= {"content": "词语\n错字", "headers": {"Content-Type": "text/csv"}}
        yield method, path, sent


async def _named_in_writes(group: Group, values: dict[str, list[str]]) -> dict[str, str]:
    """Return the ids of hidden things that only addresses of writes name."""
    lists = {
        "outage_id": (ADMIN, "outages"),
        "session_id": (ADMIN, f"sessions?person_id={values['person_id'][0]}"),
        "key_id": (ADMIN, f"clients/{values['client_id'][0]}/keys"),
        "comment_id": (EDITOR, f"items/{values['item_id'][1]}/comments"),
        "owed_id": (EDITOR, f"items/{values['item_id'][1]}/tasks"),
    }
    found = {"post_id": values["post"][0], "delegation_id": values["delegation"][0]}
    for name, (actor, path) in lists.items():
        found[name] = (await group.send(actor, "GET", f"/v1/{path}")).json()["items"][0]["id"]
    return found | {
        "procedure_id": NOWHERE,
        "obligation_id": NOWHERE,
        "year": "2027",
        "name": "hidden",
    }


def _address(path: str, values: dict[str, list[str]], named: dict[str, str]) -> str:
    """Return the address of a hidden thing."""
    owed = path.replace("/v1/tasks/{task_id}", "/v1/tasks/{owed_id}")
    if path.startswith("/v1/sites/"):
        named = named | {"code": named.get("site", values["code"][2])}
    return re.sub(r"{(\w+)}", lambda part: named.get(part[1]) or values[part[1]][-1], owed)


def _reads(app: FastAPI) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every read of one thing that is not public."""
    for path, methods in app.openapi()["paths"].items():
        if "get" in methods and "{" in path and not path.startswith(OPEN):
            yield "GET", path, {}


def _without_request(refused: httpx.Response) -> str:
    """Return what is answered without the number of the request."""
    return re.sub(r'"request_id":"[0-9a-f]+"', "", refused.text)


async def _refused(
    group: Group, actor: Actor | None, method: str, address: str, sent: dict[str, Any]
) -> httpx.Response:
    headers = {"If-Match": '"1"', "Upload-Offset": "0"} | sent.get("headers", {})
    if actor is not None:
        headers |= bearer(actor)
    return await group.client.request(method, address, **{**sent, "headers": headers})


async def test_nobody_from_outside_changes_anything_anywhere(
    group: Group, app: FastAPI, unchanged: Unchanged
) -> None:
    values = await _values(group, app)
    named = await _named_in_writes(group, values)
    asked = 0
    async with unchanged():
        for method, path, sent in _requests(app, values):
            address = _address(path, values, named)
            for actor in FOREIGN:
                refused = await _refused(group, actor, method, address, sent)
                assert refused.status_code in REFUSALS, (method, address, actor, refused.text)
                assert MARKER not in refused.text, (method, address, actor)
                asked += 1
    assert asked >= 500


async def test_a_hidden_thing_is_answered_as_one_that_never_was(
    group: Group, app: FastAPI
) -> None:
    values = await _values(group, app)
    named = await _named_in_writes(group, values)
    compared, differing = 0, {}
    for method, path, sent in [*_requests(app, values), *_reads(app)]:
        hidden, unknown = _address(path, values, named), _address(path, values, NEVER)
        if hidden == unknown or path.startswith("/v1/subscriptions"):  # their own
            continue
        for actor in FOREIGN:
            told = []
            for address in (hidden, unknown):
                refused = await _refused(group, actor, method, address, sent)
                ids = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|34030099\d\d")
                told.append((refused.status_code, ids.sub("", _without_request(refused))))
            if told[0] != told[1]:
                differing[method, path] = told
            compared += 1
    assert differing == {}
    assert compared >= 500


async def test_an_expired_token_opens_nothing(
    group: Group, app: FastAPI, unchanged: Unchanged
) -> None:
    late = bearer(EDITOR, NOW - timedelta(minutes=16))
    async with unchanged():
        for path, methods in app.openapi()["paths"].items():
            if path.startswith(OPEN) or path in {"/v1/auth/token", "/v1/group"}:
                continue
            address = re.sub(r"{\w+_id}", NOWHERE, path).replace("{code}", "340300")
            address = address.replace("{year}", "2027").replace("{number}", "1")
            for method in methods:
                refused = await group.client.request(
                    method, address.replace("{name}", "typos"), json={}, headers=late
                )
                assert refused.status_code == 401, (method, path, refused.text)
