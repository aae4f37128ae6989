from datetime import timedelta
from typing import Any

import httpx

from tests.factories.content import ADMIN, EDITOR, OFFICE, Group
from tests.gateway.conftest import Ask
from tests.support.people import NOW

PASSWORD = "a long enough password"  # noqa: S105  # of the tests
SESSIONS = "{ sessions { nodes { id personId device endedAt } } }"
END = """mutation($id: UUID!) { endSession(id: $id) {
  ... on Session { id endedAt } ... on Problem { status } } }"""


async def _admitted(group: Group, login: str) -> None:
    new = {
        "login": login,
        "name": "李明",
        "organization": "340300-zfb",
        "password": PASSWORD,
    }
    done = await group.send(ADMIN, "POST", "/v1/people", new)
    assert done.status_code == 201, done.text


async def _token(group: Group, login: str) -> dict[str, str]:
    """The headers of a person who just logged in."""
    form = {"grant_type": "password", "username": login, "password": PASSWORD}
    tokens = (await group.client.post("/v1/auth/token", data=form)).json()
    return {"Authorization": f"Bearer {tokens['access_token']}"}


async def _logged_in(group: Group, login: str) -> dict[str, str]:
    await _admitted(group, login)
    return await _token(group, login)


async def _as(
    gateway: httpx.AsyncClient, headers: dict[str, str], query: str, **variables: Any
) -> Any:
    asked = {"query": query, "variables": variables}
    return (await gateway.post("/graphql", json=asked, headers=headers)).json()["data"]


async def test_a_viewer_learns_what_they_may_and_for_whom_they_act(group: Group, ask: Ask) -> None:
    del group
    query = "{ viewer { id grants { permission } actingFor { post } sites columns } }"
    viewer = (await ask(query, EDITOR))["data"]["viewer"]
    assert viewer["id"] == EDITOR.id
    assert {grant["permission"] for grant in viewer["grants"]} == {
        str(permission) for permission in EDITOR.grants
    }
    assert (viewer["actingFor"], viewer["sites"]) == ([], None)


async def test_whoever_stands_in_for_another_is_told_so(
    group: Group, gateway: httpx.AsyncClient
) -> None:
    leader = await _logged_in(group, "leader")
    post = {"login": "leader", "kind": "leader", "organization": "340300-zfb"}
    filled = (await group.send(ADMIN, "POST", "/v1/posts", post)).json()
    await _admitted(group, "deputy")
    until = (NOW + timedelta(hours=1)).isoformat()
    lent = {"post": filled["id"], "to": "deputy", "from": NOW.isoformat(), "until": until}
    done = await group.send(None, "POST", "/v1/delegations", {**lent, "reason": "出差"}, **leader)
    assert done.status_code == 201, done.text
    query = "{ viewer { actingFor { post organization until } } }"
    viewer = (await _as(gateway, await _token(group, "deputy"), query))["viewer"]
    assert viewer["actingFor"] == [{"post": "LEADER", "organization": OFFICE, "until": until}]


async def test_a_login_is_seen_and_ended_by_its_owner_only(
    group: Group, gateway: httpx.AsyncClient, ask: Ask
) -> None:
    someone = await _logged_in(group, "someone")
    other = await _logged_in(group, "other")
    (session,) = (await _as(gateway, someone, SESSIONS))["sessions"]["nodes"]
    assert session["endedAt"] is None
    foreign = await _as(gateway, other, END, id=session["id"])
    assert foreign["endSession"] == {"status": 404}
    anonymous = await ask(END, id=session["id"])
    assert anonymous["data"]["endSession"] == {"status": 401}
    done = await _as(gateway, someone, END, id=session["id"])
    assert done["endSession"]["endedAt"] is not None
    named = "query($id: UUID!) { sessions(personId: $id) { nodes { id } } }"
    theirs = await _as(gateway, other, named, id=session["personId"])
    assert theirs["sessions"]["nodes"] == []
