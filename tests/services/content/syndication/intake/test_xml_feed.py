import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.content.syndication.intake.entry import Parsed
from services.content.syndication.intake.parsing import parse
from shared.contracts.upstream_feeds import FeedFault, FeedForm
from tests.factories.feeds import TEXT, item, rss

HERE = "http://www.province.gov.cn/feeds/all.xml"
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://www.province.gov.cn/docs/">
<title>省政府</title><entry><id>urn:doc:1</id>
<title type="html">&lt;b&gt;关于防汛&lt;/b&gt;的通知</title>
<link href="1.html#top"/><updated>2026-03-02T09:00:00+08:00</updated><category term="政策"/>
<source><title>国务院办公厅</title><link href="http://www.ministry.gov.cn/1.html"/></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>皖政〔2026〕1号</p><p>{TEXT}</p>
</div></content></entry></feed>"""
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def read(body: bytes, content_type: str | None = None) -> Parsed:
    return parse(body, content_type, HERE)


def fault(parsed: Parsed) -> FeedFault | None:
    return parsed.flaw.fault if parsed.flaw else None


def test_an_atom_entry_is_read_with_relative_links_markup_and_source() -> None:
    parsed = read(ATOM.encode())
    (entry,) = parsed.entries
    assert (parsed.form, parsed.flaw) == (FeedForm.ATOM, None)
    assert (entry.key, entry.title) == ("urn:doc:1", "关于防汛的通知")
    assert entry.url == "http://www.province.gov.cn/docs/1.html"
    assert (entry.source, entry.categories) == ("国务院办公厅", ["政策"])
    assert entry.text == f"皖政〔2026〕1号\n{TEXT}"
    assert entry.doc_no == "皖政〔2026〕1号"
    assert entry.hops[-1] == entry.url
    assert entry.published_at == NINE


def test_an_rss_item_is_whole_only_with_its_content() -> None:
    parsed = read(rss(item("1", "通知一"), item("2", "通知二", None, description=TEXT), ttl="30"))
    whole, short = parsed.entries
    assert (whole.text, short.text) == (TEXT, None)
    assert short.summary == TEXT
    assert whole.url == "http://www.province.gov.cn/doc/1.html"
    assert parsed.ttl_minutes == 30


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 02 Mar 2026 09:00:00 CST",
        "Mon, 02 Mar 2026 01:00:00 GMT",
        "Mon, 02 Mar 2026 09:00:00",
        "2026-03-02 09:00:00",
        "2026-03-02 09:00",
        "2026年3月2日 09:00",
        "2026-03-02T01:00:00Z",
    ],
)
def test_a_time_without_a_zone_is_beijings_and_cst_is_chinas(written: str) -> None:
    (entry,) = read(rss(item("1", "通知", pubDate=written))).entries
    assert entry.published_at == NINE


def test_a_moment_that_never_was_is_none() -> None:
    (entry,) = read(rss(item("1", "通知", pubDate="2026-02-31 25:00:00"))).entries
    assert entry.published_at is None


@pytest.mark.parametrize("content_type", [None, "text/xml", "application/xml; charset=gbk"])
def test_a_feed_in_gb18030_is_read_whatever_it_calls_that(content_type: str | None) -> None:
    (entry,) = read(rss(item("1", "朱镕基㐀的讲话"), encoding="gb2312"), content_type).entries
    assert entry.title == "朱镕基㐀的讲话"


def test_one_garbled_sign_loses_one_entry_and_no_other() -> None:
    body = rss(item("1", "坏标题"), item("2", "好标题"), encoding="gb2312")
    parsed = read(body.replace("坏".encode("gb18030"), b"\xff\xff"))
    assert [entry.title for entry in parsed.entries] == ["好标题"]
    assert [(one.place, "编码" in one.message) for one in parsed.bad] == [(1, True)]
    assert fault(parsed) is FeedFault.BAD_ENTRIES


def test_an_entry_without_a_title_is_named_and_the_others_are_read() -> None:
    parsed = read(rss(item("1", ""), item("2", "好标题")))
    assert [entry.key for entry in parsed.entries] == ["2"]
    assert [one.place for one in parsed.bad] == [1]


def test_broken_xml_is_named_with_its_place_and_its_texts_are_not_believed() -> None:
    parsed = read(rss(item("1", "通知一"), "<item><title>甲 & 乙</title></item>"))
    assert parsed.flaw is not None
    assert parsed.flaw.fault is FeedFault.BROKEN_XML
    assert parsed.flaw.line == 1
    assert (parsed.flaw.column or 0) > 300
    assert (parsed.entries[0].title, parsed.entries[0].text) == ("通知一", None)


def test_a_feed_cut_off_inside_a_sign_keeps_what_came_whole() -> None:
    parsed = read(rss(item("1", "通知一"), item("2", "通知二"))[:-120])
    assert fault(parsed) is FeedFault.BROKEN_XML
    assert parsed.entries[0].title == "通知一"
    assert {entry.text for entry in parsed.entries} == {None}


BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 9))
    + "]>"
)
FILE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [BOMB, FILE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_any_parser_sees_them(declared: str, encoding: str) -> None:
    text = rss(item("1", "通知")).decode().replace('encoding="utf-8"', f'encoding="{encoding}"')
    parsed = read(text.replace("<rss", f"{declared}<rss").encode(encoding))
    assert (fault(parsed), parsed.entries) == (FeedFault.ENTITIES, ())


def test_what_would_keep_a_parser_busy_is_refused_or_over_soon() -> None:
    begun = time.perf_counter()
    many = " ".join(f'a{n}="1"' for n in range(100_000))
    assert fault(read(rss(f"<item {many}/>"))) is FeedFault.TANGLED
    assert fault(read(rss("<a>" * 500_000))) is FeedFault.TANGLED
    for hostile in ("<" * 100_000, "&" * 100_000, "<![CDATA[" * 20_000):
        assert fault(read(rss(hostile))) is FeedFault.BROKEN_XML
    assert time.perf_counter() - begun < 15


def test_only_the_first_entries_of_an_endless_feed_are_read() -> None:
    parsed = read(rss(*(item(str(n), f"通知{n}") for n in range(501))))
    assert (len(parsed.entries), fault(parsed)) == (500, FeedFault.TOO_MANY_ENTRIES)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"<!DOCTYPE html><html><head><title>x</title></head><body><p>hi</body></html>",
        b"<html><body>404</body></html>",
        b"plain words",
        b"<root><a/></root>",
    ],
)
def test_what_is_no_feed_is_called_so(body: bytes) -> None:
    parsed = read(body, "text/html")
    assert (parsed.form, fault(parsed)) == (None, FeedFault.NOT_A_FEED)
