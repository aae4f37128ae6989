import re
from collections.abc import Sequence
from html import escape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.content.syndication.verification.matching import (
    Edition,
    Found,
    compare,
    look_for_link,
)
from services.content.syndication.verification.page import read_page
from shared.contracts.receipts import PageFault, PageVerdict, TextDifference

URL = "https://www.county.gov.cn/zwgk/1.html"
TITLE = "关于做好政府网站工作的通知"
TEXT = (
    "各县、区人民政府：\n现将“十四五”期间有关事项通知如下。\n"
    "一、每周更新3次，由王小明负责。二、2026年3月31日前报送。\n特此通知。"
)
EDITION = Edition(TITLE, TEXT, "蚌埠市人民政府办公室", "h1", "https://www.city.gov.cn/items/1")
LABELS = (
    f'<meta name="ArticleTitle" content="{TITLE}">'
    '<meta name="PubDate" content="2026——03——02 09:30">'
    '<meta name="ContentSource" content="蚌埠市人民政府办公室">'
)


def paragraphs(text: str) -> str:
    return "".join(f"<p>　　{escape(line)}</p>" for line in text.splitlines())


def page(body: str, *, title: str = TITLE, head: str = LABELS, above: str = "") -> str:
    return (
        f"<html><head><title>x</title>{head}<style>.no {{display:none}}</style></head><body>"
        f"<nav><a href=/>首页</a> &gt; 政策</nav>{above}<h1>{title}</h1>"
        f"<p>来源：蚌埠市人民政府办公室 <a>打印</a></p><div id=t>{body}</div>"
        "<script>var a = 1</script><footer>版权所有 皖ICP备1号 特此通知。</footer></body></html>"
    )


def found(markup: str, *editions: Edition) -> Found:
    return compare(read_page(markup, URL), editions or (EDITION,))


def shown(changed: str) -> Found:
    return found(page(paragraphs(changed)))


def test_the_text_in_a_template_is_the_same_and_everything_it_says_of_itself_is_told() -> None:
    same = found(page(paragraphs(TEXT)))
    assert (same.verdict, same.matched, same.content_hash) == (PageVerdict.SAME, 1.0, "h1")
    assert same.marks is not None
    assert set(same.marks.model_dump().values()) == {True}
    bare = found(page(paragraphs(TEXT), head="").replace("来源", "作者"))
    assert bare.verdict is PageVerdict.SAME
    assert bare.marks is not None
    assert bare.marks.model_dump() == {
        "title_shown": True,
        "source_shown": False,
        "title_labelled": False,
        "source_labelled": False,
        "date_labelled": False,
    }


@pytest.mark.parametrize(
    "body",
    [
        "<br>".join(TEXT.splitlines()),
        "<table><tr><td>" + "</td></tr><tr><td>".join(TEXT.splitlines()) + "</td></tr></table>",
        paragraphs(TEXT).replace("更新", "<b>更</b><span>新</span>"),
        paragraphs(TEXT.translate({ord("3"): "３", ord("“"): "「", ord("”"): "」"})),
        paragraphs(TEXT).replace("通知", "通\u200b知\ufeff").replace("2026", "2026 "),
    ],
)
def test_how_a_page_sets_the_text_makes_no_difference(body: str) -> None:
    assert found(page(body)).verdict is PageVerdict.SAME


@pytest.mark.parametrize(
    ("before", "after", "edition", "stands"),
    [
        ("3次", "5次", "一、每周更新3次,由王小明负责。", "一、每周更新5次,由王小明负责。"),
        ("3月31日", "3月13日", "二、2026年3月31日前报送。", "二、2026年3月13日前报送。"),
        ("王小明", "王大明", "一、每周更新3次,由王小明负责。", "一、每周更新3次,由王大明负责。"),
        ("二、", "另行通知。二、", "", "另行通知。"),
        (
            "现将",
            "不再将",
            '现将"十四五"期间有关事项通知如下。',
            '不再将"十四五"期间有关事项通知如下。',
        ),
    ],
)
def test_a_change_of_substance_is_told_with_both_sides(
    before: str, after: str, edition: str, stands: str
) -> None:
    changed = shown(TEXT.replace(before, after, 1))
    assert changed.verdict is PageVerdict.DIVERGED
    assert next(iter(changed.differences)) == TextDifference(edition=edition, page=stands)
    assert changed.matched is not None
    assert changed.matched > 0.5


def test_sentences_left_out_and_changed_places_are_no_template() -> None:
    left_out = shown(TEXT.replace("二、2026年3月31日前报送。", ""))
    assert left_out.verdict is PageVerdict.DIVERGED
    assert left_out.differences == [TextDifference(edition="二、2026年3月31日前报送。", page="")]
    lines = TEXT.splitlines()
    swapped = shown("\n".join([lines[0], lines[2], lines[1], lines[3]]))
    assert swapped.verdict is PageVerdict.DIVERGED


def test_a_number_is_not_shown_by_a_longer_one() -> None:
    edition = EDITION._replace(text="办理时限为工作日，联系电话是0552-3011")
    for longer, verdict in (("", PageVerdict.SAME), ("5", PageVerdict.DIVERGED)):
        markup = page(paragraphs(edition.text + longer) + "<p>2026</p>")
        assert found(markup, edition).verdict is verdict


@pytest.mark.parametrize("title", ["关于做好政府网站工作的通知（试行）", "通知", ""])
def test_another_title_is_another_text(title: str) -> None:
    diverged = found(page(paragraphs(TEXT), title=title))
    assert diverged.verdict is PageVerdict.DIVERGED
    assert diverged.differences == [TextDifference(edition=TITLE, page="")]
    assert diverged.marks is not None
    assert not diverged.marks.title_shown


@pytest.mark.parametrize("title", ["关于做好<br>政府网站<br>工作的通知", f"标题：{TITLE}"])
def test_a_title_may_be_set_in_lines_or_behind_its_label(title: str) -> None:
    assert found(page(paragraphs(TEXT), title=title)).verdict is PageVerdict.SAME


@pytest.mark.parametrize(
    "body",
    ["", "<div id=app></div>", "<p>您访问的页面不存在。</p>", "<p>请登录上网认证系统。</p>"],
)
def test_a_page_without_the_text_has_not_changed_it(body: str) -> None:
    none = found(page(body))
    assert (none.verdict, none.fault) == (PageVerdict.ABSENT, PageFault.NO_TEXT)
    assert none.differences == ()


@pytest.mark.parametrize(
    "hiding",
    ["hidden", "class=no", 'style="display:none"', 'style="position:absolute;left:-9999px"'],
)
def test_what_nobody_sees_proves_nothing(hiding: str) -> None:
    body = f"<div {hiding}>{paragraphs(TEXT)}</div>{paragraphs(TEXT.replace('3次', '5次'))}"
    assert found(page(body)).verdict is PageVerdict.DIVERGED


def test_a_page_may_show_any_of_the_editions_that_stood() -> None:
    later = EDITION._replace(text=TEXT.replace("3次", "5次"), content_hash="h2")
    same = found(page(paragraphs(TEXT)), later, EDITION)
    assert (same.verdict, same.content_hash) == (PageVerdict.SAME, "h1")
    assert compare(read_page(page(""), URL), []).fault is PageFault.NO_EDITION


@pytest.mark.parametrize(
    "href", [EDITION.url, EDITION.url + "#top", "http://www.city.gov.cn/items/1/"]
)
def test_a_link_to_the_source_is_what_a_link_directive_asks(href: str) -> None:
    linking = read_page(page(f'<a href="{href}">{TITLE}</a>'), URL)
    assert look_for_link(linking, [EDITION]).verdict is PageVerdict.SAME
    for other in ("https://www.city.gov.cn/items/2", "/items/1", "http://[x"):
        none = look_for_link(read_page(page(f'<a href="{other}">x</a>'), URL), [EDITION])
        assert (none.verdict, none.fault) == (PageVerdict.ABSENT, PageFault.NO_LINK)


WORDS = st.sampled_from(
    [
        *"首页政策导航新闻要闻通知公告市长信箱办事服务今日天气晴",
        "特此通知。",
        "2026",
        "<b>热点</b>",
    ]
)
BLOCK = st.tuples(
    st.sampled_from(["div", "p", "li", "td", "section", "a", "span"]), st.lists(WORDS)
)
BLOCKS = st.lists(BLOCK, max_size=12)


def chrome(blocks: Sequence[tuple[str, list[str]]]) -> str:
    return "".join(f"<{tag}>{''.join(words)}</{tag}>" for tag, words in blocks)


@given(above=BLOCKS, below=BLOCKS, navigation=st.permutations(["首页", "政策", "互动", "要闻"]))
def test_any_template_around_the_text_verifies(
    above: Sequence[tuple[str, list[str]]],
    below: Sequence[tuple[str, list[str]]],
    navigation: list[str],
) -> None:
    links = "".join(f"<li><a href=#>{name}</a></li>" for name in navigation)
    body = f"<div>{chrome(above)}</div>{paragraphs(TEXT)}<div>{chrome(below)}</div>"
    assert found(page(body, above=f"<ul>{links}</ul>")).verdict is PageVerdict.SAME


@given(
    digit=st.integers(0, len(re.findall(r"\d", TEXT)) - 1),
    instead=st.sampled_from("0123456789"),
    around=BLOCKS,
)
def test_any_changed_digit_diverges(
    digit: int, instead: str, around: Sequence[tuple[str, list[str]]]
) -> None:
    at = [match.start() for match in re.finditer(r"\d", TEXT)][digit]
    assume(TEXT[at] != instead)
    body = f"<div>{chrome(around)}</div>{paragraphs(TEXT[:at] + instead + TEXT[at + 1 :])}"
    changed = found(page(body))
    assert changed.verdict is PageVerdict.DIVERGED
    assert changed.differences


@given(dropped=st.integers(0, 4), around=BLOCKS)
def test_any_dropped_sentence_diverges(
    dropped: int, around: Sequence[tuple[str, list[str]]]
) -> None:
    sentences = re.findall(r"[^。：]+[。：]\n?", TEXT)
    assert len(sentences) == 5
    rest = "".join(sentences[:dropped] + sentences[dropped + 1 :])
    # A template that says the very sentence in the very place leaves nothing out.
    assume("特此通知" not in chrome(around))
    changed = found(page(f"{paragraphs(rest)}<div>{chrome(around)}</div>"))
    assert changed.verdict is PageVerdict.DIVERGED
