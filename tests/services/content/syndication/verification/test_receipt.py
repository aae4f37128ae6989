from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AnyHttpUrl

from services.content.syndication.verification.figures import figures
from services.content.syndication.verification.matching import Edition
from services.content.syndication.verification.receipt import (
    Answered,
    Known,
    check_place,
    found_in,
    learn,
    next_reading,
)
from shared.contracts.binding import Ask
from shared.contracts.receipts import PageFault, PageVerdict
from shared.problem import Invalid

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
APART = figures().apart
SAME, DIVERGED = PageVerdict.SAME, PageVerdict.DIVERGED
ABSENT, UNREAD = PageVerdict.ABSENT, PageVerdict.UNREAD
URL = "https://www.a.gov.cn/1"
EDITION = Edition("标题一二三", "正文一二三四五六七八。", "来源", "h", "https://b.gov.cn/1")
PAGE = "<h1>标题一二三</h1><p>正文一二三四五六七八。</p>".encode()


def told(*found: PageVerdict, every: timedelta = APART) -> Known:
    known = Known()
    for place, verdict in enumerate(found):
        known = learn(known, verdict, NOW + place * every)
    return known


@pytest.mark.parametrize("verdict", [SAME, DIVERGED, ABSENT])
def test_two_readings_apart_in_time_judge_and_one_does_not(verdict: PageVerdict) -> None:
    assert told(verdict).judged is None
    known = told(verdict, verdict)
    assert (known.judged, known.judged_at) == (verdict, NOW + APART)
    assert told(verdict, verdict, every=APART - timedelta(seconds=1)).judged is None
    assert told(verdict, verdict, verdict).judged_at == NOW + APART


def test_what_is_found_in_between_begins_anew() -> None:
    assert told(DIVERGED, SAME, DIVERGED).judged is None
    assert told(SAME, SAME, DIVERGED).judged is SAME
    assert told(SAME, SAME, DIVERGED, SAME, DIVERGED).judged is SAME
    assert told(SAME, SAME, DIVERGED, DIVERGED).judged is DIVERGED
    assert told(DIVERGED, DIVERGED, SAME, SAME).judged is SAME


@given(st.lists(st.sampled_from(PageVerdict), max_size=12))
def test_a_reading_that_did_not_get_through_costs_and_clears_nothing(
    found: list[PageVerdict],
) -> None:
    known = Known()
    for place, verdict in enumerate(found):
        before, known = known, learn(known, verdict, NOW + place * APART)
        if verdict is UNREAD:
            assert known == before
    assert set(found) != {UNREAD} or known == Known()


def test_the_longer_a_page_cannot_be_read_the_longer_it_is_left() -> None:
    minutes, hours = timedelta(minutes=1), timedelta(hours=1)
    waits = [
        next_reading(Known(), UNREAD, NOW, NOW - since) - NOW
        for since in (0 * hours, hours / 2, 3 * hours, 100 * hours)
    ]
    assert waits == [60 * minutes, 60 * minutes, 3 * hours, 12 * hours]


@pytest.mark.parametrize(
    ("known", "found", "wait"),
    [
        (Known(SAME, NOW), SAME, APART),
        (Known(SAME, NOW, SAME, NOW), SAME, timedelta(days=7)),
        (Known(DIVERGED, NOW, SAME, NOW), DIVERGED, APART),
        (Known(DIVERGED, NOW, DIVERGED, NOW), DIVERGED, timedelta(hours=12)),
        (Known(ABSENT, NOW, ABSENT, NOW), ABSENT, timedelta(hours=12)),
    ],
)
def test_a_page_is_read_again_soon_until_it_is_judged(
    known: Known, found: PageVerdict, wait: timedelta
) -> None:
    assert next_reading(known, found, NOW, None) == NOW + wait


@pytest.mark.parametrize(
    ("answered", "verdict", "fault"),
    [
        (Answered(URL, 0.1, PageFault.NO_ANSWER), UNREAD, PageFault.NO_ANSWER),
        (Answered(URL, 0.1, status=404), ABSENT, PageFault.GONE),
        (Answered(URL, 0.1, status=410), ABSENT, PageFault.GONE),
        (Answered(URL, 0.1, status=403, body=PAGE), UNREAD, PageFault.STATUS),
        (Answered(URL, 0.1, status=503, body=PAGE), UNREAD, PageFault.STATUS),
        (Answered(URL, 0.1, status=304), UNREAD, PageFault.STATUS),
        (Answered(URL, 0.1, status=200, body=b"<div>" * 999), UNREAD, PageFault.TANGLED),
        (Answered(URL, 0.1, status=200, body=b""), ABSENT, PageFault.NO_TEXT),
        (Answered(URL, 0.1, status=200, body=PAGE), SAME, None),
    ],
)
def test_only_a_page_that_came_proves_something(
    answered: Answered, verdict: PageVerdict, fault: PageFault | None
) -> None:
    found = found_in(answered, Ask.REPOST, [EDITION])
    assert (found.verdict, found.fault) == (verdict, fault)


def test_a_link_directive_asks_for_no_text() -> None:
    body = b"<a href=https://b.gov.cn/1>x</a>"
    assert found_in(Answered(URL, 0.1, None, 200, None, body), Ask.LINK, [EDITION]).verdict is SAME
    assert found_in(Answered(URL, 0.1, None, 200, None, PAGE), Ask.LINK, [EDITION]).fault is (
        PageFault.NO_LINK
    )


OWN = "www.a.gov.cn"
DOMAINS = [OWN, "police.a.gov.cn", "www.b.gov.cn"]


@pytest.mark.parametrize(
    "host", ["www.a.gov.cn", "a.gov.cn", "A.gov.cn:8443", "zwgk.a.gov.cn", "www.zwgk.a.gov.cn"]
)
def test_a_page_stands_on_the_sites_own_domain_or_below_it(host: str) -> None:
    check_place(AnyHttpUrl(f"https://{host}/1"), OWN, DOMAINS)


@pytest.mark.parametrize(
    ("host", "code"),
    [
        *((host, "other_site") for host in ("www.b.gov.cn", "ga.gov.cn", "a.gov.cn.evil.com")),
        *((host, "other_site") for host in ("police.a.gov.cn", "x.police.a.gov.cn", "127.0.0.1")),
        ("user:secret@www.a.gov.cn", "user_info"),
        ("www.a.gov.cn@evil.com", "user_info"),
    ],
)
def test_a_page_of_somebody_else_proves_nothing(host: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_place(AnyHttpUrl(f"https://{host}/1"), OWN, DOMAINS)
    assert [fault["code"] for fault in refused.value.members["faults"]] == [code]


def test_a_chinese_domain_is_known_by_its_other_name() -> None:
    check_place(AnyHttpUrl("https://蚌埠.政务/1"), "蚌埠.政务", [])
