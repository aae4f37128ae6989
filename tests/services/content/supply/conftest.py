from typing import Any

from shared.auth import Permission
from tests.factories.content import COUNTY_OFFICE, EDITOR, SITE, Group
from tests.support.people import person

CONTRIBUTOR = person(Permission.CONTRIBUTE, at=COUNTY_OFFICE, name="contributor")
COLLEAGUE = person(Permission.CONTRIBUTE, at=COUNTY_OFFICE, name="colleague")
UNIT = "340321-zfb"
TEXT = {"title": "我县夏粮喜获丰收", "body": "全县夏粮收获完毕。", "source": "五河县政府办公室"}
NOWHERE = "019c0000-0000-7000-8000-000000000000"


async def send(
    group: Group, actor: Any, thing: str, of: Any, what: str = "", body: Any = None
) -> Any:
    """Act on something as it was read."""
    method = "POST" if what else "PUT"
    path = f"/v1/{thing}/{of['id']}{what and '/' + what}"
    return await group.send(actor, method, path, body, version=of["version"])


async def contributed(group: Group, **fields: Any) -> Any:
    """What the county's unit just sent to the city's site."""
    new = {**TEXT, "organization": UNIT, "site_code": SITE, **fields}
    done = await group.send(CONTRIBUTOR, "POST", "/v1/contributions", new)
    assert done.status_code == 201, done.text
    return done.json()


async def adopted(group: Group, contribution: Any) -> Any:
    place = {"column_id": group.columns["news"], "kind": "news"}
    done = await send(group, EDITOR, "contributions", contribution, "adoption", place)
    assert done.status_code == 200, done.text
    return done.json()


async def asked(group: Group, **fields: Any) -> Any:
    """What the city's site just asked the county's unit for."""
    new = {
        "organization": UNIT,
        "site_code": SITE,
        "title": "夏粮收获情况",
        "brief": "请报送夏粮收获情况。",
        "kind": "news",
        "due_at": "2026-03-09T09:00:00Z",
    }
    done = await group.send(EDITOR, "POST", "/v1/supply-tasks", {**new, **fields})
    assert done.status_code == 201, done.text
    return done.json()
