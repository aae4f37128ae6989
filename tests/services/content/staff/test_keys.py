from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from services.content.staff.models import ClientKey
from services.content.staff.patience import patience
from shared.auth import Permission
from shared.db import Sessions
from tests.factories.content import (
    ADMIN,
    COUNTY,
    COUNTY_OFFICE,
    COUNTY_SITE,
    EDITOR,
    OFFICE,
    SITE,
    STRANGER,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.services.content.staff.office import listed, permissions, send, token
from tests.support.people import person
from tests.support.queries import CountQueries

SOON = "2026-04-02T00:00:00Z"
COUNTY_ADMIN = person(Permission.ADMINISTER, at=COUNTY, name="county-admin")


async def _program(group: Group, **fields: Any) -> Any:
    new = {"name": "采编系统", "kind": "program", "organization": "340300-zfb"}
    done = await group.send(ADMIN, "POST", "/v1/clients", {**new, **fields})
    assert done.status_code == 201, done.text
    return done.json()


async def _key(group: Group, program: Any, **fields: Any) -> httpx.Response:
    new = {"name": "新闻栏目", "expires_at": SOON}
    path = f"/v1/clients/{program['id']}/keys"
    return await group.send(ADMIN, "POST", path, {**new, **fields})


async def _exchange(group: Group, program: Any, secret: str) -> httpx.Response:
    form = {"grant_type": "client_credentials", "client_id": program["id"]}
    return await token(group, {**form, "client_secret": secret})


async def _tokens(group: Group, program: Any, **fields: Any) -> Any:
    made = await _key(group, program, **fields)
    assert made.status_code == 201, made.text
    return (await _exchange(group, program, made.json()["secret"])).json()


async def test_a_program_holds_several_keys_and_each_brings_its_verbs(
    group: Group, announced: Announced
) -> None:
    program = await _program(group)
    before = len(await announced())
    first = (await _exchange(group, program, program["secret"])).json()
    second = await _tokens(group, program, verbs=["read_drafts"])
    assert set(await permissions(group, first)) == {
        "read_drafts",
        "edit",
        "release",
        "repost",
        "contribute",
        "subscribe",
    }
    assert await permissions(group, second) == {"read_drafts": [OFFICE]}
    assert (await announced())[before:] == ["content.key.issued"]


async def test_a_key_is_listed_without_its_secret_and_says_when_it_was_used(
    group: Group, sessions: Sessions, watch: Watch, count_queries: CountQueries
) -> None:
    program = await _program(group)
    made = (await _key(group, program)).json()
    path = f"/v1/clients/{program['id']}/keys"
    with count_queries(2):
        newest, first = await listed(group, ADMIN, path)
    assert newest == {name: made[name] for name in made if name != "secret"}
    assert (first["id"], first["last_used_at"]) == (program["key_id"], None)
    began = watch()
    shown = datetime.fromisoformat
    for _ in range(3):
        await _exchange(group, program, made["secret"])
        watch.turn(timedelta(seconds=20))
    assert shown((await listed(group, ADMIN, path))[0]["last_used_at"]) == began
    await _exchange(group, program, made["secret"])
    assert shown((await listed(group, ADMIN, path))[0]["last_used_at"]) == watch()
    async with sessions() as session:
        assert made["secret"].encode() not in set(await session.scalars(select(ClientKey.digest)))


async def test_a_key_ends_when_it_expires_or_is_revoked_and_the_others_do_not(
    group: Group, watch: Watch, announced: Announced
) -> None:
    program = await _program(group)
    made = (await _key(group, program)).json()
    other = (await _key(group, program, expires_at="2026-03-02T01:05:00Z")).json()
    brief = (await _exchange(group, program, other["secret"])).json()
    assert brief["expires_in"] == 300
    before = len(await announced())
    path = f"/v1/clients/{program['id']}/keys/{made['id']}"
    for _ in range(2):
        done = await group.send(ADMIN, "DELETE", path)
        assert done.json()["revoked_at"] is not None
    assert (await announced())[before:] == ["content.key.revoked"]
    watch.turn(timedelta(minutes=5))
    for secret, status in ((made, 401), (other, 401), (program, 200)):
        assert (await _exchange(group, program, secret["secret"])).status_code == status
    assert len(await listed(group, ADMIN, f"/v1/clients/{program['id']}/keys")) == 3


async def test_a_revoked_program_gets_neither_tokens_nor_keys(
    group: Group, unchanged: Unchanged
) -> None:
    program = await _program(group)
    done = await group.send(ADMIN, "DELETE", f"/v1/clients/{program['id']}")
    assert done.json()["revoked_at"] is not None
    async with unchanged():
        assert (await _exchange(group, program, program["secret"])).status_code == 401
        assert (await _key(group, program)).json()["type"] == "/problems/client-is-revoked"


async def test_a_key_that_is_not_to_be_is_refused_with_every_reason(
    group: Group, unchanged: Unchanged, watch: Watch
) -> None:
    program = await _program(group)
    late = watch() + timedelta(days=patience().keys.longest_days, seconds=1)
    async with unchanged():
        for fields, code in (
            ({"sites": ["3403009999"]}, "unknown"),
            ({"columns": [str(UUID(int=1))]}, "unknown"),
            ({"sites": [COUNTY_SITE], "columns": [group.columns["news"]]}, "other_site"),
            ({"verbs": ["review"]}, "beyond"),
            ({"sites": []}, "too_short"),
            ({"verbs": ["rule"]}, "enum"),
        ):
            refused = await _key(group, program, **fields)
            assert refused.status_code == 422, refused.text
            assert [fault["code"] for fault in refused.json()["faults"]] == [code]
        for expires_at in (watch().isoformat(), late.isoformat()):
            refused = await _key(group, program, expires_at=expires_at)
            assert refused.json()["type"] == "/problems/expiry-out-of-range"
        missing = await _key(group, program, expires_at=None)
        assert missing.status_code == 422


async def test_programs_are_their_administrators_business_alone(
    group: Group, unchanged: Unchanged
) -> None:
    program = await _program(group)
    path = f"/v1/clients/{program['id']}"
    body = {"name": "x", "expires_at": SOON}
    async with unchanged():
        for actor in (COUNTY_ADMIN, STRANGER, EDITOR):
            assert await listed(group, actor, "/v1/clients") == []
            for method, at, sent in (
                ("GET", f"{path}/keys", None),
                ("POST", f"{path}/keys", body),
                ("DELETE", f"{path}/keys/{program['key_id']}", None),
                ("DELETE", path, None),
            ):
                refused = await group.send(actor, method, at, sent)
                assert refused.status_code == 404, (at, refused.text)
    (seen,) = await listed(group, ADMIN, "/v1/clients")
    assert (seen["name"], seen["kind"]) == ("采编系统", "program")


async def test_what_a_program_writes_is_reviewed_by_people(group: Group) -> None:
    tokens = await _tokens(group, await _program(group))
    new = {
        "site_code": SITE,
        "column_id": group.columns["news"],
        "kind": "news",
        "title": "标题",
        "body": "正文。",
        "source": "来源",
    }
    item = (await send(group, tokens, "POST", "/v1/items", new)).json()
    wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
    refused = await send(group, tokens, "POST", "/v1/releases", wanted)
    assert refused.json()["type"] == "/problems/not-releasable"
    decision = {"step": "leader", "verdict": "approve", "content_hash": item["content_hash"]}
    refused = await send(
        group, tokens, "POST", f"/v1/items/{item['id']}/reviews", decision, version=1
    )
    assert refused.json()["type"] == "/problems/outside-authority"


@pytest.mark.parametrize("narrowing", ["site", "column"])
async def test_a_key_of_one_place_neither_sees_nor_touches_another(
    group: Group, unchanged: Unchanged, narrowing: str
) -> None:
    wide = await _program(group, organization="340300")
    scope = {"site": {"sites": [COUNTY_SITE]}, "column": {"columns": [group.columns["news"]]}}
    tokens = await _tokens(group, wide, **scope[narrowing])
    item = await group.released(kind="policy")
    own = {"site": group.county_columns["news"], "column": group.columns["news"]}[narrowing]
    text = {"title": "标题", "body": "正文。", "source": "来源"}
    new = {**text, "kind": "news"}
    site = {"site": COUNTY_SITE, "column": SITE}[narrowing]
    written = await send(
        group, tokens, "POST", "/v1/items", {**new, "site_code": site, "column_id": own}
    )
    assert written.status_code == 201, written.text
    seen = (await send(group, tokens, "GET", "/v1/items")).json()["items"]
    assert [each["id"] for each in seen] == [written.json()["id"]]
    wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
    other = {**new, "site_code": SITE, "column_id": group.columns["policies"]}
    async with unchanged():
        for method, path, body, status in (
            ("GET", f"/v1/items/{item['id']}", None, 404),
            ("PUT", f"/v1/items/{item['id']}", text, 404),
            ("POST", f"/v1/items/{item['id']}/submission", None, 404),
            ("POST", "/v1/releases", wanted, 404),
            ("POST", "/v1/items", other, 403),
            ("POST", f"/v1/items/{item['id']}/withdrawal", {"reason": "x"}, 403),
        ):
            version = item["version"]
            done = await send(group, tokens, method, path, body, version=version)
            assert done.status_code == status, (method, path, done.text)


async def test_a_key_releases_what_people_reviewed_in_its_place(group: Group) -> None:
    columns = [group.columns["policies"]]
    tokens = await _tokens(group, await _program(group), sites=[SITE], columns=columns)
    item = await group.cleared(kind="policy")
    wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
    released = await send(group, tokens, "POST", "/v1/releases", wanted)
    assert released.status_code == 201, released.text


async def test_a_key_of_one_site_follows_that_site_only(group: Group) -> None:
    partner = await _program(group, kind="partner", organization="340300")
    narrow = await _tokens(group, partner, sites=[SITE])
    wide = (await _exchange(group, partner, partner["secret"])).json()
    url = {"url": "https://example.org/"}
    for codes, status in (([], 403), ([COUNTY_SITE], 403), ([SITE, COUNTY_SITE], 403)):
        body = {**url, "site_codes": codes}
        assert (await send(group, narrow, "POST", "/v1/subscriptions", body)).status_code == status
        seen = (await send(group, wide, "POST", "/v1/subscriptions", body)).json()
        for path in ("", "/deliveries"):
            hidden = await send(group, narrow, "GET", f"/v1/subscriptions/{seen['id']}{path}")
            assert hidden.status_code == 404
    own = await send(group, narrow, "POST", "/v1/subscriptions", {**url, "site_codes": [SITE]})
    path = f"/v1/subscriptions/{own.json()['id']}"
    assert (await send(group, narrow, "GET", path)).status_code == 200


async def test_a_key_of_one_site_answers_for_that_site_only(
    group: Group, unchanged: Unchanged
) -> None:
    owed = await group.owed(await group.released())
    program = await _program(group, organization="340300")
    inside = await _tokens(group, program, sites=[COUNTY_SITE])
    outside = await _tokens(group, program, sites=[SITE])
    path = f"/v1/obligations/{owed['id']}/answer"
    body = {"answer": "accept", "column_id": group.county_columns["policies"]}
    async with unchanged():
        assert (await send(group, outside, "GET", "/v1/obligations")).json()["items"] == []
        refused = await send(group, outside, "POST", path, body, version=owed["version"])
        assert refused.status_code == 404
    assert len((await send(group, inside, "GET", "/v1/obligations")).json()["items"]) == 1
    done = await send(group, inside, "POST", path, body, version=owed["version"])
    assert done.status_code == 200, done.text


async def test_two_keys_of_one_program_do_not_share_answers_across_their_scopes(
    group: Group,
) -> None:
    program = person(Permission.EDIT, Permission.READ_DRAFTS, at=COUNTY_OFFICE, name="p")
    new = {"kind": "news", "title": "标题", "body": "正文。", "source": "来源"}
    place = {"site_code": COUNTY_SITE, "column_id": group.county_columns["news"]}
    keyed: dict[str, Any] = {"Idempotency_Key": "k"}
    first = replace(program, sites=frozenset({COUNTY_SITE}))
    done = await group.send(first, "POST", "/v1/items", {**new, **place}, **keyed)
    assert done.status_code == 201, done.text
    second = replace(program, sites=frozenset({SITE}))
    refused = await group.send(second, "POST", "/v1/items", {**new, **place}, **keyed)
    assert refused.json()["type"] == "/problems/key-used-for-another"
