from typing import Any

import pytest

from shared.auth import Permission
from shared.db import Sessions
from shared.uow import BeginAs, beginner
from tests.factories.content import ADMIN, SUPERVISOR, Group
from tests.services.content.conftest import Hear, Watch, hear_all
from tests.support.people import person

LINE = "340000.340000-sw"
LINE_SITE = "3403000010"
LINE_SUPERVISOR = person(Permission.ISSUE_DIRECTIVE, at=LINE, name="line-supervisor")


@pytest.fixture
def real_begin(real_sessions: Sessions, watch: Watch) -> BeginAs:
    return beginner(real_sessions, watch, "/content")


@pytest.fixture
def real_hear(real_sessions: Sessions, real_begin: BeginAs) -> Hear:
    return hear_all(real_sessions, real_begin)


async def register(group: Group, code: str, parent: str, **fields: Any) -> None:
    """Let a department of the city's level join under another unit."""
    new = {"code": code, "name": code, "kind": "department", "level": "city", "parent": parent}
    done = await group.send(ADMIN, "POST", "/v1/organizations", {**new, **fields})
    assert done.status_code == 201, done.text


async def open_site(group: Group, code: str, sponsor: str, **fields: Any) -> Any:
    """Open a site of a unit's; it stands in the city and is supervised by it."""
    site = {"code": code, "name": code, "domain": f"s{code}.gov.cn", "level": "city"}
    offices = {"supervising": "340300", "sponsoring": sponsor, "operating": sponsor}
    return await group.opened_site({**site, **offices, "region": "340300", **fields})


async def line(group: Group) -> None:
    """A department of the city on the province's second line, with a site of its own."""
    await register(group, "340000-sw", "340000", level="province")
    await register(group, "340300-sw", "340300", supervised_by="340000-sw")
    await open_site(group, LINE_SITE, "340300-sw")


async def coverage(group: Group, directive: Any, query: str = "", actor: Any = SUPERVISOR) -> Any:
    """What each site owes under a directive, by site."""
    path = f"/v1/directives/{directive['id']}/obligations{query}"
    listed = await group.send(actor, "GET", path)
    assert listed.status_code == 200, listed.text
    return {owed["site_code"]: owed for owed in listed.json()["items"]}
