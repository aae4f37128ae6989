from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from services.content.syndication.verification.absence import (
    Sought,
    look_for_copy,
    next_look,
    stands,
    state_of,
)
from services.content.syndication.verification.matching import Edition
from services.content.syndication.verification.receipt import Answered, Known
from shared.contracts.binding import Ask
from shared.contracts.recalls import CopyState
from shared.contracts.receipts import PageFault, PageVerdict

URL = "https://www.s3403210001.gov.cn/1"
SOURCE = "https://www.s3403000006.gov.cn/items/1"
TITLE = "关于做好防汛工作的通知"
LINES = (
    "各县、区人民政府,市政府各部门、各直属机构：",
    "一、各地要于6月30日前完成水库除险加固,确保安全度汛。",
    "二、对逾期未完成整改的单位,将在全市范围内予以通报。",
    "三、各地每月5日前向市防汛办公室报送工作进展情况。",
)
OLD = Edition(TITLE, "\n".join(LINES), "市政府办公室", "a" * 64, SOURCE)
NEW = Edition(TITLE, OLD.text.replace("6月30日", "7月31日"), "市政府办公室", "b" * 64, SOURCE)
NAV = "<ul><li>首页<li>政务公开<li>通知公告</ul>"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def shown(*lines: str, title: str = TITLE, head: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<head>{head}</head>{NAV}<h1>{title}</h1>{body}<footer>版权所有</footer>"


def answered(markup: str, status: int = 200, fault: PageFault | None = None) -> Answered:
    return Answered(URL, 0.1, fault, status, "text/html; charset=utf-8", markup.encode())


def found(
    markup: str, *, wanted: Edition | None = None, seen: bool = True, status: int = 200
) -> tuple[PageVerdict, PageFault | None]:
    former: Sequence[Edition] = [OLD]
    told = look_for_copy(answered(markup, status), Sought(Ask.REPOST, former, wanted, seen))
    return told.verdict, told.fault


ABSENT = (PageVerdict.ABSENT, PageFault.NO_TEXT)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_has_no_copy(status: int) -> None:
    assert found("", status=status, seen=False) == (PageVerdict.ABSENT, PageFault.GONE)


@pytest.mark.parametrize(
    "lines",
    [
        ("该内容已撤下。",),
        (f"《{TITLE}》已撤下，请以新文件为准。",),
        ("另一篇文章的正文,与前文没有任何关系,讲的是春耕生产。",),
        ("各县、区人民政府：", "现将春耕生产有关事项通知如下,请认真贯彻执行。"),
    ],
)
def test_a_page_that_shows_something_else_in_its_place_has_no_copy(lines: Sequence[str]) -> None:
    assert found(shown(*lines)) == ABSENT


def test_a_page_that_shows_it_all_still_has_the_copy() -> None:
    assert found(shown(*LINES))[0] is PageVerdict.SAME
    assert found(shown("该内容已撤下。", *LINES))[0] is PageVerdict.SAME


@pytest.mark.parametrize(
    "left",
    [LINES[:2], LINES[1:2], LINES[3:], (LINES[1].replace("6月30日", "7月1日"), *LINES[2:])],
)
def test_a_page_that_keeps_a_part_of_it_still_has_a_copy(left: Sequence[str]) -> None:
    assert found(shown(*left))[0] is PageVerdict.DIVERGED
    assert found(shown("该内容已撤下。", *left))[0] is PageVerdict.DIVERGED


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">{}</div>',
        "<script>var text = '{}'</script>",
        "<template>{}</template>",
        "<p hidden>{}</p>",
        "<!-- {} -->",
    ],
)
def test_what_is_only_kept_from_sight_is_not_gone(hidden: str) -> None:
    page = shown("该内容已撤下。", hidden.format(LINES[1] + LINES[2]))
    assert found(page)[0] is PageVerdict.DIVERGED


def test_one_sentence_of_a_long_text_is_no_copy() -> None:
    many = [f"第{at}条 各单位应当按照本办法第{at}条的规定办理。" for at in range(1, 60)]
    sought = Sought(Ask.REPOST, [OLD._replace(text="\n".join(many))], seen=True)
    told = look_for_copy(answered(shown("该内容已撤下。", many[3])), sought)
    assert told.verdict is PageVerdict.ABSENT
    told = look_for_copy(answered(shown("该内容已撤下。", *many[:4])), sought)
    assert told.verdict is PageVerdict.DIVERGED


def test_a_page_without_the_text_proves_nothing_where_it_was_never_seen() -> None:
    scripted = "<div id=app></div><p>请启用脚本</p>"
    assert found(scripted, seen=False) == (PageVerdict.UNREAD, PageFault.NEVER_SEEN)
    assert found(scripted) == ABSENT
    assert found(shown("该内容已撤下。"), seen=False) == ABSENT


@pytest.mark.parametrize("ask", list(Ask))
def test_whoever_knows_nothing_to_look_for_proves_nothing(ask: Ask) -> None:
    told = look_for_copy(answered(shown("该内容已撤下。")), Sought(ask, [], seen=True))
    assert told[:2] == (PageVerdict.UNREAD, PageFault.NO_EDITION)


@pytest.mark.parametrize("page", ["", "<html><body></body>", "<img src=a.png>"])
def test_a_blank_page_proves_nothing(page: str) -> None:
    assert found(page) == (PageVerdict.UNREAD, PageFault.BLANK)


@pytest.mark.parametrize("status", [200, 301, 403, 429, 500, 503])
def test_a_page_that_was_not_read_proves_nothing(status: int) -> None:
    fault = PageFault.NO_ANSWER if status == 200 else None
    told = look_for_copy(
        answered(shown("该内容已撤下。"), status, fault), Sought(Ask.REPOST, [OLD], seen=True)
    )
    assert told.verdict is PageVerdict.UNREAD


def test_a_corrected_page_shows_the_new_text_alone() -> None:
    new = NEW.text.splitlines()
    assert found(shown(*new), wanted=NEW)[0] is PageVerdict.SAME
    assert found(shown(*LINES), wanted=NEW)[0] is PageVerdict.DIVERGED
    assert found(shown(*LINES[2:]), wanted=NEW)[0] is PageVerdict.DIVERGED
    assert found(shown("该内容已撤下。"), wanted=NEW) == ABSENT
    assert found(shown(*new[:3]), wanted=NEW)[0] is PageVerdict.DIVERGED


def test_a_link_is_gone_when_nothing_leads_to_the_source() -> None:
    sought = Sought(Ask.LINK, [OLD], seen=True)
    linking = f"<p>正文见<a href='{SOURCE}'>原文</a></p>"
    assert look_for_copy(answered(linking), sought).verdict is PageVerdict.SAME
    assert look_for_copy(answered("<p>无</p>"), sought) == (
        *(PageVerdict.ABSENT, PageFault.NO_LINK),
        *look_for_copy(answered("<p>无</p>"), sought)[2:],
    )


@pytest.mark.parametrize(
    ("verdict", "wanted", "standing"),
    [
        (PageVerdict.SAME, False, True),
        (PageVerdict.SAME, True, False),
        (PageVerdict.DIVERGED, True, True),
        (PageVerdict.ABSENT, False, False),
        (PageVerdict.UNREAD, False, False),
        (None, False, False),
    ],
)
def test_what_stands_is_what_should_be_there_no_more(
    verdict: PageVerdict | None, *, wanted: bool, standing: bool
) -> None:
    assert stands(verdict, wanted=wanted) is standing


def test_only_what_was_proved_can_return() -> None:
    owed, proved, returned = CopyState.OWED, CopyState.PROVED, CopyState.RETURNED
    assert state_of(PageVerdict.SAME, owed, wanted=False) is owed
    assert state_of(PageVerdict.ABSENT, owed, wanted=False) is proved
    assert state_of(PageVerdict.DIVERGED, proved, wanted=False) is returned
    assert state_of(PageVerdict.SAME, proved, wanted=True) is proved
    assert state_of(PageVerdict.ABSENT, returned, wanted=True) is proved


def test_the_longer_a_copy_has_been_gone_the_less_often_it_is_looked_for() -> None:
    def after(gone: timedelta) -> timedelta:
        absent = PageVerdict.ABSENT
        known = Known(absent, NOW, absent, NOW)
        return next_look(known, CopyState.PROVED, NOW, NOW + gone) - NOW - gone

    days = [0.1, 1, 2, 8, 60, 400]
    assert [after(DAY * each) / DAY for each in days] == [1, 1, 2, 8, 60, 60]


def test_what_stands_is_looked_for_often_until_the_deadline_and_at_it() -> None:
    same = PageVerdict.SAME
    known = Known(same, NOW, same, NOW)
    hour = timedelta(hours=1)
    assert next_look(known, CopyState.OWED, NOW + DAY, NOW) == NOW + hour
    assert next_look(known, CopyState.OWED, NOW + hour / 2, NOW) == NOW + hour / 2
    assert next_look(known, CopyState.OWED, NOW, NOW) == NOW + DAY / 2
    doubted = known._replace(suspected=PageVerdict.ABSENT)
    assert next_look(doubted, CopyState.OWED, NOW + DAY, NOW) == NOW + hour / 2
