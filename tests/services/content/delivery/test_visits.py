import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from services.content.delivery.pace import Pace
from tests.factories.content import ADMIN, COUNTY_SITE, EDITOR, SITE, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import bearer


async def _visit(group: Group, item: str, **headers: str) -> httpx.Response:
    return await group.client.post(f"/v1/public/items/{item}/visits", headers=headers)


async def test_visits_are_counted_by_the_day_in_beijing(
    group: Group, watch: Watch, announced: Announced
) -> None:
    item = await group.released()
    before = await announced()
    address = f"/v1/public/items/{item['id']}/visits"
    assert (await group.client.get(address)).json() == {
        "item_id": item["id"],
        "total": 0,
        "days": [],
    }
    for hours in (0, 14, 1):  # from nine in the morning; at midnight another day begins
        watch.turn(timedelta(hours=hours))
        counted = await _visit(group, item["id"])
        assert (counted.status_code, counted.content) == (204, b"")
        assert "set-cookie" not in counted.headers
    assert (await group.client.get(address)).json() == {
        "item_id": item["id"],
        "total": 3,
        "days": [{"day": "2026-03-03", "count": 1}, {"day": "2026-03-02", "count": 2}],
    }
    assert await announced() == before


async def test_only_what_is_public_is_counted(group: Group, unchanged: Unchanged) -> None:
    draft, withdrawn = await group.draft(), await group.released()
    await group.withdraw(withdrawn)
    async with unchanged():
        for item, told in ((draft["id"], 404), (withdrawn["id"], 410), (str(UUID(int=1)), 404)):
            assert (await _visit(group, item)).status_code == told
            read = await group.client.get(f"/v1/public/items/{item}/visits")
            assert read.status_code == told


async def test_more_than_people_make_are_not_counted(
    group: Group, app: FastAPI, unchanged: Unchanged
) -> None:
    app.state.pace = Pace(rate=1, burst=2)
    item = await group.released()
    for _ in range(2):
        assert (await _visit(group, item["id"])).status_code == 204
    async with unchanged():
        refused = await _visit(group, item["id"])
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-visits")
    assert refused.headers["Retry-After"]


async def test_visits_at_once_are_all_counted(real_group: Group) -> None:
    item = await real_group.released()
    done = await asyncio.gather(*(_visit(real_group, item["id"]) for _ in range(20)))
    assert {answer.status_code for answer in done} == {204}
    read = await real_group.client.get(f"/v1/public/items/{item['id']}/visits")
    assert read.json()["total"] == 20


async def test_staff_read_a_site_s_visits(group: Group) -> None:
    one, other = await group.released(), await group.released()
    for item in (one, one, other):
        await _visit(group, item["id"])
    await group.withdraw(other)
    days = "since=2026-03-01&until=2026-03-31"
    for actor in (EDITOR, ADMIN):
        read = await group.send(actor, "GET", f"/v1/sites/{SITE}/visits?{days}")
        assert read.json() == {
            "site_code": SITE,
            "total": 3,
            "days": [{"day": "2026-03-02", "count": 3}],
        }
    read = await group.send(ADMIN, "GET", f"/v1/sites/{COUNTY_SITE}/visits?{days}")
    assert read.json()["total"] == 0


@pytest.mark.parametrize(
    "path", ["visits?since=2026-03-01&until=2026-03-02", "annual-counters?year=2026"]
)
async def test_nobody_else_reads_them(group: Group, path: str) -> None:
    for actor, status in ((STRANGER, 403), (None, 401)):
        refused = await group.send(actor, "GET", f"/v1/sites/{SITE}/{path}")
        assert refused.status_code == status
    missing = await group.send(ADMIN, "GET", f"/v1/sites/9999990000/{path}")
    assert missing.status_code == 404


@pytest.mark.parametrize(
    "days",
    [
        "since=2026-03-02&until=2026-03-01",
        "since=2025-03-01&until=2026-03-02",
        "since=2026-03-02",
        "since=2026-03-02&until=x",
        "since=2026-03-02&until=9999-01-01",
    ],
)
async def test_days_that_are_no_span_are_refused(group: Group, days: str) -> None:
    headers = bearer(ADMIN)
    refused = await group.client.get(f"/v1/sites/{SITE}/visits?{days}", headers=headers)
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["pointer"].startswith("query:")
