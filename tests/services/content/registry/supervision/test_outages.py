from datetime import timedelta
from typing import Any

import pytest

from tests.factories.content import ADMIN, COUNTY_SITE, SITE, STRANGER, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.support.people import NOW
from tests.support.queries import CountQueries

PATH = f"/v1/sites/{SITE}/outages"
BEGAN = NOW - timedelta(hours=1)
NEW = {
    "began_at": BEGAN.isoformat(),
    "expected_until": (NOW + timedelta(hours=3)).isoformat(),
    "cause": "机房断电",
}


async def reported(group: Group) -> Any:
    done = await group.send(ADMIN, "POST", PATH, NEW)
    assert done.status_code == 201, done.text
    return done.json()


async def test_an_outage_is_reported_and_ended(group: Group, announced: Announced) -> None:
    outage = await reported(group)
    assert outage["reported_at"] == NOW.isoformat().replace("+00:00", "Z")
    assert (outage["reported_by"], outage["ended_at"]) == (ADMIN.id, None)
    ended = await group.send(ADMIN, "POST", f"/v1/outages/{outage['id']}/end", version=1)
    assert ended.json()["ended_at"] == outage["reported_at"]
    assert (await announced())[-2:] == ["content.outage.reported", "content.outage.ended"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"began_at": (NOW + timedelta(seconds=1)).isoformat()},
        {"expected_until": BEGAN.isoformat()},
        {"expected_until": "2026-03-02T12:00:00"},
        {"cause": " "},
    ],
)
async def test_a_report_that_makes_no_sense_is_refused(
    group: Group, unchanged: Unchanged, wrong: dict[str, str]
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "POST", PATH, {**NEW, **wrong})
    assert refused.status_code == 422, refused.text


async def test_one_report_excuses_no_more_than_a_month(group: Group, unchanged: Unchanged) -> None:
    month = timedelta(days=30)
    async with unchanged():
        long = {**NEW, "expected_until": (BEGAN + month + timedelta(seconds=1)).isoformat()}
        refused = await group.send(ADMIN, "POST", PATH, long)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/outage-too-long")
    assert refused.json()["longest_days"] == 30
    longest = {**NEW, "expected_until": (BEGAN + month).isoformat()}
    assert (await group.send(ADMIN, "POST", PATH, longest)).status_code == 201


async def test_a_site_has_one_outage_at_a_time(group: Group, unchanged: Unchanged) -> None:
    outage = await reported(group)
    end = f"/v1/outages/{outage['id']}/end"
    async with unchanged():
        second = await group.send(ADMIN, "POST", PATH, NEW)
        assert (second.status_code, second.json()["type"]) == (409, "/problems/outage-lasts")
    await group.send(ADMIN, "POST", end, version=1)
    async with unchanged():
        again = await group.send(ADMIN, "POST", end, version=2)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/outage-over")
    await reported(group)


async def test_the_sponsor_reports_and_both_lines_read(
    group: Group, unchanged: Unchanged, count_queries: CountQueries
) -> None:
    outage = await reported(group)
    async with unchanged():
        for actor in (SUPERVISOR, STRANGER):
            assert (await group.send(actor, "POST", PATH, NEW)).status_code == 403
        for actor, status in ((SUPERVISOR, 403), (STRANGER, 404)):
            path = f"/v1/outages/{outage['id']}/end"
            assert (await group.send(actor, "POST", path, version=1)).status_code == status
    for actor, query, seen in (
        (ADMIN, "", 1),
        (SUPERVISOR, f"?site_code={SITE}&lasting=true", 1),
        (SUPERVISOR, "?lasting=false", 0),
        (SUPERVISOR, f"?site_code={COUNTY_SITE}", 0),
        (STRANGER, "", 0),
    ):
        with count_queries(1):
            page = await group.send(actor, "GET", f"/v1/outages{query}")
        assert len(page.json()["items"]) == seen, (actor.id, query)
