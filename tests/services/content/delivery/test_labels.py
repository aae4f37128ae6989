from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from services.content.delivery import labels
from services.content.delivery.label_check import labels_in, report
from services.content.delivery.labels import catalogue
from shared.contracts.content import ItemKind, PublicItem
from shared.contracts.delivery import Label, PageKind, PageLabels
from shared.contracts.registry import Column, ColumnKind, Level, Site
from tests.factories.content import SITE as CODE
from tests.factories.content import Group

SITE = Site(
    id=UUID(int=1),
    code=CODE,
    name='蚌埠市"人民政府" <网站>',
    domain="www.bengbu.gov.cn",
    level=Level.CITY,
    region="340300",
    supervising="340000",
    sponsoring="340000",
    operating="340000",
    version=1,
)
ITEM = PublicItem(
    id=UUID(int=2),
    site_code=CODE,
    column_id=UUID(int=3),
    kind=ItemKind.NEWS,
    title="标题 & 副题",
    body="正文",
    source="市政府办公室",
    first_public_at=datetime(2026, 2, 28, 16, 30, 59, tzinfo=UTC),
    updated_at=datetime(2026, 3, 2, tzinfo=UTC),
    url="https://www.bengbu.gov.cn/items/2",
    content_hash="x",
    release_seq=1,
)
GOOD = {"SiteName": "网站", "SiteDomain": "www.a.gov.cn", "SiteIDCode": CODE}


def column(kind: ColumnKind = ColumnKind.NEWS) -> Column:
    return Column(id=UUID(int=3), site_code=CODE, name="要闻", kind=kind, version=1)


def _content(made: PageLabels) -> dict[str, str]:
    return {label.name: label.content for label in made.labels}


def test_the_labels_of_an_item_s_page() -> None:
    assert _content(labels.of_item(SITE, column(), ITEM, None)) == {
        "SiteName": SITE.name,
        "SiteDomain": "www.bengbu.gov.cn",
        "SiteIDCode": CODE,
        "ColumnName": "要闻",
        "ArticleTitle": "标题 & 副题",
        "PubDate": "2026-03-01 00:30",
        "ContentSource": "市政府办公室",
        "Url": ITEM.url,
    }
    more = ITEM.model_copy(update={"keywords": ["甲", "乙"], "byline": "编辑", "summary": "摘要"})
    told = _content(labels.of_item(SITE, column(), more, "https://a.gov.cn/page.jpg"))
    assert (told["Keywords"], told["Author"], told["Description"]) == ("甲,乙", "编辑", "摘要")


def test_a_home_page_is_its_own_column() -> None:
    told = _content(labels.of_home(SITE))
    assert (told["ColumnName"], told["ColumnType"]) == ("首页", "首页")


@pytest.mark.parametrize("kind", list(ColumnKind))
def test_every_kind_of_column_has_a_national_type(kind: ColumnKind) -> None:
    told = _content(labels.of_column(SITE, column(kind)))
    assert told["ColumnType"] in catalogue().rules["ColumnType"].among
    assert told["ColumnDescription"]
    assert told["ColumnKeywords"]


@pytest.mark.parametrize(
    "made",
    [
        labels.of_home(SITE),
        labels.of_column(SITE, column()),
        labels.of_item(SITE, column(), ITEM, None),
    ],
    ids=lambda made: made.page.value,
)
def test_what_is_made_here_passes_the_check_also_as_html(made: PageLabels) -> None:
    assert report(made.page, made.labels).findings == []
    page = f"<!doctype html><head><meta charset=utf-8>{made.html}</head>"
    assert labels_in(page) == made.labels


@given(st.text())
def test_no_text_leaves_its_attribute(text: str) -> None:
    html = labels.html([Label.model_construct(name="SiteName", content=text)])
    assert html.count("<") == html.count(">") == 1
    (node,) = LexborHTMLParser(f"<!doctype html><head>{html}</head>").css("meta")
    assert set(node.attributes) == {"name", "content"}


def _found(page: PageKind, told: dict[str, str]) -> dict[str, str]:
    checked = report(page, [Label(name=name, content=said) for name, said in told.items()])
    assert checked.valid is not any(one.severity == "error" for one in checked.findings)
    return {found.name: found.code for found in checked.findings}


def test_what_is_required_and_not_there_is_named() -> None:
    assert _found(PageKind.HOME, {**GOOD, "ColumnName": " "}) == {
        "ColumnName": "missing",
        "ColumnType": "missing",
    }
    missing = _found(PageKind.CONTENT, {})
    required = {name for name, rule in catalogue().rules.items() if "content" in rule.required}
    assert missing == dict.fromkeys(required, "missing")


HOME = {**GOOD, "ColumnName": "首页", "ColumnType": "首页"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("SiteIDCode", "340300", "malformed"),
        ("SiteIDCode", "bm01000001", None),
        ("SiteDomain", "https://www.a.gov.cn", "malformed"),
        ("ColumnType", "新闻", "malformed"),
        ("Url", "/items/1", "malformed"),
        ("PubDate", "2017-04-12 21:37", None),
        ("PubDate", "2017——04——12 21:37", "typographic"),
        ("PubDate", "2017–04–12 21：37", "typographic"),
        ("PubDate", "2017－04－12  21:37", "typographic"),
        ("PubDate", "2017-02-30 21:37", "malformed"),
        ("PubDate", "2017-04-12", "malformed"),
        ("PubDate", "2017-4-12 21:37", "malformed"),
        ("PubDate", "２０１７－04－12 21:37", "typographic"),
        ("Source", "市政府", "unknown"),
        ("sitename", "网站", "unknown"),
    ],
)
def test_what_is_wrong_with_a_label_is_told(name: str, content: str, code: str | None) -> None:
    assert _found(PageKind.HOME, {**HOME, name: content}).get(name) == code


def test_a_readable_date_is_a_warning_with_what_to_write() -> None:
    (found,) = report(
        PageKind.HOME,
        [
            Label(name=name, content=said)
            for name, said in {**HOME, "PubDate": "2017——04——12 21:37"}.items()
        ],
    ).findings
    assert (found.severity, found.suggestion) == ("warning", "2017-04-12 21:37")


def test_a_label_told_twice_is_told_of() -> None:
    twice = [Label(name=name, content=said) for name, said in HOME.items()] * 2
    assert {found.code for found in report(PageKind.HOME, twice).findings} == {"repeated"}


def test_other_names_of_a_page_are_no_labels() -> None:
    page = (
        '<meta name="viewport" content="x"><meta name="keywords" content="y"><meta name="pubdate">'
    )
    assert [label.name for label in labels_in(page)] == ["pubdate"]


async def test_labels_are_read_and_checked_over_http(group: Group) -> None:
    item = await group.released(keywords=["网站"])
    for path, page in (
        (f"sites/{CODE}", "home"),
        (f"columns/{item['column_id']}", "column"),
        (f"items/{item['id']}", "content"),
    ):
        made = (await group.client.get(f"/v1/public/{path}/labels")).json()
        for given_ in ({"labels": made["labels"]}, {"html": made["html"]}):
            checked = await group.client.post(
                "/v1/public/labels/validation", json={"page": page, **given_}
            )
            assert checked.status_code == 200, checked.text
            assert checked.json() == {
                "page": page,
                "valid": True,
                "labels": made["labels"],
                "findings": [],
            }


@pytest.mark.parametrize(
    "body",
    [{"page": "home"}, {"page": "home", "html": "", "labels": []}, {"page": "x", "html": ""}],
)
async def test_one_of_both_is_checked(group: Group, body: dict[str, Any]) -> None:
    refused = await group.client.post("/v1/public/labels/validation", json=body)
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["detail"] != "此项有误。"


@pytest.mark.parametrize("name", ["ColumnName", "ColumnType"])
def test_a_home_page_that_says_it_is_a_column_is_told_so(name: str) -> None:
    own = [
        Label(name=label.name, content="政策文件" if label.name == name else label.content)
        for label in labels.of_home(SITE).labels
    ]
    (found,) = report(PageKind.HOME, own).findings
    assert (found.code, found.name, found.suggestion) == ("not_home", name, "首页")
    assert not report(PageKind.HOME, own).valid
