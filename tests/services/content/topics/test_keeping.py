from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import COUNTY_EDITOR, COUNTY_SITE, EDITOR, SITE, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.topics.conftest import (
    CONCERN,
    CONTRIBUTOR,
    INCIDENT,
    READER,
    SUPERVISOR,
    act,
    clocks,
    read,
    topic,
)
from tests.support.people import person
from tests.support.queries import CountQueries

NOWHERE = "019c0000-0000-7000-8000-000000000000"
TEXT = {"title": "标题", "body": "正文", "source": "来源"}


async def test_an_incident_starts_both_clocks_at_its_registration(
    group: Group, announced: Announced
) -> None:
    opened = await topic(group, **INCIDENT)
    assert opened["registered_at"] == "2026-03-02T01:00:00Z"
    assert opened["occurred_at"] == "2026-03-02T00:30:00Z"
    assert [(clock["kind"], clock["state"], clock["deadline"]) for clock in opened["clocks"]] == [
        ("authoritative_release", "running", "2026-03-02T06:00:00Z"),
        ("press_conference", "running", "2026-03-03T01:00:00Z"),
    ]
    assert (await announced())[-1] == "content.topic.opened"
    assert await read(group, opened) == opened


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "incident"}, "occurrence_missing"),
        ({"kind": "concern"}, "source_missing"),
        ({"kind": "incident", "occurred_at": "2026-03-02T01:00:01Z"}, "in_the_future"),
        ({"title": "联系人：张伟 13812345678"}, "personal_data"),
        ({"summary": "电话13812345678"}, "personal_data"),
        ({"kind": "rumour"}, "enum"),
    ],
)
async def test_what_a_topic_lacks_is_told_and_nothing_is_opened(
    group: Group, unchanged: Unchanged, fields: dict[str, Any], code: str
) -> None:
    new = {"site_code": SITE, "title": "标题", "kind": "special", **fields}
    async with unchanged():
        refused = await group.send(EDITOR, "POST", "/v1/topics", new)
    assert refused.status_code == 422, refused.text
    assert code in [fault["code"] for fault in refused.json()["faults"]]


async def test_only_an_editor_of_the_site_opens_a_topic(
    group: Group, unchanged: Unchanged
) -> None:
    new = {"site_code": SITE, "title": "标题", "kind": "special"}
    async with unchanged():
        for actor in (STRANGER, COUNTY_EDITOR, READER):
            refused = await group.send(actor, "POST", "/v1/topics", new)
            assert refused.json()["type"] == "/problems/outside-authority"
        nowhere = await group.send(
            EDITOR, "POST", "/v1/topics", {**new, "site_code": "9999999999"}
        )
        assert nowhere.status_code == 404


async def test_a_concern_keeps_no_one_s_number(group: Group) -> None:
    source = {"kind": "concern", "source": "网友来电13812345678反映"}
    assert (await topic(group, **source))["source"] == "网友来电138****5678反映"


async def test_a_topic_is_renamed_closed_and_archived(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    opened = await topic(group)
    path = f"/v1/topics/{opened['id']}"
    renamed = await group.send(
        EDITOR, "PUT", path, {"title": "防汛", "summary": "汛情"}, version=1
    )
    assert (renamed.json()["title"], renamed.headers["ETag"]) == ("防汛", '"2"')
    closed = (await act(group, EDITOR, renamed.json(), "closure")).json()
    assert (closed["state"], closed["closed_at"]) == ("closed", "2026-03-02T01:00:00Z")
    async with unchanged():
        late = await group.send(EDITOR, "PUT", path, {"title": "防汛"}, version=closed["version"])
        again = await act(group, EDITOR, closed, "closure")
        assert late.json()["type"] == again.json()["type"] == "/problems/topic-stands"
        stale = await act(group, EDITOR, opened, "archiving")
        assert stale.status_code == 412
    archived = (await act(group, EDITOR, closed, "archiving")).json()
    assert archived["state"] == "archived"
    told = ["changed", "closed", "archived"]
    assert (await announced())[-3:] == [f"content.topic.{what}" for what in told]


async def test_to_a_stranger_a_topic_does_not_exist_and_a_reader_may_not_change_it(
    group: Group, unchanged: Unchanged
) -> None:
    opened = await topic(group, **CONCERN)
    acts = [
        ("PUT", "", {"title": "x"}),
        ("POST", "/closure", None),
        ("POST", "/archiving", None),
        ("POST", "/assignment", {"organization": "340321"}),
        ("POST", "/press-conference", {"held_at": "2026-03-02T01:00:00Z", "place": "x"}),
        ("POST", "/explanation", {"reason": "x"}),
    ]
    async with unchanged():
        for method, end, body in acts:
            for actor, at, status in (
                (STRANGER, opened["id"], 404),
                (EDITOR, NOWHERE, 404),
                (READER, opened["id"], 403),
            ):
                refused = await group.send(actor, method, f"/v1/topics/{at}{end}", body, version=1)
                assert refused.status_code == status, (end, actor, refused.text)
    assert (await group.send(STRANGER, "GET", f"/v1/topics/{opened['id']}")).status_code == 404


async def test_a_concern_is_assigned_to_a_unit_below_the_supervisor(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    concern, special = await topic(group, **CONCERN), await topic(group)
    async with unchanged():
        away = await act(group, EDITOR, concern, "assignment", {"organization": "340000"})
        assert away.json()["faults"][0]["code"] == "out_of_reach"
        refused = await act(group, EDITOR, special, "assignment", {"organization": "340321"})
        assert refused.json()["type"] == "/problems/not-a-concern"
    given = {"organization": "340321-zfb"}
    assigned = (await act(group, SUPERVISOR, concern, "assignment", given)).json()
    assert assigned["assigned_to"].endswith("340321-zfb")
    assert (await announced())[-1] == "content.topic.assigned"
    listed = await group.send(CONTRIBUTOR, "GET", "/v1/topics")
    assert [shown["id"] for shown in listed.json()["items"]] == [concern["id"]]


async def test_the_assigned_unit_says_why_it_does_not_answer(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    concern = await topic(group, **CONCERN)
    given = {"organization": "340321-zfb"}
    concern = (await act(group, SUPERVISOR, concern, "assignment", given)).json()
    reason = {"reason": "所反映问题不实"}
    async with unchanged():
        assert (await act(group, EDITOR, concern, "explanation", reason)).status_code == 403
    told = (await act(group, CONTRIBUTOR, concern, "explanation", reason)).json()
    assert clocks(told) == {"response": "explained"}
    assert told["clocks"][0]["reason"] == reason["reason"]
    assert (await announced())[-1] == "content.topic.clock_settled"
    async with unchanged():
        again = await act(group, CONTRIBUTOR, told, "explanation", reason)
        assert again.json()["type"] == "/problems/clock-settled"


async def test_lists_cost_the_same_however_long(group: Group, count_queries: CountQueries) -> None:
    for _ in range(3):
        await topic(group, **INCIDENT)
    for first in (1, 3):
        with count_queries(2):
            await group.send(EDITOR, "GET", f"/v1/topics?first={first}&site_code={SITE}")
        with count_queries(1):
            await group.send(EDITOR, "GET", f"/v1/topic-clocks?first={first}")


async def test_an_item_joins_only_an_open_topic_of_its_own_site(
    group: Group, unchanged: Unchanged
) -> None:
    mine = await topic(group)
    item = await group.draft(topic_id=mine["id"])
    assert item["topic_id"] == mine["id"]
    county = person(*Permission, at="340000.340300.340321", name="county")
    other = {"site_code": COUNTY_SITE, "title": "专题", "kind": "special"}
    theirs = (await group.send(county, "POST", "/v1/topics", other)).json()
    closed = (await act(group, EDITOR, await topic(group), "closure")).json()
    path = f"/v1/items/{item['id']}"
    async with unchanged():
        for wrong in (theirs["id"], closed["id"], NOWHERE):
            refused = await group.send(
                EDITOR, "PUT", path, {**TEXT, "topic_id": wrong}, version=item["version"]
            )
            assert refused.json()["faults"] == [
                {
                    "pointer": "/topic_id",
                    "code": "not_open",
                    "detail": "本网站没有这个进行中的专题。",
                }
            ]


async def test_an_item_of_a_closed_topic_may_still_be_corrected(group: Group) -> None:
    mine = await topic(group)
    item = await group.draft(topic_id=mine["id"])
    await act(group, EDITOR, mine, "closure")
    text = {**TEXT, "topic_id": mine["id"]}
    done = await group.send(EDITOR, "PUT", f"/v1/items/{item['id']}", text, version=1)
    assert (done.status_code, done.json()["topic_id"]) == (200, mine["id"])


async def test_the_topic_is_part_of_what_was_reviewed(group: Group) -> None:
    item = await group.cleared()
    text = {"title": item["title"], "body": item["body"], "source": item["source"]}
    joined = await group.send(
        EDITOR,
        "PUT",
        f"/v1/items/{item['id']}",
        {**text, "topic_id": (await topic(group))["id"]},
        version=item["version"],
    )
    assert joined.json()["stage"] == "draft"
    assert joined.json()["content_hash"] != item["content_hash"]
