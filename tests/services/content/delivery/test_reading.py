from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import await_only

from services.content.release.models import Live
from shared.contracts.content import ChangePage, PublicItem
from shared.contracts.delivery import PUBLIC_STATE, WANT_PUBLIC_STATE, SearchPage
from shared.contracts.page import Page
from shared.db import Sessions
from tests.factories.content import COUNTY_SITE, LEADER, SITE, Group
from tests.support.queries import CountQueries

FRESH = "public, max-age=0, must-revalidate"


async def test_the_bytes_stored_at_release_are_the_bytes_sent(
    group: Group, sessions: Sessions
) -> None:
    item = await group.released()
    async with sessions() as session:
        (row,) = await session.scalars(select(Live))
    one = await group.client.get(f"/v1/public/items/{item['id']}")
    assert one.content == row.answer
    assert one.headers["ETag"] == row.etag
    for path in ("/v1/public/items", "/v1/public/changes"):
        assert row.answer in (await group.client.get(path)).content
    PublicItem.model_validate_json(one.content)


async def test_every_public_answer_has_the_shape_it_promises(group: Group) -> None:
    await group.released()
    page = await group.client.get("/v1/public/items")
    assert len(Page[PublicItem].model_validate_json(page.content).items) == 1
    changes = await group.client.get("/v1/public/changes")
    assert len(ChangePage.model_validate_json(changes.content).changes) == 1
    empty = await group.client.get("/v1/public/search?q=无此内容")
    found = SearchPage.model_validate_json(empty.content)
    assert (found.items, found.cursors, found.next, found.highlights) == ([], [], None, [])


@pytest.mark.parametrize(
    "path",
    [
        "/v1/public/items/{id}",
        "/v1/public/items",
        "/v1/public/columns/{column_id}/items",
        "/v1/public/search?q=通知",
        f"/v1/public/sites/{SITE}/feed.atom",
        f"/v1/public/sites/{SITE}/feed.rss",
        f"/v1/public/sites/{SITE}/feed.json",
        "/v1/public/policies/in-force",
    ],
)
async def test_what_a_reader_holds_is_not_sent_again(group: Group, path: str) -> None:
    item = await group.released()
    address = path.format(**item)
    first = await group.client.get(address)
    etag = first.headers["ETag"]
    assert (first.status_code, first.headers["Cache-Control"]) == (200, FRESH)
    for held in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = await group.client.get(address, headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b""), held
        assert (again.headers["ETag"], again.headers["Cache-Control"]) == (etag, FRESH)
    lines = [("If-None-Match", '"other"'), ("If-None-Match", etag)]
    assert (await group.client.get(address, headers=lines)).status_code == 304
    other = await group.client.get(address, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


async def test_a_list_changes_its_validator_with_its_items(group: Group) -> None:
    await group.released()
    before = await group.client.get("/v1/public/items")
    await group.released()
    held = {"If-None-Match": before.headers["ETag"]}
    assert (await group.client.get("/v1/public/items", headers=held)).status_code == 200


async def _found(group: Group, query: str) -> list[str]:
    answer = await group.client.get(f"/v1/public/items{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def test_filters_leave_out_the_rest(group: Group) -> None:
    policy = await group.released()
    news = await group.released(kind="news")
    assert await _found(group, "") == [news["id"], policy["id"]]
    assert await _found(group, "?kind=policy") == [policy["id"]]
    assert await _found(group, f"?column_id={news['column_id']}") == [news["id"]]
    assert await _found(group, f"?site_code={SITE}") == [news["id"], policy["id"]]
    assert await _found(group, f"?site_code={COUNTY_SITE}") == []
    assert await _found(group, f"?kind=policy&column_id={news['column_id']}") == []
    assert await _found(group, f"?id={policy['id']}&id={UUID(int=1)}") == [policy["id"]]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/public/items?kinds=policy",
        "/v1/public/items?kind=poem",
        "/v1/public/items?site_code=%00",
        "/v1/public/items?column_id=1",
        "/v1/public/items?id=x",
        "/v1/public/items?first=0",
        "/v1/public/items?q=x",
        "/v1/public/search",
        "/v1/public/search?q=",
        "/v1/public/search?q=%00",
        "/v1/public/search?q=" + "x" * 201,
        "/v1/public/search?q=x&order=oldest",
        "/v1/public/items?year=1066",
        "/v1/public/items?published_since=9999-12-31",
        "/v1/public/items?published_until=yesterday",
        "/v1/public/items?subject=%20",
        "/v1/public/items?keyword=a,b",
        f"/v1/public/sites/{SITE}/catalogue?site_code={SITE}",
        f"/v1/public/sites/{SITE}/sitemaps/2026-13-1.xml",
        f"/v1/public/sites/{SITE}/sitemaps/2026-03-0.xml",
        "/v1/public/changes?first=101",
        "/v1/public/changes?after=x",
        f"/v1/public/sites/{SITE}/feed.atom?x=1",
        f"/v1/public/sites/{SITE}/feed.xml",
        "/v1/public/sites/%00/feed.atom",
        "/v1/public/items/%00",
        "/v1/public/columns/x/items",
    ],
)
async def test_a_question_nobody_can_ask_is_refused_with_its_place(
    group: Group, path: str
) -> None:
    refused = await group.client.get(path)
    assert refused.status_code == 422, refused.text
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["faults"][0]["pointer"].startswith(("query:", "path:"))


@pytest.mark.parametrize(
    "path",
    [
        f"/v1/public/items/{UUID(int=1)}",
        f"/v1/public/columns/{UUID(int=1)}/items",
        "/v1/public/sites/9999990000/feed.atom",
    ],
)
async def test_what_is_not_there_is_not_found(group: Group, path: str) -> None:
    missing = await group.client.get(path)
    assert (missing.status_code, missing.json()["type"]) == (404, "/problems/not-found")


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/v1/public/items", 1),
        ("/v1/public/items?kind=policy", 1),
        ("/v1/public/search?q=通知", 2),
        ("/v1/public/changes", 1),
        ("/v1/public/columns/{policies}/items", 2),
        (f"/v1/public/sites/{SITE}/feed.atom", 2),
        (f"/v1/public/sites/{SITE}/feed.json", 2),
    ],
)
async def test_an_answer_takes_as_many_queries_however_long_it_is(
    group: Group, count_queries: CountQueries, path: str, queries: int
) -> None:
    address = path.format(**group.columns)
    await group.released()
    with count_queries(queries):
        await group.client.get(address)
    for _ in range(3):
        await group.released()
    with count_queries(queries):
        assert (await group.client.get(address)).status_code == 200


async def test_a_walk_meets_every_public_item_once_newest_first(group: Group) -> None:
    made = [(await group.released())["id"] for _ in range(5)]
    for query in ("?", f"?site_code={SITE}&", "?kind=policy&"):
        met: list[str] = []
        after: str | None = ""
        while after is not None:
            address = f"/v1/public/items{query}first=2{after and f'&after={after}'}"
            page = (await group.client.get(address)).json()
            met += [item["id"] for item in page["items"]]
            after = page["next"]
        assert met == made[::-1]


async def test_a_cursor_of_another_list_is_refused(group: Group) -> None:
    for _ in range(2):
        await group.released()
    page = (await group.client.get("/v1/public/items?first=1")).json()
    changes = (await group.client.get("/v1/public/changes?first=1")).json()
    for path in (
        f"/v1/public/items?kind=policy&after={page['next']}",
        f"/v1/public/items?after={changes['next']}",
        f"/v1/public/search?q=x&after={page['next']}",
        f"/v1/public/changes?since={page['next']}",
        f"/v1/public/changes?site_code={SITE}&since={changes['next']}",
        "/v1/public/changes?since=0",
    ):
        refused = await group.client.get(path)
        assert (refused.status_code, refused.json()["type"]) == (400, "/problems/invalid-cursor")


async def test_the_changes_go_on_where_they_ended(group: Group) -> None:
    first = await group.released()
    page = (await group.client.get("/v1/public/changes")).json()
    assert [change["item_id"] for change in page["changes"]] == [first["id"]]
    nothing = (await group.client.get(f"/v1/public/changes?since={page['next']}")).json()
    assert nothing == {"changes": [], "next": page["next"]}
    path = f"/v1/items/{first['id']}/withdrawal"
    await group.send(LEADER, "POST", path, {"reason": "有误"})
    more = (await group.client.get(f"/v1/public/changes?since={nothing['next']}")).json()
    assert [change["act"] for change in more["changes"]] == ["withdrawn"]
    county = await group.client.get(f"/v1/public/changes?site_code={COUNTY_SITE}")
    assert county.json()["changes"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/v1/public/items/{id}",
        "/v1/public/items",
        "/v1/public/search?q=通知",
        "/v1/public/changes",
        f"/v1/public/sites/{SITE}/catalogue",
        "/v1/public/policies/in-force",
        "/v1/public/items/{id}/labels",
    ],
)
async def test_who_wants_to_know_is_told_of_which_public_state_an_answer_is(
    group: Group, path: str
) -> None:
    item = await group.cleared()
    address = path.format(**item)
    done = await group.release(item)
    seq = done.json()["seq"]
    wanting = {WANT_PUBLIC_STATE: "1"}
    told = await group.client.get(address, headers=wanting)
    assert (told.status_code, told.headers[PUBLIC_STATE]) == (200, str(seq))
    await group.withdraw(item)
    later = await group.client.get(address, headers=wanting)
    assert later.headers[PUBLIC_STATE] == str(seq + 1), "of a refusal too"
    assert PUBLIC_STATE not in (await group.client.get(address)).headers


@pytest.mark.parametrize("path", ["/v1/public/items/{id}", "/v1/public/items"])
async def test_the_state_told_is_the_one_the_answer_was_read_in(
    real_group: Group, engine: AsyncEngine, path: str
) -> None:
    """A release between the two questions of an answer is in neither."""
    before, item = await real_group.released(kind="news"), await real_group.cleared(kind="news")
    address = path.format(**item)
    waiting, done = [item], list[httpx.Response]()

    def release(*_: Any) -> None:
        if waiting:
            done.append(await_only(real_group.release(waiting.pop())))

    event.listen(engine.sync_engine, "after_cursor_execute", release)
    answer, later = [
        await real_group.client.get(address, headers={WANT_PUBLIC_STATE: "1"}) for _ in range(2)
    ]
    seq = done[0].json()["seq"]
    assert [each.headers[PUBLIC_STATE] for each in (answer, later)] == [str(seq - 1), str(seq)]
    assert item["id"] not in answer.text
    assert item["id"] in later.text
    assert (before["id"] in answer.text) is (path == "/v1/public/items")
