import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import FastAPI

from services.content.participation.models import ParticipationText
from services.content.syndication.intake.models import FeedPoll, UpstreamEntry
from shared.auth import Actor, Permission
from shared.contracts.participation_texts import TextState
from shared.contracts.upstream_entries import EntryState
from shared.requests import House
from tests.factories.content import (
    ADMIN,
    CITY,
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    OFFICE,
    PARTNER,
    PROVINCE,
    SITE,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.support.people import NOW, bearer, person

MARKER = "麒麟阁"
OPEN = ("/v1/public/", "/.well-known/")
CONTRIBUTOR = person(Permission.CONTRIBUTE, at=OFFICE, name="contributor")
PROVINCIAL_PARTNER = person(Permission.SUBSCRIBE, at=PROVINCE, name="provincial-partner")
NOBODY = Actor("person:nobody", CITY)
KEY_OF_ANOTHER_SITE = replace(
    person(*Permission, at=CITY, name="key"), id="client:key", sites=frozenset({COUNTY_SITE})
)
KEY_OF_ANOTHER_COLUMN = replace(
    KEY_OF_ANOTHER_SITE, sites=frozenset({SITE}), columns=frozenset({UUID(int=1)})
)
FOREIGN = (
    STRANGER,
    COUNTY_EDITOR,
    PARTNER,
    KEY_OF_ANOTHER_SITE,
    KEY_OF_ANOTHER_COLUMN,
    NOBODY,
    None,
)


async def _hidden(group: Group) -> dict[str, Any]:
    """Leave the marker in every field of drafts at every stage, one of them public before."""
    fields: dict[str, Any] = {"title": f"{MARKER}标题", "body": f"{MARKER}正文。"}
    fields |= {"summary": f"{MARKER}摘要", "source": MARKER, "keywords": [MARKER]}
    fields |= {"doc_no": f"{MARKER}〔2026〕1号"}
    await group.draft(**fields)
    await group.submitted(**fields)
    remarked = await group.cleared(**fields)
    remark = {"revision": 1, "field": "title", "start": 0, "end": 3, "remark": MARKER}
    path = f"/v1/items/{remarked['id']}/comments"
    assert (await group.send(EDITOR, "POST", path, remark)).status_code == 201
    path = f"/v1/items/{remarked['id']}/tasks"
    assert (await group.send(EDITOR, "POST", path, {"note": MARKER})).status_code == 201
    item = await group.released(title="公开的标题")
    path = f"/v1/items/{item['id']}"
    done = await group.send(EDITOR, "PUT", path, fields, version=item["version"])
    assert done.status_code == 200, done.text
    withdrawn = await group.released(**fields)
    await group.withdraw(withdrawn)
    words = {"title": "词库", "kind": "typos", "source": "测试", "entries": [{"word": MARKER}]}
    supplied = await group.send(ADMIN, "PUT", "/v1/lexicons/hidden", words)
    assert supplied.status_code == 200, supplied.text
    await _hidden_work(group)
    scheduled = await group.schedule(await group.cleared(**fields))
    return {
        "draft": done.json(),
        "released": item,
        "withdrawn": withdrawn,
        "scheduled": scheduled.json(),
        "remarked": remarked,
        **await _behind_the_desk(group),
    }


async def _behind_the_desk(group: Group) -> dict[str, Any]:
    """Leave the marker in what only those who sponsor or supervise the city's sites may know."""
    offices = {"supervising": "340000", "sponsoring": "340300", "operating": "340300"}
    site = {"code": "3403009999", "name": MARKER, "domain": "hidden.gov.cn", "level": "city"}
    new = {**site, **offices, "region": "340300", "contact": MARKER}
    outage = {"began_at": "2026-03-02T00:00:00Z", "expected_until": "2026-03-03T00:00:00Z"}
    rename = {"act": "rename_column", "column_id": group.columns["news"], "name": MARKER}
    application = {"change": rename, "reason": MARKER}
    made = {}
    for name, path, body in (
        ("site", "/v1/sites", new),
        ("column", "/v1/columns", {"site_code": site["code"], "name": MARKER, "kind": "news"}),
        ("application", "/v1/applications", {**application, "site_code": SITE}),
        ("outage", f"/v1/sites/{SITE}/outages", {**outage, "cause": MARKER}),
    ):
        done = await group.send(ADMIN, "POST", path, body)
        assert done.status_code == 201, done.text
        made[name] = done.json()
    return made


async def _hidden_staff(group: Group) -> dict[str, list[str]]:
    """Leave the marker in what is kept of people, their posts and programs."""
    ids: dict[str, str] = {}
    new_person = {"name": MARKER, "organization": "340300-zfb", "password": "x" * 12}
    end = {"from": "2026-03-02T00:00:00Z", "until": "2026-03-09T00:00:00Z"}
    for name, path, new in (
        ("person_id", "/v1/people", {**new_person, "login": "hidden"}),
        ("person_id", "/v1/people", {**new_person, "login": "deputy"}),
        ("post", "/v1/posts", {"login": "hidden", "kind": "leader"}),
        ("delegation", "/v1/delegations", {"to": "deputy", "reason": MARKER, **end}),
        ("client_id", "/v1/clients", {"name": MARKER}),
    ):
        place = {"organization": "340300-zfb"} if name in {"post", "client_id"} else {}
        given = {"post": ids["post"]} if name == "delegation" else {}
        done = await group.send(ADMIN, "POST", path, {**new, **place, **given})
        assert done.status_code == 201, done.text
        ids[name] = done.json()["id"]
    login = {"grant_type": "password", "username": "deputy", "password": "x" * 12}
    device = {"User-Agent": MARKER.encode("unicode_escape").decode()}
    await group.client.post("/v1/auth/token", data=login, headers=device)
    return {name: [found] for name, found in ids.items()}


async def _hidden_work(group: Group) -> None:
    """Leave the marker in what a site's staff alone work on."""
    new = {"site_code": SITE, "title": MARKER, "summary": MARKER, "source": MARKER}
    text = {"title": MARKER, "body": MARKER, "source": MARKER, "site_code": SITE}
    task = {"title": MARKER, "brief": MARKER, "kind": "news", "due_at": "2026-03-09T09:00:00Z"}
    work = {"brief": MARKER, "medium": MARKER, "due_on": "2026-03-20", "site_code": SITE}
    expert = {"name": MARKER, "field": MARKER, "affiliation": MARKER}
    unit = {"organization": "340300-zfb"}
    for actor, path, body in (
        (EDITOR, "topics", {**new, "kind": "concern"}),
        (EDITOR, "supply-tasks", {**task, **unit, "site_code": SITE}),
        (CONTRIBUTOR, "contributions", {**text, **unit}),
        (EDITOR, "commissions", work),
        (EDITOR, "experts", {**expert, **unit}),
    ):
        done = await group.send(actor, "POST", f"/v1/{path}", body)
        assert done.status_code == 201, done.text


async def _hidden_subscription(group: Group) -> tuple[dict[str, Any], dict[str, Any]]:
    """Leave the marker in what a partner of the province asks for, and a message to it."""
    new = {"url": "https://example.org/", "words": [MARKER]}
    opened = await group.send(PROVINCIAL_PARTNER, "POST", "/v1/subscriptions", new)
    assert opened.status_code == 201, opened.text
    path = f"/v1/subscriptions/{opened.json()['id']}/test"
    ping = await group.send(PROVINCIAL_PARTNER, "POST", path)
    assert ping.status_code == 202, ping.text
    return opened.json(), ping.json()


async def _hidden_rule(group: Group) -> str:
    """Leave the marker in what an issuer's standing rule is called; return its id."""
    new = {"name": MARKER, "issuer": "340300", "kinds": ["policy"], "policy": "red_line"}
    done = await group.send(SUPERVISOR, "POST", "/v1/directive-rules", new)
    assert done.status_code == 201, done.text
    rule: str = done.json()["id"]
    listed = await group.send(SUPERVISOR, "GET", "/v1/directive-rules")
    assert MARKER in listed.text
    return rule


async def _hidden_channel(group: Group, item: Any) -> dict[str, list[str]]:
    """Leave the marker in a channel of the city's site, and order a post to it."""
    new = {"kind": "weibo", "name": MARKER, "site_code": SITE, "app_id": "1", "words": [MARKER]}
    new |= {"secret": "0123456789", "sender_ip": "211.156.0.1"}
    new |= {"template": {"text": MARKER + "${link}"}}
    opened = await group.send(ADMIN, "POST", "/v1/channels", new)
    assert opened.status_code == 201, opened.text
    path = f"/v1/channels/{opened.json()['id']}"
    ordered = await group.send(EDITOR, "POST", f"{path}/posts", {"item_id": item["id"]})
    assert ordered.status_code == 202, ordered.text
    shown = await group.send(EDITOR, "GET", f"{path}/preview?item_id={item['id']}")
    assert MARKER in shown.text
    return {"channel_id": [opened.json()["id"]], "channel_post_id": [ordered.json()["id"]]}


async def _hidden_feed(group: Group, app: FastAPI) -> dict[str, list[str]]:
    """Leave the marker in a feed that the city reads, in what came of asking it, and an entry."""
    new = {"organization": "340300-zfb", "title": MARKER, "url": "https://example.org/feed"}
    done = await group.send(EDITOR, "POST", "/v1/upstream-feeds", new)
    assert done.status_code == 201, done.text
    of_feed = {"feed_id": UUID(done.json()["id"])}
    poll = FeedPoll(**of_feed, at=NOW, url=MARKER, result="failed", message=MARKER)
    for name in ("seconds", "size", "seen", "new", "changed"):
        setattr(poll, name, 0)
    entry = UpstreamEntry(**of_feed, organization=OFFICE, key=MARKER, title=MARKER, text=MARKER)
    entry.digest, entry.seen_at, entry.state = MARKER, NOW, EntryState.TRAY
    house: House = app.state.house
    async with house.sessions.begin() as session:
        session.add_all([poll, entry])
    listed = await group.send(EDITOR, "GET", "/v1/upstream-entries")
    assert MARKER in listed.text
    return {"feed_id": [done.json()["id"]], "entry_id": [listed.json()["items"][0]["id"]]}


async def _hidden_text(app: FastAPI) -> str:
    """Leave the marker in what a consultation asks to publish; return its id."""
    told = {"kind": "consultation", "moment": "announced", "site_code": SITE, "title": MARKER}
    text = ParticipationText(id=UUID(int=7), subject_id=UUID(int=7), **told)
    text.paragraphs, text.author, text.sponsoring, text.told_at = [MARKER], MARKER, OFFICE, NOW
    text.state = TextState.WAITING
    house: House = app.state.house
    async with house.sessions.begin() as session:
        session.add(text)
    return str(text.id)


async def _hidden_acceptance_rule(group: Group) -> str:
    """Leave a rule by which the city's site accepts directives."""
    new = {"site_code": SITE, "column_id": group.columns["policies"]}
    reposter = person(Permission.REPOST, at=OFFICE, name="reposter")
    made = await group.send(reposter, "POST", "/v1/acceptance-rules", new)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def _ids(group: Group) -> dict[str, list[str]]:
    """Return the id of each thing that `_hidden_work` left."""
    lists = {
        "topic_id": "topics",
        "task_id": "supply-tasks",
        "contribution_id": "contributions",
        "commission_id": "commissions",
        "expert_id": "experts",
    }
    found = {}
    for name, path in lists.items():
        listed = await group.send(EDITOR, "GET", f"/v1/{path}")
        found[name] = [item["id"] for item in listed.json()["items"]]
        assert MARKER in listed.text
    return found


def _gets(app: FastAPI) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for path, methods in app.openapi()["paths"].items():
        if "get" in methods:
            yield path, methods["get"].get("parameters", [])


async def _hidden_files(group: Group) -> dict[str, Any]:
    """Leave the marker in a file's name and text, and in an upload that is under way."""
    told = {"site_code": SITE}
    named = {"file": (f"{MARKER}.txt", MARKER.encode())}
    done = await group.client.post("/v1/assets", data=told, files=named, headers=bearer(EDITOR))
    assert done.status_code == 201, done.text
    new = {**told, "name": f"{MARKER}.txt", "size": 9, "sha256": "0" * 64}
    begun = await group.send(EDITOR, "POST", "/v1/uploads", new)
    assert begun.status_code == 201, begun.text
    return {"asset": done.json(), "upload": begun.json()}


async def _values(group: Group, app: FastAPI) -> dict[str, list[str]]:
    hidden = await _hidden(group)
    item = hidden["released"]
    hidden |= await _hidden_files(group)
    pattern = {"pattern": "{organization}/{year}-{serial:5}"}
    path = "/v1/organizations/340300/index-pattern"
    assert (await group.send(ADMIN, "PUT", path, pattern)).status_code == 200
    owed = await group.owed(item)
    subscription, delivery = await _hidden_subscription(group)
    return await _ids(group) | {
        "item_id": [item["id"], hidden["remarked"]["id"], hidden["withdrawn"]["id"]],
        "schedule_id": [hidden["scheduled"]["id"]],
        "on": ["2026-03-02"],
        "index_no": ["340300-zfb/2026-00001"],
        "column_id": [item["column_id"], group.county_columns["news"], hidden["column"]["id"]],
        "application_id": [hidden["application"]["id"]],
        **await _hidden_staff(group),
        "organization": ["340300-zfb"],
        "active": ["true"],
        "directive_id": [owed["directive_id"]],
        "obligation_id": [owed["id"]],
        "rule_id": [await _hidden_rule(group), await _hidden_acceptance_rule(group)],
        "due": ["soon", "late", "escalated"],
        "recall_id": [str(UUID(int=1))],
        "copy_id": [str(UUID(int=1))],
        "subscription_id": [subscription["id"]],
        **await _hidden_feed(group, app),
        "delivery_id": [delivery["id"]],
        "text_id": [await _hidden_text(app)],
        "subject_id": [str(UUID(int=7))],
        **await _hidden_channel(group, item),
        "code": [SITE, COUNTY_SITE, hidden["site"]["code"], "340300"],
        "asset_id": [hidden["asset"]["id"]],
        "upload_id": [hidden["upload"]["id"]],
        "form": ["atom", "rss", "json"],
        "name": ["hidden", "typos", "file.txt"],
        "q": [MARKER, f"{MARKER}〔2026〕1号", "公开"],
        "id": [item["id"], item["column_id"], hidden["column"]["id"]],
        "site_code": [SITE, hidden["site"]["code"]],
        "kind": ["policy", "leader", "concern"],
        "stage": ["draft", "in_review", "cleared"],
        "state": [
            *("delivered", "applied", "filed", "received"),
            *("open", "submitted", "invited", "running", "scheduled", "waiting", "active"),
            *("tray", "working"),
        ],
        "from": ["2026-03-01"],
        "to": ["2026-03-02"],
        "first": ["100"],
        "number": ["1", "2"],
        "since": ["1", "2026-03-01"],
        "until": ["2026-03-31"],
        "part": ["2026-03-1"],
        "order": ["relevance"],
        "year": ["2026"],
        "subject": ["综合政务"],
        "genre": ["通知"],
        "source": [MARKER],
        "keyword": [MARKER],
        "published_since": ["2026-03-01"],
        "published_until": ["2026-03-31"],
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
    values = await _values(group, app)
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
    assert len(answered) >= 25, answered


async def test_the_marker_is_there_for_those_who_may_read_it(group: Group) -> None:
    hidden = await _hidden(group)
    listed = await group.send(EDITOR, "GET", "/v1/items")
    assert listed.text.count(f"{MARKER}标题") == 6
    shown = await group.send(EDITOR, "GET", f"/v1/items/{hidden['draft']['id']}")
    assert MARKER in shown.text
    for path in ("sites?state=applied", "sites/3403009999/columns", "applications", "outages"):
        assert MARKER in (await group.send(ADMIN, "GET", f"/v1/{path}")).text, path
    await _hidden_files(group)
    listed = await group.send(EDITOR, "GET", "/v1/assets")
    assert MARKER in listed.text


async def test_what_is_hidden_of_the_staff_is_there_for_their_administrators(
    group: Group,
) -> None:
    ids = await _hidden_staff(group)
    for path in ("people", "posts", "delegations", "clients"):
        assert MARKER in (await group.send(ADMIN, "GET", f"/v1/{path}")).text
    keys = await group.send(ADMIN, "GET", f"/v1/clients/{ids['client_id'][0]}/keys")
    assert MARKER in keys.text
    sessions = await group.send(ADMIN, "GET", f"/v1/sessions?person_id={ids['person_id'][0]}")
    assert sessions.json()["items"]


async def test_every_address_but_the_public_ones_asks_for_a_token(
    group: Group, app: FastAPI
) -> None:
    asked = 0
    for path, methods in app.openapi()["paths"].items():
        if path.startswith(OPEN) or path in {"/v1/auth/token", "/v1/group"}:
            continue
        address = path
        address = re.sub(r"{\w+_id}", str(UUID(int=1)), address)
        address = address.replace("{code}", "340300").replace("{year}", "2027")
        address = address.replace("{number}", "1").replace("{name}", "typos")
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
