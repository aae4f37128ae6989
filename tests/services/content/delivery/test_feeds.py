from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET  # our own answers, nothing from outside

import feedparser
import pytest

from tests.factories.content import COUNTY_SITE, EDITOR, SITE, Group
from tests.services.content.conftest import Watch
from tests.support.people import bearer

ATOM = "{http://www.w3.org/2005/Atom}"
TRICKY = {
    "title": "标题 <b>&amp; “引号”",
    "body": "第一段。\n第二段 ]]> &nbsp 结束。",
    "summary": "摘要 < > &",
}


async def _feed(group: Group, form: str, site: str = SITE) -> Any:
    answer = await group.client.get(f"/v1/public/sites/{site}/feed.{form}")
    assert answer.status_code == 200, answer.text
    return answer


def _xml(answer: Any) -> ET.Element:
    return ET.fromstring(answer.content)  # noqa: S314  # our own answer


async def _tricky(group: Group) -> Any:
    text = {**TRICKY, "title": TRICKY["title"].replace("<b>", "")}
    return await group.released(**text)


async def test_an_atom_feed_names_each_item_for_ever(group: Group) -> None:
    item = await _tricky(group)
    answer = await _feed(group, "atom")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = _xml(answer)
    assert feed.findtext(f"{ATOM}id") == f"urn:zhengbu:site:{SITE}"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{item['id']}"
    assert entry.findtext(f"{ATOM}title") == item["title"]
    shown = "<p>第一段。</p><p>第二段 ]]&gt; &amp;nbsp 结束。</p>"
    assert entry.findtext(f"{ATOM}content") == shown
    assert entry.findtext(f"{ATOM}summary") == "摘要 &lt; &gt; &amp;"
    (link,) = entry.findall(f"{ATOM}link")
    assert link.get("href") == f"https://www.s{SITE}.gov.cn/items/{item['id']}"
    for element in (feed, entry):
        updated = datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
        assert updated.utcoffset() == timedelta(0)
    assert entry.findtext(f"{ATOM}published") == "2026-03-02T01:00:00+00:00"


async def test_an_rss_feed_leads_to_the_site_and_its_items(group: Group) -> None:
    item = await _tricky(group)
    answer = await _feed(group, "rss")
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    channel = _xml(answer).find("channel")
    assert channel is not None
    assert channel.findtext("link") == f"https://www.s{SITE}.gov.cn/"
    (entry,) = channel.findall("item")
    guid = entry.find("guid")
    assert guid is not None
    assert (guid.text, guid.get("isPermaLink")) == (f"urn:uuid:{item['id']}", "false")
    assert entry.findtext("title") == item["title"]
    assert entry.findtext("description") == "摘要 &lt; &gt; &amp;"
    assert entry.findtext("link") == f"https://www.s{SITE}.gov.cn/items/{item['id']}"
    published = parsedate_to_datetime(entry.findtext("pubDate") or "")
    assert published.isoformat() == "2026-03-02T01:00:00+00:00"


async def test_a_json_feed_tells_the_same(group: Group) -> None:
    item = await _tricky(group)
    answer = await _feed(group, "json")
    assert answer.headers["Content-Type"] == "application/feed+json"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith(f"/v1/public/sites/{SITE}/feed.json")
    (entry,) = feed["items"]
    assert entry["id"] == f"urn:uuid:{item['id']}"
    assert (entry["title"], entry["content_text"]) == (item["title"], item["body"])
    assert entry["date_published"] == "2026-03-02T01:00:00+00:00"


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
async def test_a_feed_without_items_is_still_a_feed(group: Group, form: str) -> None:
    await group.draft()
    answer = await _feed(group, form)
    if form == "json":
        assert answer.json()["items"] == []
    else:
        assert not [node for node in _xml(answer).iter() if node.tag in {"item", f"{ATOM}entry"}]
    assert (await _feed(group, form)).content == answer.content


async def test_a_feed_holds_only_its_own_site_newest_first(group: Group, watch: Watch) -> None:
    older = await group.released(title="旧")
    newer = await group.cleared(title="新")
    watch.turn(timedelta(minutes=5))
    wanted = {"items": [{"item_id": newer["id"], "version": newer["version"]}]}
    done = await group.client.post("/v1/releases", json=wanted, headers=bearer(EDITOR, watch()))
    assert done.status_code == 201, done.text
    assert (await _feed(group, "json", COUNTY_SITE)).json()["items"] == []
    told = [entry["id"] for entry in (await _feed(group, "json")).json()["items"]]
    assert told == [f"urn:uuid:{item['id']}" for item in (newer, older)]
    entries = _xml(await _feed(group, "atom")).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == told
    rss = _xml(await _feed(group, "rss")).iter("guid")
    assert [guid.text for guid in rss] == told


@pytest.mark.parametrize("of", [f"sites/{SITE}", "columns/{column_id}"])
async def test_a_reader_of_feeds_reads_them_all_without_complaint(group: Group, of: str) -> None:
    item = await _tricky(group)
    other = await group.released(kind="news")
    told = {item["id"]} if "column" in of else {item["id"], other["id"]}
    for form in ("atom", "rss"):
        address = f"/v1/public/{of.format(**item)}/feed.{form}"
        answer = await group.client.get(address, headers={"Host": "elsewhere.example"})
        feed = feedparser.parse(
            answer.content, response_headers={"content-type": answer.headers["Content-Type"]}
        )
        assert not feed.bozo, feed.get("bozo_exception")
        assert {entry.id for entry in feed.entries} == {f"urn:uuid:{one}" for one in told}
        assert all(entry.published_parsed for entry in feed.entries)
        here = [link.href for link in feed.feed.links if link.rel == "self"]
        assert here == [f"http://127.0.0.1:8001{address}"]


async def test_a_column_s_feed_is_its_own(group: Group) -> None:
    item = await group.released()
    await group.released(kind="news")
    path = f"/v1/public/columns/{item['column_id']}/feed.json"
    feed = (await group.client.get(path)).json()
    assert feed["title"] == f"policies - 网站{SITE}"
    assert feed["feed_url"] == f"http://127.0.0.1:8001{path}"
    assert [entry["id"] for entry in feed["items"]] == [f"urn:uuid:{item['id']}"]
    missing = await group.client.get(f"/v1/public/columns/{item['id']}/feed.json")
    assert missing.status_code == 404


async def test_a_feed_says_when_its_site_last_changed(group: Group, watch: Watch) -> None:
    await group.released()
    path = f"/v1/public/sites/{SITE}/feed.atom"
    assert "Last-Modified" not in (await group.client.get(path)).headers
    watch.turn(timedelta(seconds=1))
    changed = (await group.client.get(path)).headers["Last-Modified"]
    assert changed == "Mon, 02 Mar 2026 01:00:00 GMT"
    held = {"If-Modified-Since": changed}
    assert (await group.client.get(path, headers=held)).status_code == 304
    asked = {**held, "If-None-Match": '"another"'}
    assert (await group.client.get(path, headers=asked)).status_code == 200
