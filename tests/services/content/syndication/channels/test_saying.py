from typing import Any

import pytest

from services.content.syndication.channels.platform import platform
from services.content.syndication.channels.saying import (
    Matter,
    TooLong,
    as_html,
    faults,
    say,
)
from shared.contracts.channels import ChannelKind

WECHAT, WEIBO = platform(ChannelKind.WECHAT), platform(ChannelKind.WEIBO)
LINK = "https://www.bengbu.gov.cn/items/01a22106-e6d5-73e3-ae0f-896d94c645b3"
MATTER = Matter("标题", "摘要", LINK, "市政府办公室", "蚌埠市人民政府", "第一段。\n第二段。")


def width(text: str) -> float:
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def test_a_post_says_what_its_template_says_of_the_item() -> None:
    said = say(WEIBO, {"text": "${site}：${title}（${source}）$$ ${link}"}, MATTER)
    assert said.text == f"蚌埠市人民政府：标题（市政府办公室）$ {LINK}"
    assert (said.title, said.digest, said.shortened) == (None, None, False)


@pytest.mark.parametrize("length", [50, 97, 98, 99, 100, 140, 5000])
def test_whatever_the_length_a_post_fits_and_its_link_is_whole(length: int) -> None:
    matter = MATTER._replace(title="题" * 20, summary="要" * length)
    said = say(WEIBO, {}, matter)
    assert width(said.text) <= 140
    assert said.text.endswith(f" {LINK}")
    assert said.shortened == ("…" in said.text)
    longer = len(f"【{matter.title}】{matter.summary} ") + len(LINK) / 2 > 140
    assert said.shortened == longer


def test_what_is_cut_is_cut_no_more_than_must_be() -> None:
    said = say(WEIBO, {"text": "${summary}${link}"}, MATTER._replace(summary="要" * 300))
    assert 139 <= width(said.text) <= 140


def test_the_summary_gives_way_before_the_title_and_the_link_never() -> None:
    long = MATTER._replace(title="题" * 130, summary="要" * 130)
    said = say(WEIBO, {}, long)
    assert "要" not in said.text
    assert said.text.endswith(LINK)
    with pytest.raises(TooLong):
        say(WEIBO, {}, MATTER._replace(link="https://a.gov.cn/" + "x" * 280))


def test_title_digest_and_text_of_an_article_keep_to_their_own_limits() -> None:
    long = MATTER._replace(
        title="题" * 100, summary="要" * 500, source="源" * 50, text="文<字>\n" * 9000
    )
    said = say(WECHAT, {}, long)
    assert said.title is not None
    assert said.digest is not None
    assert (len(said.title), len(said.digest), len(said.author)) == (32, 128, 16)
    assert len(as_html(said.text)) <= 19999
    assert as_html(said.text).endswith(f"<p>原文：{LINK}</p>")


def test_an_article_holds_paragraphs_and_nothing_that_is_carried_out() -> None:
    html = as_html('一<script>alert("1")</script>\n\n  二&三  ')
    assert html == ("<p>一&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</p><p>二&amp;三</p>")


def test_a_field_that_looks_like_a_place_is_only_text() -> None:
    said = say(WEIBO, {}, MATTER._replace(title="${link} $title {0.__class__}"))
    assert said.text.startswith("【${link} $title {0.__class__}】摘要")


def test_on_weibo_an_item_names_no_topic_and_calls_nobody() -> None:
    said = say(WEIBO, {}, MATTER._replace(title="#防汛# @某人", link=f"{LINK}#a"))
    assert said.text == f"【＃防汛＃ ＠某人】摘要 {LINK}#a"


@pytest.mark.parametrize(
    ("known", "template", "found"),
    [
        (WEIBO, {"text": "${link}"}, []),
        (WECHAT, {"title": "${title}", "digest": None, "text": "${link}"}, []),
        (WEIBO, {"text": "${title}"}, [("/template/text", "link_missing")]),
        (WEIBO, {"text": "${link} ${body}"}, [("/template/text", "unknown_place")]),
        (WEIBO, {"text": "${link} $ 5"}, [("/template/text", "template_form")]),
        (WEIBO, {"text": "${link.__class__}"}, [("/template/text", "template_form")]),
        (WEIBO, {"text": "{link} ${link} #话题#"}, [("/template/text", "topic")]),
        (WEIBO, {"text": "字" * 90 + "${link}"}, [("/template/text", "too_long")]),
        (WEIBO, {"title": "题", "text": "${link}"}, [("/template/title", "not_used")]),
        (
            WECHAT,
            {"title": "字" * 33, "text": "无"},
            [("/template/title", "too_long"), ("/template/text", "link_missing")],
        ),
    ],
)
def test_a_template_is_told_everything_that_is_wrong_with_it(
    known: Any, template: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    assert [(fault.pointer, fault.code) for fault in faults(known, template)] == found
