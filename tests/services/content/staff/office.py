"""People who really log in, and what they then send."""

from typing import Any

import httpx

from shared.auth import Actor
from tests.factories.content import ADMIN, Group

PASSWORD = "a long enough password"  # noqa: S105  # of the tests
OFFICE_CODE, COUNTY_CODE = "340300-zfb", "340321-zfb"


async def admit(
    group: Group, login: str, *posts: str, at: str = OFFICE_CODE, of: str = OFFICE_CODE
) -> Any:
    """A person of one organization who holds posts at another, or the same."""
    new = {"login": login, "name": f"{login}的姓名", "organization": of, "password": PASSWORD}
    done = await group.send(ADMIN, "POST", "/v1/people", new)
    assert done.status_code == 201, done.text
    for kind in posts:
        await fill(group, login, kind, at)
    return done.json()


async def fill(group: Group, login: str, kind: str, at: str = OFFICE_CODE) -> Any:
    post = {"login": login, "kind": kind, "organization": at}
    done = await group.send(ADMIN, "POST", "/v1/posts", post)
    assert done.status_code == 201, done.text
    return done.json()


async def token(group: Group, form: dict[str, str], **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await group.client.post("/v1/auth/token", data=form, headers=named)


def password(login: str, given: str = PASSWORD) -> dict[str, str]:
    return {"grant_type": "password", "username": login, "password": given}


def refreshing(tokens: Any) -> dict[str, str]:
    return {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}


async def log_in(group: Group, login: str, given: str = PASSWORD, **headers: str) -> Any:
    done = await token(group, password(login, given), **headers)
    assert done.status_code == 200, done.text
    return done.json()


async def send(
    group: Group, tokens: Any, method: str, path: str, body: Any = None, **named: Any
) -> httpx.Response:
    """Send as whoever these tokens speak for."""
    bearer = f"Bearer {tokens['access_token']}"
    return await group.send(None, method, path, body, Authorization=bearer, **named)


async def permissions(group: Group, tokens: Any) -> dict[str, list[str]]:
    viewer = (await send(group, tokens, "GET", "/v1/viewer")).json()
    return {grant["permission"]: grant["organizations"] for grant in viewer["grants"]}


async def listed(group: Group, actor: Actor, path: str) -> list[Any]:
    done = await group.send(actor, "GET", path)
    assert done.status_code == 200, done.text
    items: list[Any] = done.json()["items"]
    return items
