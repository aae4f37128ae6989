from typing import Any

import pytest

from deploy.local.demonstration.tour import CITY, eventually
from tests.journeys.office import BODY, JYJ, Office, ahead, word

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.asyncio(loop_scope="session")]


async def test_an_incident_starts_clocks_that_its_first_release_meets(office: Office) -> None:
    new = {"site_code": CITY, "kind": "incident", "title": f"{word()}突发事件"}
    opened = await office.editor.rest(
        "POST", "/v1/topics", {**new, "occurred_at": ahead(hours=-1)}
    )
    topic = opened.json()
    assert {clock["state"] for clock in topic["clocks"]} == {"running"}
    path = f"/v1/topics/{topic['id']}"
    item = await office.released("topic_update", topic_id=topic["id"])

    async def met() -> Any:
        clocks = (await office.editor.rest("GET", path)).json()["clocks"]
        return next((clock for clock in clocks if clock["item_id"] == item["id"]), None)

    clock = await eventually(met, "the clock met")
    assert (clock["kind"], clock["state"]) == ("authoritative_release", "met")
    assert clock["met_at"] == (await office.public(item))["first_public_at"]
    line = f"/v1/public/topics/{topic['id']}/timeline"
    shown = (await office.citizen.rest("GET", line)).json()["items"]
    assert [one["id"] for one in shown] == [item["id"]]
    held = {"held_at": ahead(seconds=-5), "place": "市政府新闻发布厅"}
    version = (await office.editor.rest("GET", path)).headers["etag"]
    done = await office.editor.rest("POST", f"{path}/press-conference", held, If_Match=version)
    assert {clock["state"] for clock in done.json()["clocks"]} == {"met"}


async def test_a_contribution_is_adopted_published_and_counted_for_its_unit(
    office: Office,
) -> None:
    due = {"due_at": ahead(days=3), "kind": "news", "title": "教育动态", "brief": "每月一篇。"}
    task = {"organization": JYJ, "site_code": CITY, **due}
    asked = (await office.editor.rest("POST", "/v1/supply-tasks", task)).json()
    correspondent, _ = await office.admit(JYJ, "correspondent")
    text = {"title": f"{word()}开学", "body": BODY, "source": "蚌埠市教育局"}
    new = {**text, "organization": JYJ, "site_code": CITY, "task_id": asked["id"]}
    sent = (await correspondent.rest("POST", "/v1/contributions", new)).json()
    path = f"/v1/contributions/{sent['id']}"
    adoption = {"column_id": office.columns["news"], "kind": "news"}
    await correspondent.rest("POST", f"{path}/adoption", adoption, status=403, If_Match='"1"')
    adopted = await office.editor.rest("POST", f"{path}/adoption", adoption, If_Match='"1"')
    before = await counts(office, sent)
    item = (await office.editor.rest("GET", f"/v1/items/{adopted.json()['item_id']}")).json()
    assert item["author"] == sent["contributor"]
    await office.release(await office.clear(item))

    async def published() -> Any:
        now = await counts(office, sent)
        return now if now["published"] == before["published"] + 1 else None

    assert (await eventually(published, "the count"))["adopted"] == before["adopted"]
    shown = await office.editor.rest("GET", f"/v1/supply-tasks/{asked['id']}")
    assert shown.json()["state"] == "fulfilled"


async def counts(office: Office, sent: Any) -> Any:
    """Return what is counted for the unit of a contribution."""
    # Days are Beijing's; both that the instant may fall into are asked about.
    days = f"from={ahead(days=-1)[:10]}&to={ahead(days=1)[:10]}"
    path = f"/v1/contributions/counts?{days}&site_code={CITY}"
    listed = (await office.editor.rest("GET", path)).json()["items"]
    return next(one for one in listed if one["organization"] == sent["organization"])
