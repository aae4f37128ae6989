from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.editorial.document import (
    LONGEST_DOCUMENT,
    DocumentTooLong,
    UnreadableDocument,
    read_document,
)
from shared.problem import Problem

REAL = Path(__file__).parents[3] / "data" / "bengbu-2017-97.txt"

PAGE = """您现在的位置： 首页 > 政务公开 > 通知公告
【字体：大 中 小】　打印本页　关闭窗口
　　云溪市教育局
来源：云溪日报　　发布时间：2023-09-04 10:20　　浏览次数：318
云溪市教育局关于做好
2023年秋季学期校园饮水安全工作的
通知
云教办 ［２０２３］ 第 18 号
各县（区）教育局，市直各学校、
各幼儿园：
　　为保障师生饮水安全，现将有关事项通知如下：
　　一、检查范围：全市中小学校。

　　二、联系方式：市教育局安全科，邮编：000000。
　　附件：检查表
云溪市教育局
二〇二三年九月一日
（此件公开发布）
上一篇：开学第一课
扫一扫在手机打开当前页
网站地图 | 联系我们 | 隐私声明
主办：云溪市教育局
版权所有：云溪市教育局　ICP备00000000号
您是第 1024 位访问者
"""


def test_the_real_document_is_read_without_the_page_around_it() -> None:
    reading = read_document(REAL.read_text(encoding="utf-8"))
    assert reading.title == "蚌埠市人民政府办公室关于进一步加强政府网站信息内容建设管理的实施意见"
    assert reading.doc_no == "蚌政办秘〔2017〕97号"
    assert reading.written_on == date(2017, 6, 2)
    assert reading.addressees == "各县、区人民政府,市政府各部门、各直属单位"
    assert reading.source == "蚌埠市人民政府办公室"


def test_the_real_body_runs_from_the_addressees_to_before_the_date() -> None:
    paragraphs = read_document(REAL.read_text(encoding="utf-8")).body.split("\n")
    assert len(paragraphs) == 25
    assert paragraphs[0] == "各县、区人民政府,市政府各部门、各直属单位:"
    assert paragraphs[1].startswith("政府网站是信息化条件下")
    assert paragraphs[2] == "一、加强政府网站管理体系建设"
    assert paragraphs[-1].endswith("依据相关规定进行问责。")
    assert all(paragraph == paragraph.strip() != "" for paragraph in paragraphs)


def test_a_page_laid_out_otherwise_is_read_too() -> None:
    reading = read_document(PAGE)
    assert reading.title == "云溪市教育局关于做好2023年秋季学期校园饮水安全工作的通知"
    assert reading.doc_no == "云教办〔2023〕18号"
    assert reading.written_on == date(2023, 9, 1)
    assert reading.addressees == "各县（区）教育局，市直各学校、各幼儿园"
    assert reading.source == "云溪市教育局"
    assert reading.body == (
        "各县（区）教育局，市直各学校、\n"
        "各幼儿园：\n"
        "为保障师生饮水安全，现将有关事项通知如下：\n"
        "一、检查范围：全市中小学校。\n"
        "二、联系方式：市教育局安全科，邮编：000000。\n"
        "附件：检查表\n"
        "云溪市教育局"
    )


@pytest.mark.parametrize(
    "written",
    [
        "云政办〔2024〕6号",
        "云政办[2024]6号",
        "云政办(2024)6号",
        "云政办［2024］6号",
        "云政办（2024）6号",
        "云政办【2024】6号",
        "云政办 〔 ２０２４ 〕 第 6 号",
        "（云政办〔2024〕06号）",
        "发文字号：云政办〔2024〕6号",
        "发布机构：云溪市人民政府 文　号：云政办〔2024〕6号 成文日期：2024-03-05",
    ],
)
def test_every_form_of_the_number_comes_out_the_same(written: str) -> None:
    reading = read_document(f"关于防汛工作的通知\n{written}\n各部门：\n请照办。")
    assert reading.doc_no == "云政办〔2024〕6号"


def test_a_number_the_text_cites_is_not_its_own() -> None:
    text = "关于防汛工作的通知\n各部门：\n根据云政办〔2024〕6号，请照办。\n云政办〔2024〕7号\n"
    assert read_document(text).doc_no is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2017年6月2日", date(2017, 6, 2)),
        ("2017 年 06 月 02 日", date(2017, 6, 2)),
        ("２０１７年６月２日", date(2017, 6, 2)),
        ("二〇一七年六月二日", date(2017, 6, 2)),
        ("二○一七年十月十日", date(2017, 10, 10)),
        ("二零二〇年十二月三十一日", date(2020, 12, 31)),
        ("二O二四年二月二十九日", date(2024, 2, 29)),
        ("云溪市人民政府　2017年6月2日", date(2017, 6, 2)),
        ("2017年13月40日", None),
        ("二〇一七年二月三十日", None),
        ("二〇一七年二三月三日", None),
        ("2017年6月2日印发", None),
        ("截至2017年6月2日", None),
    ],
)
def test_the_date_is_read_in_figures_and_in_words(written: str, expected: date | None) -> None:
    reading = read_document(f"关于防汛工作的通知\n各部门：\n请照办。\n{written}\n")
    assert reading.written_on == expected


def test_a_labelled_date_serves_where_nobody_signed() -> None:
    text = "成文日期：2024-03-05\n关于防汛工作的通知\n各部门：\n请照办。"
    assert read_document(text).written_on == date(2024, 3, 5)


def test_the_day_of_publishing_is_not_the_day_of_writing() -> None:
    text = "关于防汛工作的通知\n发布日期：2024-03-05\n2024-03-05 10:00\n请照办。"
    reading = read_document(text)
    assert (reading.written_on, reading.body) == (None, "请照办。")


def test_what_is_missing_is_none() -> None:
    reading = read_document("今天城区停水。\n请提前储水。")
    assert reading.model_dump(exclude={"title", "body"}) == {
        "doc_no": None,
        "written_on": None,
        "addressees": None,
        "source": None,
    }
    assert reading.title == "今天城区停水。"
    assert reading.body == "今天城区停水。\n请提前储水。"


def test_a_notice_keeps_the_annex_that_follows_its_date() -> None:
    text = (
        "云溪市人民政府关于印发云溪市节水办法的通知\n各部门：\n请照办。\n2024年3月5日\n"
        "云溪市节水办法\n第一条 为了节约用水，制定本办法。\n版权所有：云溪市人民政府"
    )
    reading = read_document(text)
    assert reading.title == "云溪市人民政府关于印发云溪市节水办法的通知"
    assert reading.body.split("\n")[1:] == [
        "请照办。",
        "云溪市节水办法",
        "第一条 为了节约用水，制定本办法。",
    ]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("云溪市人民政府办公室\n关于防汛工作的\n通知", "云溪市人民政府办公室关于防汛工作的通知"),
        ("云溪市节水办法（试行）", "云溪市节水办法（试行）"),
        ("通知公告\n云溪市节水条例_云溪市人民政府", "云溪市节水条例"),
        ("关于印发云溪市节水办法\n的通知", "关于印发云溪市节水办法的通知"),
        ("云溪市人民政府文件\n关于防汛工作的通知", "关于防汛工作的通知"),
        ("要闻\n春耕时节访云溪", "春耕时节访云溪"),
    ],
)
def test_the_title_is_found_among_what_stands_above_the_text(head: str, title: str) -> None:
    assert read_document(f"{head}\n各部门：\n请照办。").title == title


@pytest.mark.parametrize(
    ("line", "addressees"),
    [
        ("各县区人民政府，市直各单位：", "各县区人民政府，市直各单位"),
        ("广大市民朋友:", "广大市民朋友"),
        ("市财政局、市住建局：", "市财政局、市住建局"),
        ("现就有关单位事项通知如下：", None),
        ("一、各单位职责：", None),
        ("附件：各部门名单：", None),
    ],
)
def test_only_those_a_text_is_sent_to_are_addressees(line: str, addressees: str | None) -> None:
    assert read_document(f"关于防汛工作的通知\n{line}\n请照办。").addressees == addressees


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("发布机构：云溪市水务局\n关于停水的通知\n请储水。", "云溪市水务局"),
        ("关于停水的通知\n请储水。\n云溪市水务局\n2024年3月5日", "云溪市水务局"),
        ("关于停水的通知\n请储水。\n云溪市水务局 2024年3月5日", "云溪市水务局"),
        ("关于停水的通知\n来源：云溪日报\n请储水。", "云溪日报"),
        ("关于停水的通知\n信息来源：  发布日期：2024-03-05\n请储水。", None),
    ],
)
def test_the_publisher_is_guessed_from_label_title_signature_or_page(
    text: str, source: str | None
) -> None:
    assert read_document(text).source == source


def test_contact_lines_of_the_text_are_no_footer() -> None:
    text = "关于停水的通知\n请储水。\n地址：云溪市一路\n邮编：000000\n电话：000"
    assert read_document(text).body == "请储水。\n地址：云溪市一路\n邮编：000000\n电话：000"


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        ("主办：水务局\n电话：000\n版权所有：水务局", ""),
        ("网站标识码：0000000000", ""),
        ("文章版权所有者应当署名。", "\n文章版权所有者应当署名。"),
        ("版权所有：水务局" + "\n附表" * 15, "\n版权所有：水务局" + "\n附表" * 15),
    ],
)
def test_a_footer_ends_the_page_and_nothing_else(tail: str, kept: str) -> None:
    assert read_document(f"关于停水的通知\n请储水。\n{tail}").body == f"请储水。{kept}"


def test_the_text_begins_after_the_title_stands_for_the_last_time() -> None:
    reading = read_document("关于停水的通知\n政务动态\n关于停水的通知\n请储水。")
    assert (reading.title, reading.body) == ("关于停水的通知", "请储水。")


def test_characters_nobody_typed_are_removed() -> None:
    reading = read_document(
        "\ufeff关于\u200b停水的通知\x00\r\n\u3000\u3000请\x07储水。\x0c请\xa0照办。"
    )
    assert (reading.title, reading.body) == ("关于停水的通知", "请储水。\n请 照办。")


@pytest.mark.parametrize(
    "text", ["", " \n\u3000\n", "\x00\x00", "——……\n※※", "a\0b\0c\0", "\ufffd通知"]
)
def test_text_that_cannot_be_read_is_refused_by_name(text: str) -> None:
    with pytest.raises(UnreadableDocument):
        read_document(text)


def test_nothing_but_page_chrome_is_not_a_document() -> None:
    with pytest.raises(UnreadableDocument):
        read_document("您当前的位置：首页 > 通知\n扫一扫在手机打开当前页面\n版权所有：某市")


def test_a_document_past_the_limit_is_refused_by_name() -> None:
    read_document("字" * LONGEST_DOCUMENT)
    with pytest.raises(DocumentTooLong) as refusal:
        read_document("字" * (LONGEST_DOCUMENT + 1))
    assert refusal.value.members == {"characters": 200_001, "limit": 200_000}


PIECES = st.sampled_from(
    [*PAGE.split("\n"), "", "的通知", "：", "关于", "2024年2月30日", "来源：", "\x00"]
)


@given(st.lists(PIECES, max_size=12).map("\n".join) | st.text(max_size=60))
def test_whatever_is_pasted_is_read_or_refused_by_name(text: str) -> None:
    try:
        reading = read_document(text)
    except Problem:
        return
    assert reading.title
    assert "\x00" not in reading.title + reading.body
