import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shared.db import Sessions
from shared.outbox import OutboxMessage
from tests.factories.content import ADMIN, COUNTY_SITE, EDITOR, SITE, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.services.content.registry.test_site_life import DAY, OTHER_SUPERVISOR, act, site
from tests.support.people import bearer

MIGRATION = {"notice": "内容已迁至市政府网站", "destination_url": "https://www.bengbu.gov.cn/"}


async def test_a_site_closes_a_month_after_it_told_where_its_content_goes(
    group: Group, announced: Announced, unchanged: Unchanged, watch: Watch
) -> None:
    item = await group.released()
    merged, target = group.columns["news"], group.columns["policies"]
    await group.change("merge_columns", from_id=merged, into_id=target)
    early = await act(group, "closure")
    assert early.json()["type"] == "/problems/wrong-site-state"
    assert (await act(group, "migration", MIGRATION)).status_code == 200
    watch.turn(timedelta(hours=1))
    async with unchanged():
        refused = await _later(group, watch, "closure")
        assert refused.json()["type"] == "/problems/notice-too-short"
    watch.turn(30 * DAY)
    done = await _later(group, watch, "closure")
    assert done.status_code == 200, done.text
    shown = await site(group)
    assert shown["state"] == "closed"
    assert shown["notice"]["destination_url"] == MIGRATION["destination_url"]
    assert (await announced())[-2:] == ["content.site.migrating", "content.site.closed"]
    assert (await group.client.get(f"/v1/public/items/{item['id']}")).status_code == 200
    for path in ("", "/items", "/labels", "/feed.atom"):
        moved = await group.client.get(f"/v1/public/columns/{merged}{path}")
        assert moved.headers["Location"] == f"/v1/public/columns/{target}{path}"
        assert (await group.client.get(moved.headers["Location"])).status_code == 200


async def _later(group: Group, watch: Watch, what: str) -> Any:
    """Act with a token of that later day."""
    named = bearer(SUPERVISOR, watch.now) | {"If-Match": f'"{(await site(group))["version"]}"'}
    return await group.client.post(f"/v1/sites/{SITE}/{what}", headers=named)


async def test_a_closed_site_takes_no_new_items(
    group: Group, unchanged: Unchanged, watch: Watch
) -> None:
    cleared = await group.cleared()
    await act(group, "migration", MIGRATION)
    watch.turn(31 * DAY)
    assert (await _later(group, watch, "closure")).status_code == 200
    watch.turn(-31 * DAY)  # the clock goes back so that the tokens of the other people hold
    new = {"site_code": SITE, "column_id": group.columns["news"], "kind": "news", "title": "题"}
    async with unchanged():
        refused = await group.send(
            EDITOR, "POST", "/v1/items", {**new, "body": "文", "source": "办公室"}
        )
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/closed-for-good")
        refused = await group.release(cleared)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-running")


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"destination_url": None}, 422),
        ({"destination_site": COUNTY_SITE}, 422),
        ({"destination_url": None, "destination_site": SITE}, 422),
        ({"destination_url": None, "destination_site": "9999990000"}, 404),
        ({"destination_url": "javascript:alert(1)"}, 422),
        ({"destination_url": "https://localhost/"}, 422),
        ({"destination_url": "https://10.0.0.1/"}, 422),
        ({"destination_url": "https://[::1]/"}, 422),
        ({"destination_url": "https://office:secret@www.bengbu.gov.cn/"}, 422),
        ({"destination_url": f"https://www.s{SITE}.gov.cn/new"}, 422),
    ],
)
async def test_a_migration_leads_to_one_place_that_is_there(
    group: Group, unchanged: Unchanged, wrong: dict[str, Any], status: int
) -> None:
    async with unchanged():
        refused = await act(group, "migration", {**MIGRATION, **wrong})
    assert refused.status_code == status, refused.text


async def test_a_site_may_migrate_to_another_one_of_the_group(group: Group) -> None:
    to = {"notice": "内容已迁移", "destination_site": SITE}
    done = await act(group, "migration", to, code=COUNTY_SITE)
    assert done.status_code == 200, done.text
    assert done.json()["notice"]["destination_site"] == SITE


async def test_a_site_migrates_to_none_that_leaves_itself(
    group: Group, unchanged: Unchanged
) -> None:
    to = {"notice": "内容已迁移", "destination_site": SITE}
    assert (await act(group, "migration", to, code=COUNTY_SITE)).status_code == 200
    async with unchanged():
        refused = await act(group, "migration", {**to, "destination_site": COUNTY_SITE})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/destination-leaves")


async def test_a_site_does_not_close_while_its_destination_leaves_too(
    group: Group, unchanged: Unchanged, watch: Watch
) -> None:
    to = {"notice": "内容已迁移", "destination_site": COUNTY_SITE}
    assert (await act(group, "migration", to)).status_code == 200
    assert (await act(group, "migration", MIGRATION, code=COUNTY_SITE)).status_code == 200
    watch.turn(31 * DAY)
    async with unchanged():
        refused = await _later(group, watch, "closure")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/destination-leaves")


async def test_a_site_that_was_to_close_may_stay_after_all(
    group: Group, announced: Announced, sessions: Sessions, unchanged: Unchanged, watch: Watch
) -> None:
    why = {"reason": "机构改革方案调整，请联系13855201234"}
    async with unchanged():
        early = await act(group, "migration/cancellation", why)
        assert early.json()["type"] == "/problems/wrong-site-state"
    assert (await act(group, "migration", MIGRATION)).status_code == 200
    async with unchanged():
        for actor, status in ((ADMIN, 422), (OTHER_SUPERVISOR, 403), (EDITOR, 403)):
            given = None if actor is ADMIN else why
            refused = await act(group, "migration/cancellation", given, actor)
            assert refused.status_code == status, (actor.id, refused.text)
        stale = f"/v1/sites/{SITE}/migration/cancellation"
        assert (await group.send(SUPERVISOR, "POST", stale, why, version=1)).status_code == 412
    done = await act(group, "migration/cancellation", why)
    assert (done.status_code, done.json()["state"], done.json()["notice"]) == (200, "open", None)
    assert (await announced())[-1] == "content.site.migration_cancelled"
    async with sessions() as session:
        question = select(OutboxMessage.data).order_by(OutboxMessage.position.desc()).limit(1)
        told = str(await session.scalar(question))
    assert "机构改革方案调整" in told
    assert "13855201234" not in told
    assert (await act(group, "migration", MIGRATION)).status_code == 200
    watch.turn(29 * DAY)  # the time of the first notice does not count
    async with unchanged():
        refused = await _later(group, watch, "closure")
    assert refused.json()["type"] == "/problems/notice-too-short"


async def test_of_closing_and_staying_at_once_one_comes_about(
    real_group: Group, watch: Watch
) -> None:
    assert (await act(real_group, "migration", MIGRATION)).status_code == 200
    watch.turn(31 * DAY)
    version = (await site(real_group))["version"]
    named = bearer(SUPERVISOR, watch.now) | {"If-Match": f'"{version}"'}
    path = f"/v1/sites/{SITE}"
    answers = await asyncio.gather(
        real_group.client.post(f"{path}/closure", headers=named),
        real_group.client.post(
            f"{path}/migration/cancellation", json={"reason": "保留"}, headers=named
        ),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
