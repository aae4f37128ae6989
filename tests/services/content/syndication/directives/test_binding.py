from typing import Any

import pytest

from tests.factories.content import (
    ADMIN,
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.services.content.conftest import Unchanged
from tests.services.content.syndication.conftest import (
    LINE_SITE,
    LINE_SUPERVISOR,
    coverage,
    line,
)
from tests.support.queries import CountQueries

RED_LINE: dict[str, Any] = {"deadline": None, "policy": "red_line"}


async def bound(group: Group, item: Any, **fields: Any) -> set[str]:
    done = await group.directive(item, **fields)
    assert done.status_code == 201, done.text
    return set(await coverage(group, done.json()))


async def test_a_directive_binds_by_region_unit_and_trade(group: Group) -> None:
    await line(group)
    item = await group.released()
    assert await bound(group, item) == {COUNTY_SITE, LINE_SITE}
    assert await bound(group, item, regions=["340300"]) == {COUNTY_SITE, LINE_SITE}
    assert await bound(group, item, regions=["340321"]) == {COUNTY_SITE}
    assert await bound(group, item, organizations=["340321"]) == {COUNTY_SITE}
    assert await bound(group, item, trades=["department"]) == {LINE_SITE}
    assert await bound(group, item, trades=["office"], level="county") == {COUNTY_SITE}


async def test_a_directive_goes_down_a_supervision_line(group: Group) -> None:
    await line(group)
    item = await group.released()
    new = {"item_id": item["id"], "issuer": "340000-sw", "policy": "red_line", "reach": "line"}
    issued = await group.send(LINE_SUPERVISOR, "POST", "/v1/directives", new)
    assert issued.status_code == 201, issued.text
    assert set(await coverage(group, issued.json(), actor=LINE_SUPERVISOR)) == {LINE_SITE}
    below = await group.send(LINE_SUPERVISOR, "POST", "/v1/directives", {**new, "reach": "below"})
    assert below.json()["type"] == "/problems/nobody-bound"


async def test_whom_it_was_to_bind_and_how_its_deadline_came_about_is_told(group: Group) -> None:
    item = await group.released()
    issued = await group.directive(item, **RED_LINE, regions=["340321"], column_kind="policies")
    told = issued.json()
    assert (told["policy"], told["deadline"]) == ("red_line", "2026-03-03T01:00:00Z")
    assert told["deadline_basis"].startswith("按时限政策“24小时（全国红线）”，自 2026-03-02 09:00")
    assert (told["scope"]["regions"], told["column_kind"]) == (["340321"], "policies")
    [owed] = (await coverage(group, told)).values()
    assert (owed["deadline"], owed["told_at"]) == (told["deadline"], told["issued_at"])
    [told_site] = (await group.send(COUNTY_EDITOR, "GET", "/v1/obligations")).json()["items"]
    assert (told_site["title"], told_site["issuer"]) == (item["title"], told["issuer"])
    assert (told_site["ask"], told_site["column_kind"]) == ("repost", "policies")
    assert told_site["deadline_basis"] == told["deadline_basis"]
    by_hand = (await group.directive(item)).json()
    assert by_hand["deadline_basis"] == "由发出单位指定，截止 2026-03-09 09:00。"
    assert by_hand["policy"] is None


async def test_office_hours_are_counted_on_the_calendar_as_taken_in(group: Group) -> None:
    item = await group.released()
    told = (await group.directive(item, deadline=None, policy="office_day")).json()
    assert told["deadline"] == "2026-03-03T01:00:00Z"
    day_off = {"off": ["2026-03-03"], "makeup": [], "year": 2026, "issued_on": "2026-03-01"}
    notice = {"title": "关于2026年部分节假日安排的通知", "number": "国办发明电〔2026〕1号"}
    taken = await group.send(ADMIN, "PUT", "/v1/workdays/2026", {**notice, **day_off})
    assert taken.status_code == 200, taken.text
    told = (await group.directive(item, deadline=None, policy="office_day")).json()
    assert told["deadline"] == "2026-03-04T01:00:00Z"
    assert "其间不计 2026-03-03（法定节假日）" in told["deadline_basis"]


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"policy": "red_line"}, [("", "one_deadline")]),
        ({"deadline": None}, [("", "one_deadline")]),
        ({"later_days": 30}, [("", "later_policy")]),
        (
            {**RED_LINE, "later_days": 30, "site_codes": [COUNTY_SITE]},
            [("", "later_names")],
        ),
        ({**RED_LINE, "later_days": 0}, [("/later_days", "greater_than_equal")]),
        ({"regions": ["34"]}, [("/regions/0", "string_pattern_mismatch")]),
        ({"trades": ["church"]}, [("/trades/0", "enum")]),
        ({"reach": "everywhere"}, [("/reach", "enum")]),
        (
            {
                "deadline": None,
                "policy": "soon",
                "regions": ["440000"],
                "organizations": ["999"],
                "column_kind": "personnel",
            },
            [
                ("/regions/0", "out_of_reach"),
                ("/organizations/0", "out_of_reach"),
                ("/column_kind", "not_taken"),
                ("/policy", "unknown_policy"),
            ],
        ),
    ],
)
async def test_what_cannot_be_ordered_is_named_at_once_before_and_when_it_is_issued(
    group: Group, unchanged: Unchanged, fields: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    item = await group.released()
    new = {"item_id": item["id"], "issuer": "340300", "deadline": "2026-03-09T01:00:00Z"}
    async with unchanged():
        for path in ("/v1/directives", "/v1/directives/preview"):
            refused = await group.send(SUPERVISOR, "POST", path, {**new, **fields})
            assert refused.status_code == 422, refused.text
            told = [(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]]
            assert told == faults
            assert all(fault["detail"] != "此项有误。" for fault in refused.json()["faults"])


async def test_a_preview_tells_whom_it_would_bind_and_binds_nobody(
    group: Group, unchanged: Unchanged
) -> None:
    await line(group)
    item = await group.released()
    new = {"item_id": item["id"], "issuer": "340300", "policy": "target", "level": "county"}
    async with unchanged():
        shown = await group.send(SUPERVISOR, "POST", "/v1/directives/preview", new)
        for actor, status in ((EDITOR, 403), (STRANGER, 403), (None, 401)):
            refused = await group.send(actor, "POST", "/v1/directives/preview", new)
            assert refused.status_code == status
    assert shown.status_code == 200, shown.text
    preview = shown.json()
    assert (preview["count"], preview["deadline"]) == (1, "2026-03-02T13:00:00Z")
    assert [site["code"] for site in preview["sites"]] == [COUNTY_SITE]
    assert "12小时（工作目标）" in preview["deadline_basis"]


async def test_a_repost_is_never_ordered_as_an_original(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.released()
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    repost = (await group.answer(await group.owed(item), **given)).json()["repost_id"]
    async with unchanged():
        refused = await group.directive({"id": repost})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/repost-directed")
    assert refused.json()["original"] == item["id"]


async def test_issuers_list_what_they_issued_about_an_item(
    group: Group, count_queries: CountQueries
) -> None:
    item, other = await group.released(), await group.released(title="另一件")
    first = (await group.directive(item)).json()
    second = (await group.directive(other)).json()
    with count_queries(1):
        listed = await group.send(SUPERVISOR, "GET", "/v1/directives")
    assert [each["id"] for each in listed.json()["items"]] == [second["id"], first["id"]]
    listed = await group.send(SUPERVISOR, "GET", f"/v1/directives?item_id={item['id']}")
    assert [each["id"] for each in listed.json()["items"]] == [first["id"]]
    for actor in (STRANGER, COUNTY_EDITOR, LINE_SUPERVISOR):
        assert (await group.send(actor, "GET", "/v1/directives")).json()["items"] == []


async def test_a_directive_of_many_sites_costs_as_many_questions_as_one_of_few(
    group: Group, count_queries: CountQueries
) -> None:
    item = await group.released()
    new = {"item_id": item["id"], "issuer": "340300", "policy": "office_day"}
    for more in (line, None):
        with count_queries(4):
            await group.send(SUPERVISOR, "POST", "/v1/directives/preview", new)
        if more is not None:
            await more(group)


async def test_policies_are_listed_with_what_they_come_to_now(group: Group) -> None:
    listed = (await group.send(EDITOR, "GET", "/v1/deadline-policies")).json()
    assert {each["name"]: each["deadline"] for each in listed} == {
        "red_line": "2026-03-03T01:00:00Z",
        "target": "2026-03-02T13:00:00Z",
        "prompt": "2026-03-02T09:00:00Z",
        "office_day": "2026-03-03T01:00:00Z",
    }
    assert all(each["document"] and each["clause"] for each in listed)
