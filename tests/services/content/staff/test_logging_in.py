import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from services.content.staff.credentials import REFRESHABLE
from services.content.staff.models import Client, ClientKey, FailedLogin, Person, RefreshToken
from shared.db import Sessions
from tests.factories.content import ADMIN, Group
from tests.services.content.conftest import Unchanged, Watch

PASSWORD = "a long enough password"  # noqa: S105  # of the tests
OWN = {"grant_type": "password", "username": "admin", "password": PASSWORD}


async def _token(client: httpx.AsyncClient, **form: str) -> httpx.Response:
    return await client.post("/v1/auth/token", data=form)


async def _refresh(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await _token(client, grant_type="refresh_token", refresh_token=token)


async def _admit(group: Group, login: str = "wang.fang") -> None:
    new = {"login": login, "name": "王芳", "organization": "340300-zfb", "password": PASSWORD}
    done = await group.send(ADMIN, "POST", "/v1/people", new)
    assert done.status_code == 201, done.text


async def test_a_password_gets_a_token_that_speaks_for_the_persons_posts(group: Group) -> None:
    await _admit(group)
    post = {"login": "wang.fang", "kind": "editor", "organization": "340300-zfb"}
    assert (await group.send(ADMIN, "POST", "/v1/posts", post)).status_code == 201
    issued = await _token(group.client, **{**OWN, "username": "wang.fang"})
    assert issued.status_code == 200, issued.text
    assert (issued.json()["token_type"], issued.json()["expires_in"]) == ("Bearer", 900)
    assert issued.headers["Cache-Control"] == "no-store"
    token = {"Authorization": f"Bearer {issued.json()['access_token']}"}
    viewer = (await group.client.get("/v1/viewer", headers=token)).json()
    assert viewer["organization"] == "340000.340300.340300-zfb"
    assert [grant["permission"] for grant in viewer["grants"]] == [
        "edit",
        "read_drafts",
        "release",
        "repost",
    ]


@pytest.mark.usefixtures("group")
async def test_only_a_hash_of_a_password_is_kept(sessions: Sessions) -> None:
    async with sessions() as session:
        kept = await session.scalar(select(Person.password_hash))
    assert kept is not None
    assert kept.startswith("$argon2id$")


async def test_a_wrong_password_and_an_unknown_login_are_refused_alike(group: Group) -> None:
    wrong = await _token(group.client, **{**OWN, "password": "another password"})
    unknown = await _token(group.client, **{**OWN, "username": "nobody"})
    assert wrong.status_code == unknown.status_code == 401
    told = [{**answer.json(), "request_id": ""} for answer in (wrong, unknown)]
    assert told[0] == told[1]
    assert told[0]["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"grant_type": "implicit"},
        {"grant_type": "password", "username": "a\x00b", "password": "x"},
        {"grant_type": "password", "username": "a" * 201, "password": "x"},
    ],
)
async def test_a_token_request_that_makes_no_sense_is_a_problem(
    group: Group, unchanged: Unchanged, form: dict[str, str]
) -> None:
    async with unchanged():
        refused = await group.client.post("/v1/auth/token", data=form)
    assert refused.status_code == 422, refused.text
    known = "unsupported_grant_type" if form.get("grant_type") == "implicit" else "invalid_request"
    assert refused.json()["error"] == known


@pytest.mark.parametrize("form", [b"username=%ff%fe", b"username=%ED%A0%80", b"\xff\xfe=&=", b"%"])
async def test_a_form_of_broken_bytes_is_no_fault_of_ours(group: Group, form: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    whole = b"grant_type=password&password=x&" + form
    refused = await group.client.post("/v1/auth/token", content=whole, headers=headers)
    assert 400 <= refused.status_code < 500, refused.text


async def test_a_token_request_may_carry_an_idempotency_key(group: Group) -> None:
    issued = await group.client.post("/v1/auth/token", data=OWN, headers={"Idempotency-Key": "k"})
    assert issued.status_code == 200, issued.text


async def test_a_failure_is_recorded_although_it_is_refused(
    group: Group, sessions: Sessions
) -> None:
    await _token(group.client, **{**OWN, "username": "nobody"})
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(FailedLogin)) == 1


async def test_a_refresh_token_is_used_once_and_handed_on(group: Group) -> None:
    first = (await _token(group.client, **OWN)).json()
    second = (await _refresh(group.client, first["refresh_token"])).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert (await _refresh(group.client, second["refresh_token"])).status_code == 200


async def test_a_refresh_token_used_twice_revokes_all_that_came_from_it(group: Group) -> None:
    first = (await _token(group.client, **OWN)).json()
    other = (await _token(group.client, **OWN)).json()
    second = (await _refresh(group.client, first["refresh_token"])).json()
    third = (await _refresh(group.client, second["refresh_token"])).json()
    assert (await _refresh(group.client, first["refresh_token"])).status_code == 401
    for revoked in (second, third):
        assert (await _refresh(group.client, revoked["refresh_token"])).status_code == 401
    assert (await _refresh(group.client, other["refresh_token"])).status_code == 200


async def test_of_many_who_refresh_at_once_at_most_one_succeeds(real_group: Group) -> None:
    token = (await _token(real_group.client, **OWN)).json()["refresh_token"]
    answers = await asyncio.gather(*(_refresh(real_group.client, token) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401]


async def test_a_refresh_token_ends(group: Group, watch: Watch) -> None:
    token = (await _token(group.client, **OWN)).json()["refresh_token"]
    watch.turn(REFRESHABLE)
    assert (await _refresh(group.client, token)).status_code == 401


async def test_a_person_who_left_gets_no_token(group: Group, sessions: Sessions) -> None:
    token = (await _token(group.client, **OWN)).json()["refresh_token"]
    async with sessions.begin() as session:
        (person,) = await session.scalars(select(Person))
        person.active = False
    assert (await _refresh(group.client, token)).status_code == 401
    assert (await _token(group.client, **OWN)).status_code == 401


async def _client(group: Group) -> Any:
    new = {"name": "合作网站", "organization": "340300"}
    done = await group.send(ADMIN, "POST", "/v1/clients", new)
    assert done.status_code == 201, done.text
    return done.json()


async def test_a_program_logs_in_with_the_secret_it_was_shown(group: Group) -> None:
    shown = await _client(group)
    issued = await _token(
        group.client,
        grant_type="client_credentials",
        client_id=shown["id"],
        client_secret=shown["secret"],
    )
    assert issued.status_code == 200, issued.text
    assert issued.json()["refresh_token"] is None
    token = {"Authorization": f"Bearer {issued.json()['access_token']}"}
    viewer = (await group.client.get("/v1/viewer", headers=token)).json()
    assert viewer["id"] == f"client:{shown['id']}"
    assert [grant["permission"] for grant in viewer["grants"]] == ["subscribe"]


async def test_of_secrets_only_digests_are_kept(group: Group, sessions: Sessions) -> None:
    secret = (await _client(group))["secret"].encode()
    token = (await _token(group.client, **OWN)).json()["refresh_token"].encode()
    async with sessions() as session:
        digests = [
            *await session.scalars(select(ClientKey.digest)),
            *await session.scalars(select(RefreshToken.digest)),
        ]
    assert [len(digest) for digest in digests] == [32, 32]
    assert not {secret, token} & set(digests)


async def test_a_wrong_secret_or_a_revoked_client_gets_no_token(
    group: Group, sessions: Sessions, watch: Watch
) -> None:
    shown = await _client(group)
    form = {"grant_type": "client_credentials", "client_id": shown["id"]}
    wrong = await _token(group.client, **form, client_secret=shown["secret"] + "x")
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    for odd in ("", "x", "019c0000-0000-7000-8000-000000000000"):
        unknown = await _token(
            group.client, **{**form, "client_id": odd}, client_secret=shown["secret"]
        )
        assert {**unknown.json(), "request_id": ""} == {**wrong.json(), "request_id": ""}
    async with sessions.begin() as session:
        (client,) = await session.scalars(select(Client))
        client.revoked_at = watch()
    revoked = await _token(group.client, **form, client_secret=shown["secret"])
    assert revoked.status_code == 401
