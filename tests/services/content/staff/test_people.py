from typing import Any

import pytest
from sqlalchemy import select

from services.content.staff.patience import patience
from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.outbox import OutboxMessage
from tests.factories.content import ADMIN, CITY, COUNTY, OFFICE, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.staff.office import (
    COUNTY_CODE,
    PASSWORD,
    admit,
    listed,
    log_in,
    password,
    refreshing,
    send,
    token,
)
from tests.support.people import person
from tests.support.queries import CountQueries

COUNTY_ADMIN = person(Permission.ADMINISTER, at=COUNTY, name="county-admin")
NEW = "another long password"
FILLED = {"login": "helper", "kind": "administrator", "organization": "340321"}


async def test_an_administrator_sees_the_people_of_the_organizations_reached(
    group: Group,
) -> None:
    city, county = await admit(group, "city"), await admit(group, "county", of=COUNTY_CODE)
    assert {each["login"] for each in await listed(group, ADMIN, "/v1/people")} == {
        "admin",
        "city",
        "county",
    }
    assert await listed(group, COUNTY_ADMIN, "/v1/people") == [county]
    assert await listed(group, ADMIN, "/v1/people?organization=340300-zfb") == [city]
    assert await listed(group, ADMIN, "/v1/people?active=false") == []
    shown = await group.send(ADMIN, "GET", f"/v1/people/{city['id']}")
    assert (shown.json(), shown.headers["ETag"]) == (city, '"1"')
    hidden = await group.send(COUNTY_ADMIN, "GET", f"/v1/people/{city['id']}")
    assert hidden.status_code == 404


async def test_everyone_sees_themself_and_nobody_else(group: Group) -> None:
    own = await admit(group, "own", "editor")
    other = await admit(group, "other")
    tokens = await log_in(group, "own")
    assert (await send(group, tokens, "GET", "/v1/people")).json()["items"] == [own]
    assert (await send(group, tokens, "GET", f"/v1/people/{own['id']}")).json() == own
    shown = await send(group, tokens, "GET", f"/v1/people/{other['id']}")
    assert shown.status_code == 404


async def test_a_list_of_people_is_one_question_however_long(
    group: Group, count_queries: CountQueries
) -> None:
    for at in range(3):
        await admit(group, f"person{at}")
    with count_queries(1):
        assert len(await listed(group, ADMIN, "/v1/people")) == 4
    page = (await group.send(ADMIN, "GET", "/v1/people?first=3")).json()
    rest = await listed(group, ADMIN, f"/v1/people?first=3&after={page['next']}")
    assert [each["login"] for each in rest] == ["admin"]


async def test_whoever_is_barred_is_out_at_once_until_readmitted(
    group: Group, announced: Announced
) -> None:
    someone = await admit(group, "someone", "editor")
    tokens = await log_in(group, "someone")
    before = len(await announced())
    path = f"/v1/people/{someone['id']}"
    barred = await group.send(ADMIN, "POST", f"{path}/deactivation", version=1)
    assert (barred.status_code, barred.json()["active"]) == (200, False)
    assert (await token(group, refreshing(tokens))).status_code == 401
    assert (await token(group, password("someone"))).status_code == 401
    again = await group.send(ADMIN, "POST", f"{path}/reactivation", version=2)
    assert again.json()["active"] is True
    assert (await token(group, refreshing(tokens))).status_code == 401
    await log_in(group, "someone")
    assert (await announced())[before:] == [
        "content.person.deactivated",
        "content.post.fell_vacant",
        "content.person.reactivated",
    ]


async def test_barring_is_refused_where_it_does_not_fit(
    group: Group, unchanged: Unchanged
) -> None:
    someone = await admit(group, "someone")
    own = await admit(group, "own", "administrator")
    tokens = await log_in(group, "own")
    path = f"/v1/people/{someone['id']}"
    async with unchanged():
        for actor, act, version, status in (
            (ADMIN, "reactivation", 1, 409),
            (ADMIN, "deactivation", 7, 412),
            (ADMIN, "deactivation", None, 428),
            (COUNTY_ADMIN, "deactivation", 1, 404),
            (STRANGER, "deactivation", 1, 404),
        ):
            refused = await group.send(actor, "POST", f"{path}/{act}", version=version)
            assert refused.status_code == status, (actor, act, refused.text)
        oneself = f"/v1/people/{own['id']}/deactivation"
        refused = await send(group, tokens, "POST", oneself, version=1)
        assert refused.json()["type"] == "/problems/not-oneself"


async def test_the_last_administrator_of_the_group_stays(
    group: Group, unchanged: Unchanged
) -> None:
    (founder,) = await listed(group, ADMIN, "/v1/people")
    (post,) = await listed(group, ADMIN, "/v1/posts")
    async with unchanged():
        for method, path, version in (
            ("POST", f"/v1/people/{founder['id']}/deactivation", founder["version"]),
            ("DELETE", f"/v1/posts/{post['id']}", None),
        ):
            refused = await group.send(ADMIN, method, path, version=version)
            assert refused.json()["type"] == "/problems/last-administrator"
    await admit(group, "second", "administrator", at="340000")
    done = await group.send(ADMIN, "DELETE", f"/v1/posts/{post['id']}")
    assert done.status_code == 200, done.text


async def test_a_person_changes_their_password_and_keeps_only_this_session(
    group: Group, announced: Announced
) -> None:
    await admit(group, "someone")
    here, elsewhere = await log_in(group, "someone"), await log_in(group, "someone")
    before = len(await announced())
    body = {"old": PASSWORD, "new": NEW}
    done = await send(group, here, "PUT", "/v1/viewer/password", body, Idempotency_Key="k")
    assert done.status_code == 200, done.text
    assert (await token(group, refreshing(elsewhere))).status_code == 401
    assert (await token(group, refreshing(here))).status_code == 200
    assert (await token(group, password("someone"))).status_code == 401
    await log_in(group, "someone", NEW)
    assert (await announced())[before:] == ["content.password.changed"]
    again = await send(group, here, "PUT", "/v1/viewer/password", body, Idempotency_Key="k")
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_a_stolen_token_does_not_help_to_guess_the_old_password(group: Group) -> None:
    someone = await admit(group, "someone")
    thief = Actor(f"person:{someone['id']}", OFFICE)
    body = {"old": "wrong", "new": NEW}
    for _ in range(patience().logging_in.strange_address):
        refused = await group.send(thief, "PUT", "/v1/viewer/password", body)
        assert refused.json()["type"] == "/problems/wrong-old-password"
    refused = await group.send(thief, "PUT", "/v1/viewer/password", body)
    assert refused.status_code == 429
    assert (await token(group, password("someone"))).status_code == 429


async def test_a_program_has_no_password_to_change(group: Group, unchanged: Unchanged) -> None:
    async with unchanged():
        body = {"old": "x", "new": NEW}
        refused = await group.send(STRANGER, "PUT", "/v1/viewer/password", body)
    assert refused.status_code == 404


async def test_an_administrator_resets_a_password_and_ends_every_session(
    group: Group, announced: Announced
) -> None:
    someone = await admit(group, "someone")
    tokens = await log_in(group, "someone")
    before = len(await announced())
    path = f"/v1/people/{someone['id']}/password"
    done = await group.send(ADMIN, "PUT", path, {"password": NEW}, version=1)
    assert done.status_code == 200, done.text
    assert (await token(group, refreshing(tokens))).status_code == 401
    await log_in(group, "someone", NEW)
    assert (await announced())[before:] == ["content.password.changed"]


@pytest.mark.parametrize(
    ("act", "body"),
    [("password", {"password": NEW}), ("identity", {"issuer": "https://id", "subject": "x"})],
)
async def test_nobody_logs_in_as_someone_with_posts_they_do_not_administer(
    group: Group, unchanged: Unchanged, act: str, body: Any
) -> None:
    someone = await admit(group, "someone", "supervisor", at="340300", of=COUNTY_CODE)
    path = f"/v1/people/{someone['id']}/{act}"
    async with unchanged():
        refused = await group.send(COUNTY_ADMIN, "PUT", path, body, version=1)
    assert refused.status_code == 403, refused.text
    if act == "password":
        city = person(Permission.ADMINISTER, at=CITY, name="city-admin")
        done = await group.send(city, "PUT", path, body, version=1)
        assert done.status_code == 200, done.text


async def test_no_event_tells_a_name_or_login(group: Group, sessions: Sessions) -> None:
    someone = await admit(group, "someone", "editor")
    await group.send(ADMIN, "POST", f"/v1/people/{someone['id']}/deactivation", version=1)
    async with sessions() as session:
        for data in await session.scalars(select(OutboxMessage.data)):
            assert "someone" not in str(data)


@pytest.mark.parametrize("how", ["barred", "logged out", "vacated"])
async def test_who_was_shut_out_gives_no_authority_out_on_the_token_they_still_hold(
    group: Group, unchanged: Unchanged, how: str
) -> None:
    await admit(group, "helper", of="340321", at="340321")
    boss = await admit(group, "boss", "administrator", of="340321", at="340321")
    held = await log_in(group, "boss")
    (session,) = await listed(group, ADMIN, f"/v1/sessions?person_id={boss['id']}")
    posts = await listed(group, ADMIN, "/v1/posts?organization=340321")
    path, version = {
        "barred": (f"/v1/people/{boss['id']}/deactivation", boss["version"]),
        "logged out": (f"/v1/sessions/{session['id']}", None),
        "vacated": (f"/v1/posts/{posts[0]['id']}", None),
    }[how]
    method = "POST" if version else "DELETE"
    assert (await group.send(ADMIN, method, path, version=version)).status_code == 200
    new = {"name": "后门", "organization": "340321"}
    helper = (await listed(group, ADMIN, "/v1/people?organization=340321"))[-1]
    async with unchanged():
        for method, path, body, version in (
            ("POST", "/v1/people", {**new, "login": "door", "password": "x" * 12}, None),
            ("POST", "/v1/posts", FILLED, None),
            ("POST", "/v1/clients", {**new, "kind": "program"}, None),
            ("POST", f"/v1/people/{boss['id']}/reactivation", None, 2),
            ("PUT", f"/v1/people/{helper['id']}/password", {"password": "y" * 12}, 1),
        ):
            refused = await send(group, held, method, path, body, version=version)
            assert refused.status_code in {401, 403, 404}, (path, refused.text)
