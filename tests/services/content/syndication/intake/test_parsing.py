from hypothesis import given
from hypothesis import strategies as st

from services.content.syndication.intake.parsing import parse
from shared.contracts.upstream_feeds import FeedForm
from tests.factories.feeds import item, rss

GOOD = rss(item("1", "通知一", pubDate="2026-03-02 09:00"), item("2", "通知二"))
TYPES = st.sampled_from([None, "text/xml; charset=gbk", "application/json", "text/html", "x"])


@given(st.binary(max_size=300), TYPES)
def test_no_body_whatever_it_is_is_more_than_a_fault(
    body: bytes, content_type: str | None
) -> None:
    parsed = parse(body, content_type, "http://www.province.gov.cn/feed")
    assert parsed.flaw is not None or parsed.form is not None


@given(st.integers(0, len(GOOD) - 1), st.binary(max_size=4))
def test_a_feed_with_some_bytes_spoilt_is_read_or_named(at: int, spoilt: bytes) -> None:
    body = GOOD[:at] + spoilt + GOOD[at + len(spoilt) :]
    parsed = parse(body, None, "http://www.province.gov.cn/feed")
    for entry in parsed.entries:
        assert "\x00" not in f"{entry.key}{entry.title}{entry.text}{entry.url}"
        assert "\ufffd" not in entry.title


def test_json_is_known_by_its_type_or_by_how_it_begins() -> None:
    feed = b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'
    for told in (None, "application/feed+json", "text/plain"):
        assert parse(b"\xef\xbb\xbf" + feed, told, "http://a.gov.cn/").form is FeedForm.JSON_FEED
    assert parse(rss(), "application/json", "http://a.gov.cn/").form is FeedForm.RSS
