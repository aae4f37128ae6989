from datetime import timedelta
from typing import Any

from shared.auth import Permission
from tests.factories.content import CITY, COUNTY_OFFICE, EDITOR, OFFICE, SITE, Group
from tests.support.people import person

SUPERVISOR = person(Permission.READ_DRAFTS, Permission.ISSUE_DIRECTIVE, at=CITY, name="supervisor")
CONTRIBUTOR = person(Permission.CONTRIBUTE, at=COUNTY_OFFICE, name="contributor")
READER = person(Permission.READ_DRAFTS, at=OFFICE, name="reader")
HOUR = timedelta(hours=1)
INCIDENT = {"kind": "incident", "occurred_at": "2026-03-02T00:30:00Z"}
CONCERN = {"kind": "concern", "source": "网友在论坛反映"}


async def topic(group: Group, **fields: Any) -> Any:
    """A topic just opened on the city's site."""
    new = {"site_code": SITE, "title": "防汛抗旱", "kind": "special", **fields}
    done = await group.send(EDITOR, "POST", "/v1/topics", new)
    assert done.status_code == 201, done.text
    return done.json()


async def read(group: Group, topic: Any) -> Any:
    shown = await group.send(EDITOR, "GET", f"/v1/topics/{topic['id']}")
    assert shown.status_code == 200, shown.text
    return shown.json()


async def act(group: Group, actor: Any, topic: Any, what: str, body: Any = None) -> Any:
    return await group.send(
        actor, "POST", f"/v1/topics/{topic['id']}/{what}", body, version=topic["version"]
    )


def clocks(topic: Any) -> dict[str, str]:
    return {clock["kind"]: clock["state"] for clock in topic["clocks"]}
