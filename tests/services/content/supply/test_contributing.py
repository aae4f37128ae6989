from datetime import timedelta
from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import (
    COUNTY_EDITOR,
    COUNTY_OFFICE,
    COUNTY_SITE,
    EDITOR,
    LEADER,
    OFFICE,
    SITE,
    STRANGER,
    Group,
)
from tests.services.content.conftest import Announced, Hear, Unchanged, Watch
from tests.services.content.supply.conftest import (
    COLLEAGUE,
    CONTRIBUTOR,
    NOWHERE,
    TEXT,
    UNIT,
    adopted,
    asked,
    contributed,
    send,
)
from tests.services.content.topics.conftest import topic
from tests.support.people import bearer, person
from tests.support.queries import CountQueries

CITY_CONTRIBUTOR = person(Permission.CONTRIBUTE, at=OFFICE, name="city-contributor")
WINDOW = "from=2026-03-02&to=2026-03-02"


async def test_a_unit_sends_a_text_to_the_upper_site_and_is_told_what_the_checks_say(
    group: Group, announced: Announced
) -> None:
    sent = await contributed(group, body="联系人：张伟 13812345678。")
    assert (sent["organization"], sent["contributor"]) == (COUNTY_OFFICE, CONTRIBUTOR.id)
    assert (sent["state"], sent["submitted_at"]) == ("submitted", "2026-03-02T01:00:00Z")
    assert {found["code"] for found in sent["findings"]} >= {"personal_data.mobile"}
    assert (await announced())[-1] == "content.contribution.submitted"
    read = await group.send(EDITOR, "GET", f"/v1/contributions/{sent['id']}")
    assert (read.json(), read.headers["ETag"]) == (sent, '"1"')


async def test_nobody_sends_in_another_unit_s_name_or_to_a_lower_site(
    group: Group, unchanged: Unchanged
) -> None:
    new = {**TEXT, "organization": UNIT, "site_code": SITE}
    down = {**TEXT, "organization": "340300-zfb", "site_code": COUNTY_SITE}
    async with unchanged():
        for actor in (CITY_CONTRIBUTOR, EDITOR, COUNTY_EDITOR):
            refused = await group.send(actor, "POST", "/v1/contributions", new)
            assert refused.json()["type"] == "/problems/outside-authority"
        lower = await group.send(
            CITY_CONTRIBUTOR, "POST", "/v1/contributions", {**down, "task_id": NOWHERE}
        )
    codes = [(fault["pointer"], fault["code"]) for fault in lower.json()["faults"]]
    assert codes == [("/site_code", "out_of_reach"), ("/task_id", "not_open")]


async def test_an_adopted_text_is_a_draft_whose_writer_may_never_review_it(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    done = await adopted(group, await contributed(group))
    assert (done["state"], done["adopted_at"]) == ("adopted", "2026-03-02T01:00:00Z")
    told = ["content.item.drafted", "content.contribution.adopted"]
    assert (await announced())[-2:] == told
    item = (await group.send(EDITOR, "GET", f"/v1/items/{done['item_id']}")).json()
    assert (item["title"], item["author"], item["stage"]) == (
        TEXT["title"],
        CONTRIBUTOR.id,
        "draft",
    )
    item = await group.submit(item)
    also_leader = person(Permission.READ_DRAFTS, Permission.REVIEW, at=OFFICE, name="contributor")
    async with unchanged():
        refused = await group.review(also_leader, item, "leader")
        assert refused.json()["type"] == "/problems/same-person"
    assert (await group.review(LEADER, item, "leader")).status_code == 200


async def test_a_contributor_who_is_revised_still_may_not_review(
    group: Group, unchanged: Unchanged
) -> None:
    done = await adopted(group, await contributed(group))
    path = f"/v1/items/{done['item_id']}"
    revised = await group.send(EDITOR, "PUT", path, {**TEXT, "title": "夏粮丰收"}, version=1)
    item = await group.submit(revised.json())
    also_leader = person(Permission.READ_DRAFTS, Permission.REVIEW, at=OFFICE, name="contributor")
    async with unchanged():
        assert (await group.review(also_leader, item, "leader")).status_code == 403


async def test_adoption_is_refused_whole_when_the_item_cannot_be_written(
    group: Group, unchanged: Unchanged
) -> None:
    sent = await contributed(group)
    async with unchanged():
        for place in (
            {"column_id": group.county_columns["news"], "kind": "news"},
            {"column_id": group.columns["news"], "kind": "news", "topic_id": NOWHERE},
        ):
            refused = await send(group, EDITOR, "contributions", sent, "adoption", place)
            assert refused.status_code == 422, refused.text


async def test_a_contribution_joins_a_topic_when_it_is_adopted(group: Group) -> None:
    opened = await topic(group)
    place = {"column_id": group.columns["news"], "kind": "news", "topic_id": opened["id"]}
    done = await send(group, EDITOR, "contributions", await contributed(group), "adoption", place)
    item = await group.send(EDITOR, "GET", f"/v1/items/{done.json()['item_id']}")
    assert item.json()["topic_id"] == opened["id"]


async def test_what_is_returned_is_put_right_and_sent_again(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    sent = await contributed(group)
    because = {"reason": "请补充产量，联系13812345678"}
    returned = (await send(group, EDITOR, "contributions", sent, "return", because)).json()
    assert (returned["state"], returned["reason"]) == ("returned", because["reason"])
    async with unchanged():
        theirs = await send(group, COLLEAGUE, "contributions", returned, body=TEXT)
        assert theirs.json()["type"] == "/problems/not-your-contribution"
        assert (
            await send(group, CONTRIBUTOR, "contributions", sent, body=TEXT)
        ).status_code == 412
    again = await send(group, CONTRIBUTOR, "contributions", returned, body=TEXT)
    assert (again.json()["state"], again.json()["reason"]) == ("submitted", None)
    declined = await send(
        group, EDITOR, "contributions", again.json(), "refusal", {"reason": "重复"}
    )
    assert declined.json()["state"] == "declined"
    told = ("submitted", "returned", "submitted", "declined")
    assert (await announced())[-4:] == [f"content.contribution.{what}" for what in told]


async def test_a_contributor_takes_back_what_was_not_decided(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    sent = await contributed(group)
    gone = await send(group, CONTRIBUTOR, "contributions", sent, "withdrawal")
    assert gone.json()["state"] == "withdrawn"
    assert (await announced())[-1] == "content.contribution.withdrawn"
    async with unchanged():
        for actor, what, body in (
            (CONTRIBUTOR, "withdrawal", None),
            (EDITOR, "return", {"reason": "x"}),
            (EDITOR, "refusal", {"reason": "x"}),
            (EDITOR, "adoption", {"column_id": group.columns["news"], "kind": "news"}),
        ):
            refused = await send(group, actor, "contributions", gone.json(), what, body)
            assert refused.json()["type"] == "/problems/contribution-decided"


async def test_who_neither_sent_nor_receives_finds_nothing_and_only_editors_decide(
    group: Group, unchanged: Unchanged
) -> None:
    sent = await contributed(group)
    foreign = person(*Permission, at="340000.340300.340322", name="foreign")
    reader = person(Permission.READ_DRAFTS, at=OFFICE, name="reader")
    acts: list[tuple[str, Any]] = [
        ("adoption", {"column_id": group.columns["news"], "kind": "news"}),
        ("return", {"reason": "x"}),
        ("refusal", {"reason": "x"}),
        ("withdrawal", None),
        ("", TEXT),
    ]
    async with unchanged():
        for what, body in acts:
            hidden = await send(group, foreign, "contributions", sent, what, body)
            missing = {"id": NOWHERE, "version": 1}
            nothing = await send(group, EDITOR, "contributions", missing, what, body)
            assert hidden.status_code == nothing.status_code == 404, what
            seen = await send(group, reader, "contributions", sent, what, body)
            assert seen.status_code == 403, what
        for what, body in acts[:3]:
            own = await send(group, STRANGER, "contributions", sent, what, body)
            assert own.json()["type"] == "/problems/outside-authority"
    listed = await group.send(foreign, "GET", "/v1/contributions")
    assert listed.json()["items"] == []


async def test_it_counts_as_published_when_its_item_is_released(
    group: Group, hear: Hear, announced: Announced, watch: Watch
) -> None:
    first = await adopted(group, await contributed(group))
    await adopted(group, await contributed(group))
    await contributed(group)
    item = (await group.send(EDITOR, "GET", f"/v1/items/{first['item_id']}")).json()
    item = await group.clear(await group.submit(item))
    watch.turn(timedelta(minutes=5))
    await group.release(item)
    await hear()
    await hear()
    shown = await group.send(CONTRIBUTOR, "GET", f"/v1/contributions/{first['id']}")
    assert shown.json()["published_at"] == "2026-03-02T01:05:00Z"
    assert (await announced()).count("content.contribution.published") == 1
    counted = await group.send(EDITOR, "GET", f"/v1/contributions/counts?{WINDOW}")
    assert counted.json()["items"] == [
        {"organization": COUNTY_OFFICE, "submitted": 3, "adopted": 2, "published": 1}
    ]


async def test_each_step_counts_on_its_own_day_in_beijing(group: Group, watch: Watch) -> None:
    sent = await contributed(group)
    watch.turn(timedelta(hours=15))  # midnight in Beijing
    place = {"column_id": group.columns["news"], "kind": "news"}
    done = await group.client.post(
        f"/v1/contributions/{sent['id']}/adoption",
        json=place,
        headers={**bearer(EDITOR, watch()), "If-Match": '"1"'},
    )
    assert done.status_code == 200, done.text

    async def counted(day: str, site: str = SITE) -> Any:
        path = f"/v1/contributions/counts?from={day}&to={day}&site_code={site}"
        shown = await group.client.get(path, headers=bearer(EDITOR, watch()))
        return [(row["submitted"], row["adopted"]) for row in shown.json()["items"]]

    assert await counted("2026-03-02") == [(1, 0)]
    assert await counted("2026-03-03") == [(0, 1)]
    assert await counted("2026-03-04") == []
    assert await counted("2026-03-02", COUNTY_SITE) == []


async def test_counts_are_a_table_with_names_and_for_those_concerned_only(
    group: Group, count_queries: CountQueries
) -> None:
    await contributed(group)
    new = {**TEXT, "organization": "340300-zfb", "site_code": SITE}
    await group.send(CITY_CONTRIBUTOR, "POST", "/v1/contributions", new)
    path = f"/v1/contributions/counts.csv?{WINDOW}"
    with count_queries(2):
        table = await group.send(EDITOR, "GET", path)
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = table.content.decode("utf-8-sig").splitlines()
    assert rows == [
        "单位路径,单位名称,报送,采用,发布",
        f"{OFFICE},340300-zfb,1,0,0",
        f"{COUNTY_OFFICE},340321-zfb,1,0,0",
    ]
    own = (await group.send(CONTRIBUTOR, "GET", path)).content.decode("utf-8-sig")
    assert own.splitlines()[1:] == [f"{COUNTY_OFFICE},340321-zfb,1,0,0"]
    with count_queries(1):
        page = await group.send(EDITOR, "GET", f"/v1/contributions/counts?{WINDOW}&first=1")
    after = page.json()["next"]
    rest = await group.send(EDITOR, "GET", f"/v1/contributions/counts?{WINDOW}&after={after}")
    units = [page.json()["items"][0], *rest.json()["items"]]
    assert [unit["organization"] for unit in units] == [OFFICE, COUNTY_OFFICE]


@pytest.mark.parametrize(
    "days", ["from=2026-03-02&to=2026-03-01", "from=2025-01-01&to=2026-03-01"]
)
async def test_a_time_to_count_in_is_a_year_at_most(group: Group, days: str) -> None:
    refused = await group.send(EDITOR, "GET", f"/v1/contributions/counts?{days}")
    assert refused.json()["faults"][0]["code"] == "out_of_range"


async def test_a_list_costs_one_statement_however_long(
    group: Group, count_queries: CountQueries
) -> None:
    for _ in range(3):
        await contributed(group)
        await asked(group)
    for first in (1, 3):
        for path in ("contributions", "supply-tasks"):
            with count_queries(1):
                shown = await group.send(EDITOR, "GET", f"/v1/{path}?first={first}")
            assert len(shown.json()["items"]) == first
