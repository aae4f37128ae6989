import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID
from xml.etree import ElementTree as ET  # our own answers, nothing from outside

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from services.content.delivery.sharing import SUMMARY_LENGTH, in_script, qr_code, share
from shared.contracts.content import ItemKind
from tests.factories.content import Group
from tests.services.content.delivery.test_labels import ITEM, SITE

QR = "https://api.example/qr.svg"
NASTY = "</script><script>alert(1)</script><!-- & \u2028 \"'"


def _made(**fields: Any) -> Any:
    return share(SITE, ITEM.model_copy(update=fields), QR, None)


@given(st.dictionaries(st.text(), st.text()))
def test_data_in_a_script_is_the_data_and_ends_no_script(data: dict[str, str]) -> None:
    text = in_script({**data, "nasty": NASTY})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {**data, "nasty": NASTY}


def test_nothing_an_item_says_becomes_markup() -> None:
    made = _made(title=NASTY, summary=NASTY, keywords=[NASTY])
    page = LexborHTMLParser(f"<!doctype html><head>{made.html}</head>")
    (script,) = page.css("script")
    assert json.loads(script.text())["headline"] == NASTY
    told = {
        node.attributes["property"]: node.attributes["content"]
        for node in page.css("meta[property]")
    }
    assert told["og:title"] == told["article:tag"] == NASTY
    assert {node.tag for node in page.css("head > *")} == {"link", "meta", "script"}


def test_a_long_text_is_summed_up_by_its_beginning() -> None:
    assert _made(summary="摘要").summary == "摘要"
    assert _made(body="一\n二").summary == "一 二"
    long = _made(body="字" * 500).summary
    assert (len(long), long[-1]) == (SUMMARY_LENGTH, "…")


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        (ItemKind.NEWS, "NewsArticle"),
        (ItemKind.POLICY, "Article"),
        (ItemKind.GUIDE, "GovernmentService"),
    ],
)
def test_json_ld_names_what_it_is(kind: ItemKind, type_: str) -> None:
    data = _made(kind=kind).json_ld
    assert (data["@type"], data["url"]) == (type_, ITEM.url)
    if "datePublished" in data:
        assert datetime.fromisoformat(data["datePublished"]) == ITEM.first_public_at.replace(
            tzinfo=UTC
        )


def test_links_lead_to_the_platforms_with_the_address() -> None:
    links = {link.channel: link.url for link in _made(title="甲&乙=丙#").links}
    assert links["wechat"] == QR
    for channel in ("weibo", "qq", "qzone"):
        assert parse_qs(urlsplit(links[channel]).query)["url"] == [ITEM.url]
        assert parse_qs(urlsplit(links[channel]).query)["title"] == ["甲&乙=丙#"]


def test_a_qr_code_is_an_image_that_says_where_it_leads() -> None:
    drawn = ET.fromstring(qr_code("https://x.gov.cn/?a=1&b=2"))  # noqa: S314  # our own
    assert drawn.tag.endswith("svg")
    assert [node.text for node in drawn if node.tag.endswith("title")] == [
        "https://x.gov.cn/?a=1&b=2"
    ]


async def test_an_item_is_shared_over_http(group: Group) -> None:
    item = await group.released()
    path = f"/v1/public/items/{item['id']}"
    made = (await group.client.get(f"{path}/share")).json()
    assert made["qr"] == f"http://127.0.0.1:8001{path}/qr.svg"
    drawn = await group.client.get(f"{path}/qr.svg")
    assert (drawn.status_code, drawn.headers["Content-Type"]) == (200, "image/svg+xml")
    assert made["url"].encode() in drawn.content
    await group.withdraw(item)
    for gone in ("share", "qr.svg", "labels"):
        assert (await group.client.get(f"{path}/{gone}")).status_code == 410
    assert UUID(made["item_id"])
