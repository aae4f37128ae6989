from typing import Any

import pytest

from tests.factories.content import ADMIN, COUNTY_EDITOR, EDITOR, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import bearer
from tests.support.queries import CountQueries

USCC, OTHER_USCC = "11441700007280420Y", "11620622013933539B"
BY_CODE = {"pattern": "{organization}/{year}{month}-{serial:5}"}
BY_USCC = {"pattern": "{uscc}/{year}-{serial:5}", "uscc": USCC}


def _address(code: str = "340300") -> str:
    return f"/v1/organizations/{code}/index-pattern"


async def _number(group: Group, item: Any) -> str | None:
    return (await group.public(item))["index_no"]


async def test_items_are_numbered_in_the_order_they_were_asked_for_without_a_gap(
    group: Group,
) -> None:
    items = [await group.cleared() for _ in range(3)]
    refused = await group.release(*items, await group.draft())
    assert refused.status_code == 422
    assert (await group.release(items[2], items[0])).status_code == 201
    assert (await group.release(items[1])).status_code == 201
    assert [await _number(group, item) for item in (items[2], items[0], items[1])] == [
        f"340300-zfb/2026-0000{serial}" for serial in (1, 2, 3)
    ]


async def test_a_number_stays_for_ever_and_a_new_year_counts_anew(
    group: Group, watch: Watch
) -> None:
    item = await group.released()
    await group.withdraw(item)
    item = await group.cleared_again(item)
    assert (await group.release(item)).status_code == 201
    assert await _number(group, item) == "340300-zfb/2026-00001"
    item = await group.revised(item, title="新题", correction_note="更正标题。")
    later = await group.cleared()
    watch.now = watch.now.replace(year=2027)
    wanted = [{"item_id": one["id"], "version": one["version"]} for one in (item, later)]
    done = await group.client.post(
        "/v1/releases", json={"items": wanted}, headers=bearer(EDITOR, watch())
    )
    assert done.status_code == 201, done.text
    assert await _number(group, item) == "340300-zfb/2026-00001"
    assert await _number(group, later) == "340300-zfb/2027-00001"


async def test_news_bear_no_number(group: Group) -> None:
    assert await _number(group, await group.released(kind="news")) is None


async def test_the_nearest_pattern_above_an_organization_holds(
    group: Group, announced: Announced
) -> None:
    done = await group.send(ADMIN, "PUT", _address(), BY_USCC)
    assert (done.status_code, done.headers["ETag"]) == (200, '"1"')
    assert (await announced())[-1] == "content.index_pattern.set"
    assert await _number(group, await group.released()) == f"{USCC}/2026-00001"
    assert (await group.send(ADMIN, "PUT", _address("340300-zfb"), BY_CODE)).status_code == 200
    assert await _number(group, await group.released()) == "340300-zfb/202603-00001"
    read = await group.send(EDITOR, "GET", _address())
    assert (read.json()["pattern"], read.json()["uscc"]) == (BY_USCC["pattern"], USCC)
    assert (await group.send(EDITOR, "GET", _address("340321"))).status_code == 404


async def test_those_who_share_a_credit_code_count_together(group: Group) -> None:
    other = {"code": "340300-gaj", "name": "公安局", "kind": "department", "level": "city"}
    await group.send(ADMIN, "POST", "/v1/organizations", {**other, "parent": "340300-zfb"})
    assert (await group.send(ADMIN, "PUT", _address(), BY_USCC)).status_code == 200
    numbers = [await _number(group, await group.released()) for _ in range(2)]
    assert numbers == [f"{USCC}/2026-0000{serial}" for serial in (1, 2)]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({"pattern": "{organization}/{year}"}, ["placeholder_missing"]),
        ({"pattern": "{uscc}/{year}-{serial}"}, ["uscc_missing"]),
        ({**BY_USCC, "uscc": "114417000072804200"}, ["credit_code"]),
        ({**BY_USCC, "uscc": "1"}, ["string_pattern_mismatch"]),
        ({"pattern": "\x00"}, ["string_pattern_mismatch"]),
        ({}, ["missing"]),
    ],
)
async def test_a_pattern_says_what_is_wrong_with_it(
    group: Group, unchanged: Unchanged, body: Any, codes: list[str]
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "PUT", _address(), body)
    assert refused.status_code == 422, refused.text
    assert [fault["code"] for fault in refused.json()["faults"]] == codes


async def test_setting_a_pattern_takes_authority_and_the_version_read(
    group: Group, unchanged: Unchanged
) -> None:
    assert (await group.send(ADMIN, "PUT", _address(), BY_USCC)).status_code == 200
    async with unchanged():
        for actor, code, version, status in (
            (EDITOR, "340300", 1, 403),
            (STRANGER, "340300", 1, 403),
            (None, "340300", 1, 401),
            (ADMIN, "000000", None, 404),
            (ADMIN, "340300", None, 428),
            (ADMIN, "340300", 2, 412),
            (ADMIN, "340321", 1, 412),
        ):
            done = await group.send(actor, "PUT", _address(code), BY_CODE, version=version)
            assert done.status_code == status, done.text
        taken = await group.send(ADMIN, "PUT", _address("340321"), BY_USCC)
        assert taken.json()["type"] == "/problems/code-taken"
    moved = {**BY_USCC, "uscc": OTHER_USCC}
    assert (await group.send(ADMIN, "PUT", _address(), moved, version=1)).status_code == 200


async def test_a_number_another_has_given_is_not_given_again(
    group: Group, unchanged: Unchanged
) -> None:
    await group.send(ADMIN, "PUT", _address(), BY_USCC)
    await group.released()
    await group.send(ADMIN, "PUT", _address(), {**BY_USCC, "uscc": OTHER_USCC}, version=1)
    await group.send(ADMIN, "PUT", _address("340300-zfb"), BY_USCC)
    item = await group.cleared()
    async with unchanged():
        refused = await group.release(item)
    assert refused.json()["type"] == "/problems/number-taken"


async def test_staff_find_an_item_by_its_number(group: Group, count_queries: CountQueries) -> None:
    item, _ = await group.released(), await group.released()
    path = "/v1/index-numbers?index_no=340300-zfb/2026-00001"
    with count_queries(1):
        found = await group.send(EDITOR, "GET", path)
    assert [one["item_id"] for one in found.json()["items"]] == [item["id"]]
    for actor in (STRANGER, COUNTY_EDITOR):
        assert (await group.send(actor, "GET", path)).json()["items"] == []
