from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import (
    ADMIN,
    CITY,
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    LEADER,
    SITE,
    STRANGER,
    Group,
)
from tests.services.content.conftest import Unchanged
from tests.support.people import person
from tests.support.queries import CountQueries

SUPERVISOR = person(Permission.READ_DRAFTS, at=CITY, name="supervisor")
TEXT = {"title": "标题", "body": "正文", "source": "来源"}


async def _county_draft(group: Group) -> Any:
    place = {"site_code": COUNTY_SITE, "column_id": group.county_columns["news"], "kind": "news"}
    written = await group.send(COUNTY_EDITOR, "POST", "/v1/items", {**TEXT, **place})
    assert written.status_code == 201, written.text
    return written.json()


async def _listed(group: Group, actor: Any, query: str = "") -> list[str]:
    listed = await group.send(actor, "GET", f"/v1/items{query}")
    assert listed.status_code == 200, listed.text
    return [item["id"] for item in listed.json()["items"]]


async def test_to_a_stranger_a_draft_does_not_exist(group: Group, unchanged: Unchanged) -> None:
    item = await group.submitted()
    path = f"/v1/items/{item['id']}"
    nowhere = "/v1/items/019c0000-0000-7000-8000-000000000000"
    decision = {"step": "leader", "verdict": "approve", "content_hash": item["content_hash"]}
    async with unchanged():
        for method, end, body in (
            ("GET", "", None),
            ("PUT", "", TEXT),
            ("POST", "/submission", None),
            ("POST", "/reviews", decision),
        ):
            hidden = await group.send(STRANGER, method, path + end, body, version=2)
            missing = await group.send(STRANGER, method, nowhere + end, body, version=2)
            assert hidden.status_code == missing.status_code == 404, (method, hidden.text)
            told = [{**answer.json(), "request_id": ""} for answer in (hidden, missing)]
            assert told[0] == told[1]
        release = {"items": [{"item_id": item["id"], "version": 9}]}
        assert (await group.send(STRANGER, "POST", "/v1/releases", release)).status_code == 404


async def test_everyone_lists_only_what_their_posts_reach(group: Group) -> None:
    city, county = await group.draft(), await _county_draft(group)
    assert await _listed(group, EDITOR) == [city["id"]]
    assert await _listed(group, LEADER) == [city["id"]]
    assert await _listed(group, COUNTY_EDITOR) == [county["id"]]
    assert await _listed(group, SUPERVISOR) == [county["id"], city["id"]]
    assert await _listed(group, ADMIN) == []


async def test_a_filter_opens_no_door(group: Group) -> None:
    item = await group.submitted()
    for query in (
        f"?site_code={SITE}",
        f"?column_id={item['column_id']}",
        "?stage=in_review",
        f"?site_code={SITE}&column_id={item['column_id']}&stage=in_review",
    ):
        assert await _listed(group, STRANGER, query) == []
        assert await _listed(group, EDITOR, query) == [item["id"]]
        assert (await group.send(None, "GET", f"/v1/items{query}")).status_code == 401


async def test_a_cursor_of_one_reader_opens_nothing_for_another(group: Group) -> None:
    for _ in range(2):
        await group.draft()
    page = (await group.send(EDITOR, "GET", "/v1/items?first=1")).json()
    assert await _listed(group, STRANGER, f"?after={page['next']}") == []


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?stage=draft", 1),
        ("?stage=in_review", 1),
        ("?stage=cleared", 0),
        ("?site_code=bm00000000", 0),
    ],
)
async def test_filters_leave_out_the_rest(group: Group, query: str, left: int) -> None:
    await group.draft()
    await group.submitted()
    assert len(await _listed(group, EDITOR, query)) == left


@pytest.mark.parametrize(
    "query",
    ["?stage=live", "?site_code=%00", "?column_id=x", "?author=editor", "?first=1000", "?stage="],
)
async def test_a_question_nobody_can_ask_is_refused(group: Group, query: str) -> None:
    refused = await group.send(EDITOR, "GET", f"/v1/items{query}")
    assert refused.status_code == 422, refused.text
    assert refused.json()["faults"][0]["pointer"].startswith("query:")


async def test_a_list_takes_two_queries_however_long_it_is(
    group: Group, count_queries: CountQueries
) -> None:
    await group.submitted()
    with count_queries(2):  # the items with their texts, and their approvals
        assert len(await _listed(group, EDITOR)) == 1
    for _ in range(4):
        item = await group.submitted()
        await group.review(LEADER, item, "leader")
    with count_queries(2):
        assert len(await _listed(group, EDITOR)) == 5


async def test_a_walk_meets_every_draft_once_newest_first(group: Group) -> None:
    made = [(await group.draft())["id"] for _ in range(5)]
    met: list[str] = []
    after: str | None = ""
    while after is not None:
        query = f"?first=2{after and f'&after={after}'}"
        page = (await group.send(EDITOR, "GET", f"/v1/items{query}")).json()
        met += [item["id"] for item in page["items"]]
        after = page["next"]
    assert met == made[::-1]
