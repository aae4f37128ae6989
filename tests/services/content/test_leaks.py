from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import FastAPI

from shared.auth import Actor
from tests.factories.content import (
    ADMIN,
    CITY,
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    PARTNER,
    SITE,
    STRANGER,
    Group,
)

MARKER = "麒麟阁"
OPEN = ("/v1/public/", "/.well-known/")
NOBODY = Actor("person:nobody", CITY)
FOREIGN = (STRANGER, COUNTY_EDITOR, PARTNER, NOBODY, None)


async def _hidden(group: Group) -> dict[str, Any]:
    """Leave the marker in every field of drafts at every stage, one of them public before."""
    fields = {"title": f"{MARKER}标题", "body": f"{MARKER}正文。", "summary": f"{MARKER}摘要"}
    fields |= {"source": MARKER, "doc_no": f"{MARKER}〔2026〕1号"}
    await group.draft(**fields)
    await group.submitted(**fields)
    await group.cleared(**fields)
    item = await group.released(title="公开的标题")
    path = f"/v1/items/{item['id']}"
    done = await group.send(EDITOR, "PUT", path, fields, version=item["version"])
    assert done.status_code == 200, done.text
    withdrawn = await group.released(**fields)
    await group.withdraw(withdrawn)
    scheduled = await group.schedule(await group.cleared(**fields))
    return {
        "draft": done.json(),
        "released": item,
        "withdrawn": withdrawn,
        "scheduled": scheduled.json(),
    }


def _gets(app: FastAPI) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for path, methods in app.openapi()["paths"].items():
        if "get" in methods:
            yield path, methods["get"].get("parameters", [])


async def _values(group: Group) -> dict[str, list[str]]:
    hidden = await _hidden(group)
    item = hidden["released"]
    pattern = {"pattern": "{organization}/{year}-{serial:5}"}
    path = "/v1/organizations/340300/index-pattern"
    assert (await group.send(ADMIN, "PUT", path, pattern)).status_code == 200
    directive = (await group.directive(item)).json()
    subscription = (
        await group.send(
            PARTNER, "POST", "/v1/subscriptions", {"url": "https://example.org/", "site_codes": []}
        )
    ).json()
    return {
        "item_id": [item["id"], hidden["withdrawn"]["id"]],
        "schedule_id": [hidden["scheduled"]["id"]],
        "on": ["2026-03-02"],
        "index_no": ["340300-zfb/2026-00001"],
        "column_id": [item["column_id"], group.county_columns["news"]],
        "directive_id": [directive["id"]],
        "subscription_id": [subscription["id"]],
        "code": [SITE, COUNTY_SITE, "340300"],
        "form": ["atom", "rss", "json"],
        "q": [MARKER, f"{MARKER}〔2026〕1号", "公开"],
        "id": [item["id"], item["column_id"]],
        "site_code": [SITE],
        "kind": ["policy"],
        "stage": ["draft", "in_review", "cleared"],
        "state": ["delivered", "scheduled"],
        "first": ["100"],
        "number": ["1", "2"],
        "since": ["1"],
    }


def _addresses(
    path: str, parameters: list[dict[str, Any]], values: dict[str, list[str]]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the path with each value of its parts, and each of its filters alone and not."""
    paths = [path]
    for parameter in parameters:
        if parameter["in"] == "path":
            name = parameter["name"]
            paths = [at.replace("{" + name + "}", value) for at in paths for value in values[name]]
    queries = [item for item in parameters if item["in"] == "query"]
    needed = {item["name"]: values[item["name"]][0] for item in queries if item.get("required")}
    for at in paths:
        yield at, needed
        for item in queries:
            for value in values.get(item["name"], ()):
                yield at, needed | {item["name"]: value}


async def test_no_reader_from_outside_ever_meets_a_draft(group: Group, app: FastAPI) -> None:
    values = await _values(group)
    answered = set()
    for path, parameters in _gets(app):
        for address, query in _addresses(path, parameters, values):
            for actor in FOREIGN:
                shown = await group.send(actor, "GET", f"{address}?{urlencode(query)}")
                assert shown.status_code < 500, (address, query, shown.text)
                assert MARKER not in shown.text, (address, query, actor)
                assert MARKER.encode("unicode_escape").decode() not in shown.text
                if shown.status_code == 200:
                    answered.add(path)
    assert len(answered) >= 15, answered


async def test_the_marker_is_there_for_those_who_may_read_it(group: Group) -> None:
    hidden = await _hidden(group)
    listed = await group.send(EDITOR, "GET", "/v1/items")
    assert listed.text.count(f"{MARKER}标题") == 6
    shown = await group.send(EDITOR, "GET", f"/v1/items/{hidden['draft']['id']}")
    assert MARKER in shown.text


async def test_every_address_but_the_public_ones_asks_for_a_token(
    group: Group, app: FastAPI
) -> None:
    asked = 0
    for path, methods in app.openapi()["paths"].items():
        if path.startswith(OPEN) or path in {"/v1/auth/token", "/v1/group"}:
            continue
        address = path
        for parameter in (
            "item_id",
            "directive_id",
            "obligation_id",
            "subscription_id",
            "schedule_id",
        ):
            address = address.replace("{" + parameter + "}", str(UUID(int=1)))
        address = (
            address.replace("{code}", "340300").replace("{year}", "2027").replace("{number}", "1")
        )
        assert "{" not in address
        for method in methods:
            for headers in ({}, {"Authorization": "Bearer x"}):
                refused = await group.client.request(
                    method, address, json={}, headers={"If-Match": '"1"', **headers}
                )
                assert refused.status_code == 401, (method, path, refused.text)
                assert refused.headers["Content-Type"] == "application/problem+json"
                asked += 1
    assert asked >= 40
