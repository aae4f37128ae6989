import pytest

from services.content.editorial.importing.nesting import TangledMarkup
from services.content.syndication.verification.page import decode, plain, read_page

URL = "https://www.county.gov.cn/zwgk/1.html"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("网站".encode(), None),
        ("网站".encode("gbk"), "text/html; charset=GB2312"),
        ('<meta charset="gbk">网站'.encode("gbk"), "text/html"),
        ('<meta http-equiv=x content="text/html; charset=gb2312">网站'.encode("gbk"), None),
        ("网站".encode(), "text/html; charset=nonsense"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_names(body: bytes, content_type: str | None) -> None:
    assert decode(body, content_type).endswith("网站")


def test_bytes_of_no_encoding_are_read_as_far_as_they_go() -> None:
    assert decode(b"a\xff\xfeb", None) == "a\ufffd\ufffdb"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢ１２（三）", "AB12(三)"),
        ("「通知」", "“通知”"),
        ("2017——04", "2017-04"),
        ("a\u200b \u3000b", "ab"),
    ],
)
def test_signs_that_mean_the_same_are_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("10²", "102"), ("①", "1"), ("3.5", "35"), ("不", "")])
def test_signs_that_mean_something_else_stay(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_a_page_is_read_by_the_lines_it_shows() -> None:
    markup = "<p>a<b>b</b></p>c<ul><li>d</ul><!-- e --><style>f</style><textarea>g</textarea><td>h"
    assert read_page(markup, URL).lines == ("ab", "c", "d", "h")
    assert read_page("", URL).lines == ()


def test_markup_nobody_wrote_is_refused() -> None:
    with pytest.raises(TangledMarkup):
        read_page("<div>" * 1000, URL)
