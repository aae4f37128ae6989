from datetime import date

import pytest

from services.content.editorial.checks.links import findings, judge, of_list
from services.content.editorial.checks.subject import Link, Subject
from services.content.lexicons.matching import Compiled, Lexicons
from shared.contracts.lexicons import Wordlist

OWN = frozenset({"www.yunxi.net.cn"})
CLOSED = Wordlist.model_validate(
    {
        "title": "关停",
        "kind": "closed_domains",
        "source": "测试",
        "entries": [{"word": "old.yunxi.gov.cn"}],
    }
)
LEXICONS = Lexicons((Compiled("closed", "", CLOSED),))


def subject(*hrefs: str) -> Subject:
    links = [Link("链接", href) for href in hrefs]
    today = date(2026, 3, 2)
    return Subject("题", "文", today, links=links, lexicons=LEXICONS, own_domains=OWN)


def codes(url: str) -> set[str]:
    return {
        judged.code.removeprefix("links.") for judged in judge(url, OWN, LEXICONS.closed_domains)
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://www.yunxi.gov.cn/a?b=c#d",
        "https://www.yunxi.gov.cn:443/",
        "https://云溪.政务.cn/",
        "https://xn--xhq521b.xn--zfr164b/",
        "https://www.yunxi.net.cn/",
        "https://m.www.yunxi.net.cn./",
        "/a/b.pdf",
        "a/b:c.pdf",
        "#top",
        "mailto:office@yunxi.gov.cn",
        "tel:0552-3125236",
        "",
    ],
)
def test_nothing_speaks_against_a_link_to_a_government_or_to_oneself(url: str) -> None:
    assert codes(url) == set()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.com/", {"foreign"}),
        ("https://www.gov.uk/", {"foreign"}),
        ("https://www.info.gov.hk/", {"foreign"}),
        ("http://www.yunxi.gov.cn/", {"insecure"}),
        ("https://www.yunxi.gov.cn.example.com/", {"look_alike"}),
        ("https://yunxi-gov.cn/", {"look_alike"}),
        ("https://www.g0v.cn/", {"look_alike"}),
        ("https://www.yunxl.net.cn/", {"look_alike"}),
        ("https://www.gоv.cn/", {"look_alike"}),
        ("https://www.xn--gv-nmc.cn/", {"look_alike"}),
        ("https://t.cn/A6", {"shortened"}),
        ("https://1.2.3.4/", {"bare_address"}),
        ("https://[2001:db8::1]/", {"bare_address"}),
        ("https://16909060/", {"bare_address"}),
        ("https://www.yunxi.gov.cn:8443/", {"odd_port"}),
        ("https://admin:secret@www.yunxi.gov.cn/", {"user_info"}),
        ("https://www.yunxi.gov.cn@www.example.com/", {"user_info", "foreign"}),
        ("http://old.yunxi.gov.cn/", {"closed_domain", "insecure"}),
        ("https://sub.old.yunxi.gov.cn/", {"closed_domain"}),
        ("javascript:alert(1)", {"scheme"}),
        ("java\nscript:alert(1)", {"scheme"}),
        ("DATA:text/html,x", {"scheme"}),
        ("file:///C:/a.doc", {"scheme"}),
        ("https://[::1", {"malformed"}),
        ("https://a.cn:99999999/", {"malformed"}),
        ("www.example.com/a", {"foreign"}),
        ("https://" + "a." * 200 + "cn", {"malformed"}),
    ],
)
def test_what_speaks_against_a_link_is_all_said(url: str, expected: set[str]) -> None:
    assert codes(url) == expected


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("详见https://www.example.com/a，另附", "https://www.example.com/a"),
        ("（https://www.example.com/a）", "https://www.example.com/a"),
        ("(see https://www.example.com/a).", "https://www.example.com/a"),
        ("登录www.example.com查询", "www.example.com"),
        ("登录HTTPS://www.example.com。", "HTTPS://www.example.com"),
        ("https://云溪.中国/公告", "https://云溪.中国/"),
    ],
)
def test_an_address_in_a_text_ends_where_the_sentence_goes_on(text: str, url: str) -> None:
    (finding,) = findings("body", text, subject())
    assert (finding.code, finding.excerpt) == ("links.foreign", url)
    assert text[finding.start : finding.end] == url


@pytest.mark.parametrize(
    "text", ["office@www.example.com", "a/www.example.com", "http：//", "www."]
)
def test_what_is_no_address_passes(text: str) -> None:
    assert list(findings("body", text, subject())) == []


def test_a_listed_link_is_found_by_its_place_and_never_tells_its_password() -> None:
    found = list(
        of_list(subject("/a", " https://u:secret@www.example.com/?id=11010519491231002X"))
    )
    assert {(finding.field, finding.code) for finding in found} == {
        ("links/1", "links.user_info"),
        ("links/1", "links.foreign"),
    }
    for finding in found:
        assert "secret" not in finding.model_dump_json()
        assert "11010519491231002X" not in finding.model_dump_json()
