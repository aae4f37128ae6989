import json
from typing import Any

import pytest

from services.content.syndication.intake.entry import Parsed
from services.content.syndication.intake.parsing import parse
from shared.contracts.upstream_feeds import FeedFault, FeedForm
from tests.factories.feeds import TEXT

VERSION = "https://jsonfeed.org/version/1.1"
ITEM = {
    "title": "关于防汛的通知",
    "body": TEXT,
    "url": "http://www.province.gov.cn/1",
    "source": "省政府",
    "doc_no": "皖政〔2026〕1号",
    "index_no": "AH001/2026-00001",
    "first_public_at": "2026-03-02T01:00:00Z",
    "origin": {"url": "http://www.ministry.gov.cn/1", "site_code": "bm01000001"},
    "kind": "of a later version",
}


def read(document: Any) -> Parsed:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return parse(body, "application/feed+json", "http://www.province.gov.cn/feed.json")


def test_a_json_feed_is_read_and_one_bad_entry_loses_no_other() -> None:
    good = {
        "id": 7,
        "url": "http://www.province.gov.cn/7",
        "title": "通知",
        "content_html": f"<p>{TEXT}</p>",
        "authors": [{"name": "新华社"}],
        "tags": ["政策"],
        "date_published": "2026-03-02T01:00:00Z",
    }
    parsed = read({"version": VERSION, "items": [{"title": "没有编号"}, good, 3, {"id": "9"}]})
    (entry,) = parsed.entries
    assert parsed.form is FeedForm.JSON_FEED
    assert (entry.key, entry.text, entry.author) == ("7", TEXT, "新华社")
    assert [(one.place, one.title) for one in parsed.bad] == [
        (1, "没有编号"),
        (3, None),
        (4, None),
    ]
    assert parsed.flaw is not None
    assert parsed.flaw.fault is FeedFault.BAD_ENTRIES


def test_a_change_feed_tells_items_tombstones_and_where_to_go_on() -> None:
    changes = [
        {"act": "released", "item_id": "1", "item": None},
        {"act": "released", "item_id": "1", "item": ITEM},
        {"act": "withdrawn", "item_id": "2"},
        {"act": "released", "item_id": "3", "item": {"title": "残缺"}},
    ]
    parsed = read({"changes": changes, "next": "cursor"})
    (entry,) = parsed.entries
    assert (parsed.form, parsed.cursor, parsed.has_more) == (FeedForm.CHANGES, "cursor", True)
    assert (entry.text, entry.doc_no, entry.index_no) == (TEXT, ITEM["doc_no"], ITEM["index_no"])
    assert entry.hops == ["http://www.ministry.gov.cn/1", "http://www.province.gov.cn/1"]
    assert parsed.withdrawn == ["2"]
    assert [(one.place, one.title) for one in parsed.bad] == [(4, "残缺")]


def test_signs_no_database_keeps_are_left_out() -> None:
    item = ITEM | {"body": f"\x00{TEXT}\x00", "index_no": "9" * 5_000}
    (entry,) = read(
        {"changes": [{"act": "released", "item_id": "1\x00", "item": item}], "next": "c"}
    ).entries
    assert (entry.key, entry.text, entry.index_no) == ("1", TEXT, None)


@pytest.mark.parametrize(
    ("body", "fault", "line"),
    [
        (b'{"version":\n oh', FeedFault.BROKEN_JSON, 2),
        (b"[" * 100_000, FeedFault.BROKEN_JSON, 1),
        (b'{"a": 1}', FeedFault.NOT_A_FEED, None),
        (b"[]", FeedFault.NOT_A_FEED, None),
        (b'{"changes": [], "next": 3}', FeedFault.NOT_A_FEED, None),
    ],
)
def test_what_is_broken_or_no_feed_is_named(
    body: bytes, fault: FeedFault, line: int | None
) -> None:
    parsed = read(body)
    assert parsed.flaw is not None
    assert (parsed.form, parsed.flaw.fault, parsed.flaw.line) == (None, fault, line)


def test_what_no_database_keeps_is_none() -> None:
    entry = {
        "id": "1",
        "title": "通知",
        "url": "http://a.gov.cn/\x00",
        "date_published": "0001-01-01T00:00:00+08:00",
    }
    (told,) = read({"version": VERSION, "items": [entry]}).entries
    assert (told.url, told.published_at) == (None, None)
