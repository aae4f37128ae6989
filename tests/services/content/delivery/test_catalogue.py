from typing import Any

from tests.factories.content import COUNTY_SITE, SITE, Group

CLASSED = {
    "doc_no": "蚌政办秘〔2026〕1号",
    "written_on": "2026-02-01",
    "subject": "综合政务/政务公开",
    "genre": "通知",
    "audience": "社会公众",
    "keywords": ["网站", "公开"],
    "summary": "概述",
    "in_force_on": "2026-03-01",
    "expires_on": "2031-02-28",
}


async def _catalogue(group: Group, query: str = "", site: str = SITE) -> list[Any]:
    answer = await group.client.get(f"/v1/public/sites/{site}/catalogue{query}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_a_row_says_what_the_catalogue_asks(group: Group) -> None:
    item = await group.released(**CLASSED)
    (row,) = await _catalogue(group)
    assert row == {
        **CLASSED,
        "id": item["id"],
        "index_no": "340300-zfb/2026-00001",
        "title": item["title"],
        "column_id": item["column_id"],
        "kind": "policy",
        "publisher": item["source"],
        "origin_url": None,
        "published_at": "2026-03-02T01:00:00Z",
        "language": "zh-CN",
        "url": f"https://www.s{SITE}.gov.cn/items/{item['id']}",
    }
    assert await _catalogue(group, site=COUNTY_SITE) == []


async def test_filters_narrow_the_catalogue_and_every_list(group: Group) -> None:
    item = await group.released(**CLASSED)
    await group.released(kind="news", source="市广播电视台")
    for query, found in (
        ("subject=综合政务", True),
        ("subject=综合政务/政务公开", True),
        ("subject=综合", False),
        ("subject=综合政务/信访", False),
        ("genre=通知", True),
        ("genre=公告", False),
        ("keyword=公开", True),
        ("keyword=公", False),
        ("kind=policy", True),
        ("source=蚌埠市人民政府办公室", True),
        ("published_until=2026-03-01&kind=policy", False),
        ("published_since=2026-03-03", False),
        ("year=2025", False),
        ("year=2026&published_since=2026-03-02&published_until=2026-03-02&genre=通知", True),
    ):
        told = [item["id"]] if found else []
        assert [row["id"] for row in await _catalogue(group, f"?{query}")] == told, query
        counts = await group.client.get(f"/v1/public/sites/{SITE}/catalogue/counts?{query}")
        assert counts.json()["total"] == len(told), query
        column = item["column_id"]
        for address in ("/v1/public/items", f"/v1/public/columns/{column}/items"):
            listed = (await group.client.get(f"{address}?{query}")).json()["items"]
            assert [one["id"] for one in listed] == told, (address, query)


async def test_a_catalogue_is_counted_by_subject_and_genre(group: Group) -> None:
    for subject in ("综合政务/政务公开", "综合政务/政务公开", "综合政务", None):
        await group.released(subject=subject, genre="通知")
    counts = await group.client.get(f"/v1/public/sites/{SITE}/catalogue/counts")
    assert counts.json() == {
        "total": 4,
        "subject": [
            {"value": "综合政务/政务公开", "count": 2},
            {"value": "综合政务", "count": 1},
        ],
        "genre": [{"value": "通知", "count": 4}],
    }


async def test_a_walk_through_the_catalogue_meets_each_row_once(group: Group) -> None:
    made = [(await group.released())["id"] for _ in range(3)]
    met, after = [], ""
    while True:
        page = await group.client.get(f"/v1/public/sites/{SITE}/catalogue?first=2{after}")
        met += [row["id"] for row in page.json()["items"]]
        if page.json()["next"] is None:
            break
        after = f"&after={page.json()['next']}"
    assert met == made[::-1]
