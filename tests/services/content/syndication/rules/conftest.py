from typing import Any

import httpx

from shared.auth import Actor
from tests.factories.content import SUPERVISOR, Group

POLICIES = {
    "name": "市级政策转载到县",
    "issuer": "340300",
    "from_levels": ["city"],
    "kinds": ["policy"],
    "policy": "red_line",
    "level": "county",
}


async def post(group: Group, actor: Actor | None = SUPERVISOR, **fields: Any) -> httpx.Response:
    """A rule of the city's: the counties repost what it releases as policy."""
    return await group.send(actor, "POST", "/v1/directive-rules", {**POLICIES, **fields})


async def made(group: Group, **fields: Any) -> Any:
    done = await post(group, **fields)
    assert done.status_code == 201, done.text
    return done.json()


async def act(group: Group, rule: Any, name: str) -> Any:
    """The rule after it was suspended or resumed."""
    path = f"/v1/directive-rules/{rule['id']}/{name}"
    done = await group.send(SUPERVISOR, "POST", path, version=rule["version"])
    assert done.status_code == 200, done.text
    return done.json()


async def change(group: Group, rule: Any, **fields: Any) -> httpx.Response:
    data = {name: value for name, value in POLICIES.items() if name != "issuer"}
    path = f"/v1/directive-rules/{rule['id']}"
    return await group.send(SUPERVISOR, "PUT", path, {**data, **fields}, version=rule["version"])


async def firings(group: Group, rule: Any) -> Any:
    listed = await group.send(SUPERVISOR, "GET", f"/v1/directive-rules/{rule['id']}/firings")
    assert listed.status_code == 200, listed.text
    return listed.json()["items"]
