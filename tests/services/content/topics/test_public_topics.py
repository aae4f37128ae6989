from typing import Any

from tests.factories.content import COUNTY_SITE, SITE, Group
from tests.services.content.conftest import Watch
from tests.services.content.topics.conftest import HOUR, topic
from tests.support.queries import CountQueries


async def _get(group: Group, path: str) -> Any:
    return await group.client.get(f"/v1/public/topics{path}")


async def test_a_topic_with_nothing_public_is_not_public(group: Group) -> None:
    opened = await topic(group)
    await group.cleared(topic_id=opened["id"])
    item = await group.released(topic_id=opened["id"])
    assert [shown["id"] for shown in (await _get(group, "")).json()["items"]] == [opened["id"]]
    await group.withdraw(item)
    assert (await _get(group, "")).json()["items"] == []
    for end in ("", "/timeline"):
        gone = await _get(group, f"/{opened['id']}{end}")
        never = await _get(group, f"/019c0000-0000-7000-8000-000000000000{end}")
        told = [{**answer.json(), "request_id": ""} for answer in (gone, never)]
        assert (gone.status_code, told[0]) == (404, told[1])


async def test_the_public_reads_title_and_state_but_not_what_staff_noted(group: Group) -> None:
    opened = await topic(group, summary="内部说明")
    item = await group.released(topic_id=opened["id"])
    shown = await _get(group, f"/{opened['id']}")
    assert shown.json() == {
        "id": opened["id"],
        "site_code": SITE,
        "kind": "special",
        "state": "open",
        "title": "防汛抗旱",
        "closed_at": None,
    }
    public = (await group.client.get(f"/v1/public/items/{item['id']}")).json()
    assert public["topic_id"] == opened["id"]
    for path in ("", f"/{opened['id']}", f"/{opened['id']}/timeline"):
        etag = (await _get(group, path)).headers["ETag"]
        again = await group.client.get(f"/v1/public/topics{path}", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
    assert (await _get(group, f"?site_code={COUNTY_SITE}")).json()["items"] == []


async def test_a_timeline_is_newest_first_page_by_page_in_one_statement(
    group: Group, watch: Watch, count_queries: CountQueries
) -> None:
    opened = await topic(group)
    await group.released(title="题外")
    for title in ("一", "二", "三"):
        await group.released(title=title, topic_id=opened["id"])
        watch.turn(HOUR / 60)
    path = f"/{opened['id']}/timeline"
    with count_queries(1):
        page = (await _get(group, f"{path}?first=2")).json()
    assert [item["title"] for item in page["items"]] == ["三", "二"]
    with count_queries(1):
        rest = (await _get(group, f"{path}?after={page['next']}")).json()
    assert [item["title"] for item in rest["items"]] == ["一"]


async def test_a_repost_links_to_the_topic_but_is_not_in_its_timeline(group: Group) -> None:
    opened = await topic(group)
    item = await group.released(topic_id=opened["id"])
    owed = await group.owed(item)
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    repost = (await group.answer(owed, **given)).json()["repost_id"]
    shown = (await group.client.get(f"/v1/public/items/{repost}")).json()
    assert shown["topic_id"] == opened["id"]
    listed = (await _get(group, f"/{opened['id']}/timeline")).json()["items"]
    assert [shown["id"] for shown in listed] == [item["id"]]
