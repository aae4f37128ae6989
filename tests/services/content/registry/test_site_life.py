from datetime import timedelta
from typing import Any

from sqlalchemy import select

from services.content.registry.models import Suspension
from services.content.registry.schedule import tasks
from shared.auth import Permission
from shared.db import Sessions
from shared.outbox import OutboxMessage
from shared.uow import BeginAs
from tests.factories.content import ADMIN, COUNTY, COUNTY_SITE, EDITOR, SITE, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.services.content.registry.test_registering import COUNTY_ADMIN, NEW_SITE
from tests.support.people import person

CODE = NEW_SITE["code"]
DAY = timedelta(days=1)
OTHER_SUPERVISOR = person(Permission.APPROVE_CHANGE, at=COUNTY, name="below")


async def applied(group: Group, **columns: Any) -> Any:
    """A site of the county that is not open yet, with a column."""
    done = await group.send(COUNTY_ADMIN, "POST", "/v1/sites", NEW_SITE)
    column = {"site_code": CODE, "name": "要闻", "kind": "news", **columns}
    planned = await group.send(COUNTY_ADMIN, "POST", "/v1/columns", column)
    assert planned.status_code == 201, planned.text
    return {"site": done.json(), "column": planned.json()}


async def site(group: Group, code: str = SITE) -> Any:
    return (await group.client.get(f"/v1/public/sites/{code}")).json()


async def act(
    group: Group, what: str, body: Any = None, actor: Any = SUPERVISOR, code: str = SITE
) -> Any:
    version = (await site(group, code))["version"]
    return await group.send(actor, "POST", f"/v1/sites/{code}/{what}", body, version=version)


def suspension(watch: Watch, days: float = 30) -> dict[str, str]:
    until = (watch.now + timedelta(days=days)).isoformat()
    return {"until": until, "reason": "机房搬迁", "notice": "网站因维护暂停服务"}


async def test_opening_announces_the_site_and_starts_the_clocks_of_its_columns(
    group: Group, announced: Announced, watch: Watch
) -> None:
    new = await applied(group)
    before = len(await announced())
    opened = await group.open(new["site"])
    assert (opened["state"], opened["version"]) == ("open", new["site"]["version"] + 1)
    assert (await site(group, CODE))["opened_at"] == watch.now.isoformat().replace("+00:00", "Z")
    assert (await announced())[before:] == ["content.site.opened", "content.column.opened"]


async def test_readers_see_nothing_of_a_site_before_it_opens(group: Group) -> None:
    new = await applied(group)
    for path in (f"/v1/public/sites/{CODE}", f"/v1/public/columns/{new['column']['id']}"):
        assert (await group.client.get(path)).status_code == 404
    for path in (
        f"/v1/public/sites?code={CODE}",
        f"/v1/public/sites/{CODE}/columns",
        f"/v1/public/columns?id={new['column']['id']}",
    ):
        assert (await group.client.get(path)).json()["items"] == []
    feed = await group.client.get(f"/v1/public/sites/{CODE}/feed.atom")
    assert feed.status_code == 404


async def test_a_site_is_opened_by_the_organization_that_supervises_it(
    group: Group, unchanged: Unchanged
) -> None:
    new = await applied(group)
    path = f"/v1/sites/{CODE}/opening"
    async with unchanged():
        for actor, status in ((COUNTY_ADMIN, 403), (OTHER_SUPERVISOR, 404), (EDITOR, 404)):
            refused = await group.send(actor, "POST", path, version=new["site"]["version"])
            assert refused.status_code == status, (actor.id, refused.text)
        stale = await group.send(SUPERVISOR, "POST", path, version=7)
        assert stale.status_code == 412
    await group.open(new["site"])
    async with unchanged():
        again = await act(group, "opening", code=CODE)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/wrong-site-state")


async def test_a_site_that_is_applied_for_is_arranged_freely(
    group: Group, announced: Announced
) -> None:
    new = await applied(group)
    column, data = new["column"], {k: v for k, v in NEW_SITE.items() if k != "code"}
    numbers = {"icp_number": "皖ICP备05018251号-1", "police_number": "皖公网安备 34032102000123号"}
    revised = await group.send(
        COUNTY_ADMIN, "PUT", f"/v1/sites/{CODE}", {**data, **numbers, "name": "新名"}, version=1
    )
    assert revised.status_code == 200, revised.text
    assert revised.json() == {**new["site"], **numbers, "name": "新名", "version": 2}
    plan = {"name": "通知", "kind": "notices", "keywords": ["通知", "公告"], "position": 3}
    path = f"/v1/columns/{column['id']}"
    planned = await group.send(COUNTY_ADMIN, "PUT", path, plan, version=column["version"])
    assert planned.status_code == 200, planned.text
    assert planned.json()["target_days"] == 30
    assert planned.json()["keywords"] == ["通知", "公告"]
    assert (await announced())[-2:] == ["content.site.changed", "content.column.planned"]


async def test_a_column_that_is_applied_for_cannot_stand_under_itself(
    group: Group, unchanged: Unchanged
) -> None:
    column = (await applied(group))["column"]
    under = {"name": "下级", "kind": "news", "parent_id": column["id"]}
    below = await group.send(COUNTY_ADMIN, "POST", "/v1/columns", {**under, "site_code": CODE})
    assert below.status_code == 201, below.text
    async with unchanged():
        plan = {"name": "要闻", "kind": "news", "parent_id": below.json()["id"]}
        path = f"/v1/columns/{column['id']}"
        refused = await group.send(COUNTY_ADMIN, "PUT", path, plan, version=column["version"])
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/under-itself")
        elsewhere = {**under, "site_code": CODE, "parent_id": group.columns["news"]}
        refused = await group.send(COUNTY_ADMIN, "POST", "/v1/columns", elsewhere)
        assert refused.status_code == 404


async def test_an_open_site_changes_by_application_only(
    group: Group, unchanged: Unchanged
) -> None:
    data = {k: v for k, v in NEW_SITE.items() if k != "code"} | {"region": "340300"}
    column = {"name": "通知", "kind": "notices"}
    async with unchanged():
        for method, path, body in (
            ("PUT", f"/v1/sites/{SITE}", data),
            ("POST", "/v1/columns", {**column, "site_code": SITE}),
            ("PUT", f"/v1/columns/{group.columns['news']}", column),
        ):
            version = (await site(group))["version"]
            refused = await group.send(ADMIN, method, path, body, version=version)
            assert refused.status_code == 409, (path, refused.text)
            assert refused.json()["type"] == "/problems/by-application-only"


async def test_a_suspended_site_tells_its_readers_why(
    group: Group, announced: Announced, watch: Watch
) -> None:
    done = await act(group, "suspension", suspension(watch))
    assert done.status_code == 200, done.text
    shown = await site(group)
    assert (shown["state"], shown["notice"]["text"]) == ("suspended", "网站因维护暂停服务")
    assert (await announced())[-1] == "content.site.suspended"


async def test_a_suspension_that_runs_out_ends_by_itself_and_once(
    group: Group, begin: BeginAs, sessions: Sessions, announced: Announced, watch: Watch
) -> None:
    [task] = tasks(sessions, begin)
    await act(group, "suspension", suspension(watch, days=10))
    watch.turn(10 * DAY - timedelta(seconds=1))
    assert await task.run(watch.now) == 0
    watch.turn(timedelta(seconds=1))
    assert [await task.run(watch.now), await task.run(watch.now)] == [1, 0]
    shown = await site(group)
    assert (shown["state"], shown["notice"]) == ("open", None)
    assert (await announced()).count("content.site.reopened") == 1


async def test_a_site_opened_again_by_hand_is_not_opened_by_the_clock(
    group: Group, begin: BeginAs, sessions: Sessions, announced: Announced, watch: Watch
) -> None:
    sponsor = person(Permission.ADMINISTER, name="sponsor")
    [task] = tasks(sessions, begin)
    await act(group, "suspension", suspension(watch, days=1))
    async with sessions.begin() as session:
        (row,) = await session.scalars(select(Suspension))
        row.due_at = watch.now  # as a worker that claimed it just before
    done = await act(group, "reopening", actor=sponsor)
    assert done.status_code == 200, done.text
    async with sessions.begin() as session:
        (row,) = await session.scalars(select(Suspension))
        row.due_at = watch.now
    assert await task.run(watch.now) == 1
    assert (await announced()).count("content.site.reopened") == 1


async def test_a_second_suspension_in_a_year_is_refused_and_next_year_not(
    group: Group, unchanged: Unchanged, watch: Watch
) -> None:
    await act(group, "suspension", suspension(watch, days=1))
    await act(group, "reopening")
    async with unchanged():
        refused = await act(group, "suspension", suspension(watch, days=1))
        assert (refused.status_code, refused.json()["type"]) == (
            409,
            "/problems/suspended-before",
        )
        too_long = await act(group, "suspension", suspension(watch, days=31), code=COUNTY_SITE)
        assert (too_long.status_code, too_long.json()["longest_days"]) == (422, 30)


async def test_reasons_go_out_without_personal_data(
    group: Group, sessions: Sessions, watch: Watch
) -> None:
    told = {**suspension(watch), "reason": "请联系13855201234", "notice": "电话13855201234"}
    assert (await act(group, "suspension", told)).status_code == 200
    async with sessions() as session:
        question = select(OutboxMessage.data).where(OutboxMessage.type == "content.site.suspended")
        (data,) = await session.scalars(question)
    assert "13855201234" not in str(data)
