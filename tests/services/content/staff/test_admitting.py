import json
from typing import Any

import pytest
from sqlalchemy import select

from shared.auth import Permission
from shared.db import Sessions
from shared.idempotency import Answered, fingerprint
from tests.factories.content import ADMIN, COUNTY, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.support.people import bearer, person

COUNTY_ADMIN = person(Permission.ADMINISTER, at=COUNTY, name="county-admin")
PERSON = {
    "login": "wang.fang",
    "name": "王芳",
    "organization": "340300-zfb",
    "password": "a long enough password",
}
POST = {"login": "wang.fang", "kind": "editor", "organization": "340300-zfb"}
CLIENT = {"name": "合作网站", "organization": "340300"}


async def test_people_posts_and_programs_are_announced_without_their_names(
    group: Group, announced: Announced
) -> None:
    before = len(await announced())
    for path, new in (("/v1/people", PERSON), ("/v1/posts", POST), ("/v1/clients", CLIENT)):
        done = await group.send(ADMIN, "POST", path, new)
        assert done.status_code == 201, done.text
        assert "password" not in done.text
    assert (await announced())[before:] == [
        "content.person.joined",
        "content.post.filled",
        "content.client.admitted",
        "content.key.issued",
    ]


@pytest.mark.parametrize(
    ("path", "new"),
    [("/v1/people", PERSON), ("/v1/posts", {**POST, "login": "admin"}), ("/v1/clients", CLIENT)],
)
async def test_an_administrator_of_a_county_admits_nobody_to_the_city(
    group: Group, unchanged: Unchanged, path: str, new: dict[str, Any]
) -> None:
    async with unchanged():
        refused = await group.send(COUNTY_ADMIN, "POST", path, new)
        assert refused.status_code == 403, refused.text
        assert (await group.send(None, "POST", path, new)).status_code == 401


async def test_a_login_or_post_taken_twice_is_refused_by_name(
    group: Group, unchanged: Unchanged
) -> None:
    await group.send(ADMIN, "POST", "/v1/people", PERSON)
    await group.send(ADMIN, "POST", "/v1/posts", POST)
    async with unchanged():
        for path, new in (("/v1/people", PERSON), ("/v1/posts", POST)):
            refused = await group.send(ADMIN, "POST", path, new)
            assert refused.status_code == 409, refused.text
            assert refused.json()["type"] == "/problems/already-known"


async def test_every_fault_of_a_new_person_is_told_at_once(
    group: Group, unchanged: Unchanged
) -> None:
    new = {"login": "Wang Fang", "name": "", "organization": "?", "password": "short", "age": 3}
    async with unchanged():
        refused = await group.send(ADMIN, "POST", "/v1/people", new)
    assert refused.status_code == 422
    assert {fault["pointer"] for fault in refused.json()["faults"]} == {
        "/login",
        "/name",
        "/organization",
        "/password",
        "/age",
    }
    assert "short" not in [fault["detail"] for fault in refused.json()["faults"]]


async def test_a_password_of_lone_surrogates_is_refused(
    group: Group, unchanged: Unchanged
) -> None:
    body = b'{"login":"aa","name":"x","organization":"340300","password":"\\ud800aaaaaaaaaaaaaaa"}'
    headers = {"Content-Type": "application/json"}
    async with unchanged():
        refused = await group.client.post(
            "/v1/group",
            content=body.replace(b'"login"', b'"code":"xx","level":"city","login"'),
            headers={**headers, "X-Founding-Secret": "x"},
        )
    assert refused.status_code == 422, refused.text


async def test_a_post_needs_a_person_who_is_there(group: Group, unchanged: Unchanged) -> None:
    async with unchanged():
        assert (await group.send(ADMIN, "POST", "/v1/posts", POST)).status_code == 404


async def test_a_repeated_request_does_not_show_a_secret_again(
    group: Group, sessions: Sessions
) -> None:
    first = await group.send(ADMIN, "POST", "/v1/clients", CLIENT, Idempotency_Key="k")
    again = await group.send(ADMIN, "POST", "/v1/clients", CLIENT, Idempotency_Key="k")
    shown = first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == {name: shown[name] for name in shown if name != "secret"}
    async with sessions() as session:
        for kept in await session.scalars(select(Answered.body)):
            assert shown["secret"].encode() not in kept


async def test_a_kept_request_does_not_help_to_guess_the_password_in_it(
    group: Group, sessions: Sessions
) -> None:
    body = json.dumps(PERSON).encode()
    headers = {**bearer(ADMIN), "Content-Type": "application/json", "Idempotency-Key": "k"}
    done = await group.client.post("/v1/people", content=body, headers=headers)
    assert done.status_code == 201, done.text
    async with sessions() as session:
        (kept,) = await session.scalars(select(Answered.fingerprint))
    assert kept != fingerprint("POST", "/v1/people", "", body)
    again = await group.client.post("/v1/people", content=body, headers=headers)
    assert again.headers["Idempotency-Replayed"] == "true"
