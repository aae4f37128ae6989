"""Nobody without authority meets what a desk keeps, by whatever address."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from fastapi import FastAPI

from services.interaction.citizens.sealing import Keyring
from shared.auth import Actor, Permission
from shared.db import Sessions
from tests.services.interaction.conftest import CITY, COUNTY, ROADS, SITE
from tests.services.interaction.duty.conftest import DESK, LEADER, LI, WANG, Desk, person_id
from tests.support import people
from tests.support.houses import house_on, routed
from tests.support.interaction import interaction_over

MARKER = "麒麟阁"
ALL_ELSEWHERE = people.person(*Permission, at=COUNTY, name="stranger")
ANOTHER_UNIT = people.person(*Permission, at=ROADS, name="roads")
IMPERTINENT = people.person(Permission.EDIT, Permission.RELEASE, at=CITY, name="editor")
NOBODY = Actor("person:nobody", CITY)
KEY = replace(
    people.person(*Permission, at=CITY, name="key"), id="client:key", sites=frozenset({SITE})
)
FOREIGN = (ALL_ELSEWHERE, ANOTHER_UNIT, IMPERTINENT, NOBODY, KEY)
BODIES: dict[str, Any] = {
    "/v1/duty-desks/{organization}/members": {"person_id": person_id(LI), "name": "某"},
    "/v1/duty-members/{member_id}": {"name": "某"},
    "/v1/duty-members/{member_id}/absences": {"since": "2026-03-02", "until": "2026-03-02"},
    "/v1/duty-desks/{organization}/rosters": {"since": "2026-03-16", "until": "2026-03-17"},
    "/v1/duty-rosters/{roster_id}/days/{on}": {"member_id": None},
    "/v1/duties/{duty_id}/sign-off": {},
    "/v1/duties/{duty_id}/notes": {"text": "某"},
}
LISTS_OF_ONES_OWN = {"/v1/duty-desks", "/v1/my-duties"}


@pytest.fixture
def app(sessions: Sessions, keyring: Keyring) -> FastAPI:
    house = house_on(sessions, "/interaction")
    return routed(interaction_over(house, keyring))


@pytest_asyncio.fixture
async def ids(desk: Desk) -> dict[str, str]:
    """Something of each kind, with the marker wherever a name or text may stand."""
    await desk.done(
        *(LEADER, "PUT", f"/v1/duty-members/{(await desk.member(WANG))['id']}", {"name": MARKER}),
        version=1,
    )
    published = await desk.publish()
    duty = (await desk.of(WANG))[0]
    asked = {"member_id": (await desk.member(LI))["id"]}
    swap = (await desk.act(WANG, duty, "swaps", asked)).json()
    duty = (await desk.act(WANG, duty, "sign-on")).json()
    left = await desk.act(WANG, duty, "notes", {"text": MARKER})
    assert left.status_code == 201
    absence = (await desk.absent(LI, LEADER, "2026-12-01", "2026-12-01")).json()
    await desk.draft(since="2026-03-16", until="2026-03-20")
    return {
        "organization": "office",
        "member_id": published["days"][0]["member_id"],
        "absence_id": absence["id"],
        "roster_id": published["id"],
        "duty_id": duty["id"],
        "swap_id": swap["id"],
        "on": "2026-03-16",
    }


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for path, methods in app.openapi()["paths"].items():
        if "duty" in path or "duties" in path:
            yield from ((method.upper(), path) for method in methods)


def body_of(path: str, ids: dict[str, str]) -> Any:
    if path.endswith(("/cover", "/swaps")):
        return {"member_id": ids["member_id"]}
    return BODIES.get(path)


async def test_nobody_from_outside_reads_or_does_anything_at_a_desk(
    desk: Desk, app: FastAPI, ids: dict[str, str]
) -> None:
    before, tried = await desk.announced(), 0
    for method, path in routes(app):
        address = path.format(**ids)
        for actor in FOREIGN:
            body = None if method == "GET" else body_of(path, ids)
            more = {} if method == "GET" else {"version": 1}
            answer = await desk.send(actor, method, address, body, **more)
            assert MARKER not in answer.text, (method, address, actor.id)
            if path in LISTS_OF_ONES_OWN:
                assert answer.json()["items"] == []
            else:
                assert answer.status_code in {403, 404}, (method, address, actor.id, answer.text)
            tried += 1
    assert tried >= 5 * 25
    assert await desk.announced() == before


async def test_every_address_asks_for_a_token(
    desk: Desk, app: FastAPI, ids: dict[str, str]
) -> None:
    asked = [(method, path.format(**ids)) for method, path in routes(app)]
    for method, address in asked:
        answer = await desk.send(None, method, address, {}, version=1)
        assert answer.status_code == 401, (method, address, answer.text)
    assert len(asked) >= 25


async def test_an_unknown_thing_and_a_hidden_one_are_answered_alike(
    desk: Desk, app: FastAPI, ids: dict[str, str]
) -> None:
    for method, path in routes(app):
        if "_id}" not in path:
            continue
        answers = []
        for address in (path, re.sub(r"{\w+_id}", str(UUID(int=77)), path)):
            body = None if method == "GET" else body_of(path, ids)
            more = {} if method == "GET" else {"version": 1}
            answer = await desk.send(ALL_ELSEWHERE, method, address.format(**ids), body, **more)
            told = answer.json()
            told.pop("request_id")
            answers.append((answer.status_code, told))
        assert answers[0] == answers[1], path


async def test_the_marker_is_there_for_those_of_the_desk(desk: Desk, ids: dict[str, str]) -> None:
    for path in ("now", "members", "duties", "rosters", "swaps", "notes"):
        assert MARKER in (await desk.send(LI, "GET", f"{DESK}/{path}")).text, path
    assert MARKER in (await desk.send(LI, "GET", f"/v1/duties/{ids['duty_id']}")).text


async def test_no_event_holds_a_name_or_a_note(desk: Desk, ids: dict[str, str]) -> None:
    told = str(await desk.announced())
    for word in (MARKER, "王芳", "李强", "赵敏", "陈主任"):
        assert word not in told
    assert ids["duty_id"] in told
