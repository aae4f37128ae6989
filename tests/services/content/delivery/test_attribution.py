import json
from typing import Any
from xml.etree import ElementTree as ET  # our own answers, nothing from outside

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.factories.content import COUNTY_EDITOR, COUNTY_SITE, SITE, Group

ATOM = "{http://www.w3.org/2005/Atom}"
LINK = f"{ATOM}link"
NOTE = "请各单位 <遵照> 执行。"


async def _taken(group: Group, item: Any) -> Any:
    new = {"item_id": item["id"], "column_id": group.county_columns["policies"]}
    done = await group.send(COUNTY_EDITOR, "POST", "/v1/reposts", {**new, "local_note": NOTE})
    assert done.status_code == 201, done.text
    return done.json()


async def _get(group: Group, path: str) -> Any:
    answer = await group.client.get(f"/v1/public/{path}")
    assert answer.status_code == 200, answer.text
    return answer


async def test_a_repost_names_its_source_wherever_it_is_read(group: Group) -> None:
    item = await group.released()
    taken = await _taken(group, item)
    source = item["source"]
    public = (await _get(group, f"items/{taken['item_id']}")).json()
    assert (public["source"], public["origin"]["url"]) == (source, taken["origin_url"])
    catalogue = (await _get(group, f"sites/{COUNTY_SITE}/catalogue")).json()["items"]
    assert [(row["publisher"], row["origin_url"]) for row in catalogue] == [
        (source, taken["origin_url"])
    ]
    labels = (await _get(group, f"items/{taken['item_id']}/labels")).json()["labels"]
    told = {label["name"]: label["content"] for label in labels}
    assert (told["ContentSource"], told["Url"]) == (source, taken["url"])
    for path in (f"items?site_code={COUNTY_SITE}", f"search?q=政府网站&site_code={COUNTY_SITE}"):
        (listed,) = (await _get(group, path)).json()["items"]
        assert listed["source"] == source


async def test_a_page_of_a_repost_leads_search_engines_to_its_source(group: Group) -> None:
    item = await group.released()
    taken = await _taken(group, item)
    shared = (await _get(group, f"items/{taken['item_id']}/share")).json()
    head = LexborHTMLParser(f"<!doctype html><head>{shared['html']}</head>")
    (canonical,) = head.css("link[rel=canonical]")
    assert canonical.attributes["href"] == taken["origin_url"]
    (script,) = head.css("script")
    for data in (shared["json_ld"], json.loads(script.text())):
        assert data["isBasedOn"] == data["mainEntityOfPage"] == taken["origin_url"]
        assert data["author"]["name"] == data["publisher"]["name"] == item["source"]
    own = (await _get(group, f"items/{item['id']}/share")).json()
    assert own["json_ld"]["mainEntityOfPage"] == own["url"]
    assert "isBasedOn" not in own["json_ld"]


@pytest.mark.parametrize("form", ["atom", "rss"])
async def test_a_feed_says_where_a_repost_comes_from_and_sets_its_note_apart(
    group: Group, form: str
) -> None:
    item = await group.released()
    taken = await _taken(group, item)
    feed = ET.fromstring((await _get(group, f"sites/{COUNTY_SITE}/feed.{form}")).content)  # noqa: S314  # our own answer
    (entry,) = feed.iter(f"{ATOM}entry" if form == "atom" else "item")
    ways = [one.get("href") for one in entry.findall(LINK) if one.get("rel") == "via"]
    assert ways == [taken["origin_url"]]
    assert item["source"] in "".join(entry.itertext())
    if form == "atom":
        assert entry.findtext(f"{ATOM}content") == (
            f"<aside><p>本地按语：请各单位 &lt;遵照&gt; 执行。</p></aside><p>{item['body']}</p>"
        )
    own = ET.fromstring((await _get(group, f"sites/{SITE}/feed.{form}")).content)  # noqa: S314  # our own answer
    assert [one for one in own.iter(LINK) if one.get("rel") == "via"] == []


async def test_a_json_feed_tells_the_text_and_beside_it_the_note(group: Group) -> None:
    item = await group.released()
    taken = await _taken(group, item)
    (entry,) = (await _get(group, f"sites/{COUNTY_SITE}/feed.json")).json()["items"]
    assert (entry["content_text"], entry["external_url"]) == (item["body"], taken["origin_url"])
    assert entry["_zhengbu"] == {"local_note": NOTE}
    assert entry["authors"] == [{"name": item["source"]}]
    (own,) = (await _get(group, f"sites/{SITE}/feed.json")).json()["items"]
    assert not {"external_url", "_zhengbu"} & own.keys()


async def test_a_sitemap_names_canonical_addresses_only(group: Group) -> None:
    await _taken(group, await group.released())
    index = await _get(group, f"sites/{COUNTY_SITE}/sitemap.xml")
    assert "<loc>" not in index.text
    missing = await group.client.get(f"/v1/public/sites/{COUNTY_SITE}/sitemaps/2026-03-1.xml")
    assert missing.status_code == 404
    assert (await _get(group, f"sites/{SITE}/sitemaps/2026-03-1.xml")).text.count("<loc>") == 1
