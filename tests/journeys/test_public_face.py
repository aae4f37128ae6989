import re
from typing import Any

import feedparser
import pytest

from deploy.local.demonstration.tour import CITY
from tests.journeys.office import BODY, Office, word

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.asyncio(loop_scope="session")]


async def read(office: Office, path: str) -> Any:
    return (await office.citizen.rest("GET", f"/v1/public/{path}")).json()


async def test_a_reader_filters_searches_and_finds_by_number(office: Office) -> None:
    about = word()
    number = f"{about}〔2026〕7号"
    fields = {"title": f"关于{about}供暖的通知", "body": f"{BODY}\n\n{about}供暖设施须及时检修。"}
    metadata = {"doc_no": number, "written_on": "2026-03-02", "subject": "综合政务"}
    item = await office.released("policy", **fields, **metadata, genre="通知", keywords=[about])
    hidden = await office.draft(title=f"{about}供暖草稿")
    listed = await read(office, f"items?site_code={CITY}&kind=policy&keyword={about}")
    assert [one["id"] for one in listed["items"]] == [item["id"]]
    wrong = await office.citizen.rest("GET", "/v1/public/items?sort=title", status=422)
    assert wrong.json()["faults"][0]["pointer"] == "query:sort"
    found = await read(office, f"search?q={about}供暖")
    assert [one["id"] for one in found["items"]] == [item["id"]]
    assert (found["total"]["count"], found["facets"]["kind"][0]["value"]) == (1, "policy")
    assert any(part["found"] for part in found["highlights"][0]["title"])
    by_number = await read(office, f"search?q={number}")
    assert by_number["items"][0]["id"] == item["id"]
    assert hidden["id"] not in str(found)


async def test_feeds_parse_and_the_sitemap_names_what_is_public(office: Office) -> None:
    item = await office.released()
    for form in ("atom", "rss"):
        answer = await office.citizen.rest("GET", f"/v1/public/sites/{CITY}/feed.{form}")
        feed = feedparser.parse(answer.text)
        assert not feed.bozo
        assert item["title"] in [entry.title for entry in feed.entries]
    told = await read(office, f"sites/{CITY}/feed.json")
    assert item["title"] in [entry["title"] for entry in told["items"]]
    index = await office.citizen.rest("GET", f"/v1/public/sites/{CITY}/sitemap.xml")
    parts = re.findall("<loc>(.+?)</loc>", index.text)
    url = (await office.public(item))["url"]
    pages = [(await office.citizen.http.get(part)).text for part in parts]
    assert any(url in page for page in pages)


async def test_a_front_end_gets_labels_that_its_own_validator_accepts(office: Office) -> None:
    item = await office.released()
    for page, path in (
        ("home", f"sites/{CITY}/labels"),
        ("column", f"columns/{office.columns['news']}/labels"),
        ("content", f"items/{item['id']}/labels"),
    ):
        labels = await read(office, path)
        body = {"page": page, "html": f"<html><head>{labels['html']}</head></html>"}
        report = await office.citizen.rest("POST", "/v1/public/labels/validation", body)
        assert report.json()["valid"], report.text
    body = {"page": "home", "html": "<html></html>"}
    report = await office.citizen.rest("POST", "/v1/public/labels/validation", body)
    assert "missing" in {finding["code"] for finding in report.json()["findings"]}


async def test_an_item_is_shared_and_its_visits_counted_without_a_trace(office: Office) -> None:
    item = await office.released(title=f'{word()}"甲 & 乙"')
    share = await read(office, f"items/{item['id']}/share")
    assert "&quot;甲 &amp; 乙&quot;" in share["html"]
    assert share["json_ld"]["headline"] == item["title"]
    qr = await office.citizen.rest("GET", f"/v1/public/items/{item['id']}/qr.svg")
    assert qr.headers["content-type"].startswith("image/svg+xml")
    for _ in range(3):
        visited = await office.citizen.rest("POST", f"/v1/public/items/{item['id']}/visits")
        assert (visited.status_code, visited.headers.get("set-cookie")) == (204, None)
    assert (await read(office, f"items/{item['id']}/visits"))["total"] == 3


async def test_the_catalogue_and_the_annual_report_count_what_went_out(office: Office) -> None:
    path = f"/v1/sites/{CITY}/annual-counters"
    release = await office.public(await office.released())
    year = release["first_public_at"][:4]
    before = (await office.editor.rest("GET", f"{path}?year={year}")).json()
    entries = await read(office, f"sites/{CITY}/catalogue")
    item = await office.released("notice", subject="综合政务")
    now = await read(office, f"sites/{CITY}/catalogue")
    assert now["items"][0]["id"] == item["id"]
    assert now["items"][0]["index_no"]
    assert item["id"] not in [entry["id"] for entry in entries["items"]]
    after = (await office.editor.rest("GET", f"{path}?year={year}")).json()
    assert after["first_released"] == before["first_released"] + 1


async def test_a_partner_pages_the_changes_and_reads_304(office: Office) -> None:
    start = await read(office, "changes?first=100")
    while start["changes"]:
        start = await read(office, f"changes?first=100&since={start['next']}")
    item = await office.released()
    path = f"/v1/public/items/{item['id']}"
    etag = (await office.citizen.rest("GET", path)).headers["etag"]
    await office.citizen.rest("GET", path, status=304, If_None_Match=etag)
    await office.leader.rest("POST", f"/v1/items/{item['id']}/withdrawal", {"reason": "重复"})
    steps = (await read(office, f"changes?since={start['next']}"))["changes"]
    mine = [step for step in steps if step["item_id"] == item["id"]]
    assert [(step["act"], step["item"]) for step in mine] == [
        ("released", None),
        ("withdrawn", None),
    ]
