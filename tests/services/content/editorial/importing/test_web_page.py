import gc
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.editorial.importing.nesting import TangledMarkup
from services.content.editorial.importing.web_page import read_html

DATA = Path(__file__).parents[4] / "data"
WORD = (DATA / "pasted-from-word.html").read_text("utf-8")
WPS = (DATA / "pasted-from-wps.html").read_text("utf-8")


def lines(markup: str) -> list[str]:
    return [paragraph.text for paragraph in read_html(markup).paragraphs]


def codes(markup: str) -> dict[str, int]:
    return {finding.code: finding.count for finding in read_html(markup).findings()}


def test_what_word_puts_on_the_clipboard_is_read_as_it_looks() -> None:
    material = read_html(WORD)
    assert material.text.split("\n") == [
        "云溪市人民政府办公室关于做好防汛工作的通知",
        "云政办〔2026〕6号",
        "各县、区人民政府：",
        "一、 加强值守，详见防汛专题。",
        "二、附表",
        "值班电话",
        "单位\t电话",
        "云溪市人民政府办公室",
        "2026年3月1日",
    ]
    assert [each.level for each in material.paragraphs if each.level] == [1, 2]
    assert [(link.text, link.href) for link in material.links] == [
        ("防汛专题", "https://www.yunxi.gov.cn/f")
    ]
    assert [finding.code for finding in material.findings()] == ["import.style"]


def test_what_wps_puts_on_the_clipboard_is_one_paragraph() -> None:
    assert lines(WPS) == ["为做好2026年工作"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("甲<br>乙<p>丙</p>丁", ["甲", "乙", "丙", "丁"]),
        ("<ul><li>甲<li>乙</ul>", ["• 甲", "• 乙"]),
        ("<ol start=3><li>甲<ol><li>子</ol><li>乙</ol>", ["3. 甲", "1. 子", "4. 乙"]),
        ("<ol start=9999999999><li>甲</ol>", ["1. 甲"]),
        ("a  b\n c&nbsp;&nbsp;d", ["a b c d"]),
        ("<pre>甲\n  乙</pre>", ["甲", "乙"]),
        ("&lt;script&gt;&amp;lt;", ["<script>&lt;"]),
        ("甲&#x202e;乙&#0;丙", ["甲乙\ufffd丙"]),
        ("丙<template>甲</template><noscript>乙</noscript>", ["丙"]),
        ("", []),
    ],
)
def test_blocks_become_lines(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<table><tr><td>甲<td>乙<tr><td><td>丙</table>", ["甲\t乙", "\t丙"]),
        ("<table><tr><td><table><tr><td>甲<td>乙</table><p>文</table>", ["甲\t乙", "文"]),
        ("<table><tr><td>甲<tr><td>乙</table>", ["甲", "乙"]),
        ("<table><tr><td>栏<td><p>一<p>二<p>三<p>四</table>", ["栏", "一", "二", "三", "四"]),
    ],
)
def test_a_simple_table_stays_and_a_layout_is_none(markup: str, expected: list[str]) -> None:
    assert [line.strip(" ") for line in lines(markup)] == expected
    assert "import.complex_table" not in codes(markup)


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td rowspan=2>甲<td>乙<tr><td>丙",
        "<tr><td colspan=2>甲<td>乙<tr><td>丙<td>丁<td>戊",
        "<tr><td>甲<td>乙<td>丙<td>丁" * 3,
        "<tr>" + "<td>甲" * 9,
    ],
)
def test_a_complex_table_is_left_behind_with_the_advice_to_attach_it(table: str) -> None:
    material = read_html(f"<p>名单<table>{table}</table>完")
    assert material.text == "名单\n完"
    (finding,) = material.findings()
    assert finding.code == "import.complex_table"
    assert "附件" in finding.suggestion


HIDDEN = [
    '<a href="{}" style="display:none">赌</a>',
    '<div style="display : NONE"><p><a href="{}">赌</a></div>',
    '<div hidden><a href="{}">赌</a></div>',
    '<a href="{}" style="position:absolute;left:-9999px">赌</a>',
    '<p style="text-indent:-999em"><a href="{}">赌</a></p>',
    '<div style="height:0;overflow:hidden"><a href="{}">赌</a></div>',
    '<marquee width=1 height=1><a href="{}">赌</a></marquee>',
    '<span style="font-size:0px"><a href="{}">赌</a></span>',
    '<span style="opacity:0"><a href="{}">赌</a></span>',
    '<span style="visibility:hidden"><a href="{}">赌</a></span>',
    '<a href="{}" style="color:#FFF">赌</a>',
    '<div style="background:#eee"><font color="#eeeeee"><a href="{}">赌</a></font></div>',
    '<a href="{}" style="color:rgb(255, 255, 255)">赌</a>',
    '<a href="{}" style="color:transparent">赌</a>',
    '<style>.x, #y {{position:fixed; top:-2000px}}</style><div class=x><a href="{}">赌</a></div>',
]


@pytest.mark.parametrize("markup", HIDDEN)
def test_a_link_nobody_sees_is_reported_and_not_taken_in(markup: str) -> None:
    material = read_html(f"<p>正文</p>{markup.format('http://x.example/')}")
    assert material.links == []
    assert "赌" not in material.text
    found = {finding.code: finding for finding in material.findings()}
    assert found["links.hidden"].excerpt == "http://x.example/"


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/a" style="text-indent:-21.0pt;opacity:0.8;font-size:0.9em">文</a>',
        '<div style="background:#003366"><a href="/a" style="color:#fff">文</a></div>',
        '<table><tr><td>甲<td bgcolor="#003366"><a href="/a" style="color:#fff">文</a></table>',
        '<div style="background:url(a.png)"><a href="/a" style="color:#fff">文</a></div>',
        '<div style="width:0"><a href="/a">文</a></div>',
        "<style>.x{display:none} ::bad(} </style><a class=y href=/a>文</a>",
    ],
)
def test_a_link_everyone_sees_stays(markup: str) -> None:
    assert [link.href for link in read_html(markup).links] == ["/a"]


def test_everything_left_behind_is_told() -> None:
    assert codes(
        "<script>a()</script><style>p{}</style><iframe src=/v></iframe><video></video><input>"
        "<!-- 请改 --><!--[if mso]>x<![endif]--><span style='display:none'>密</span><del>删</del>"
    ) == {
        "import.script": 1,
        "import.style": 1,
        "import.embedded": 3,
        "import.comment": 1,
        "import.hidden_text": 1,
        "import.tracked_changes": 1,
    }


def test_what_is_told_never_repeats_personal_data() -> None:
    (finding,) = read_html("文<!-- 张三11010519491231002X -->").findings()
    assert "11010519491231002X" not in finding.model_dump_json()


def test_pictures_are_listed_without_what_they_embed_or_where_they_lay() -> None:
    images = read_html(
        '<img src="file:///C:/Users/张三/clip_image001.png" alt="图">'
        '<img src="data:image/png;base64,AAAA"><img src=/b.png alt><img>'
    ).images
    assert [(image.source, image.alt) for image in images] == [
        ("clip_image001.png", "图"),
        ("data:image/png;base64", None),
        ("/b.png", ""),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000,
        "<div></b>" * 100_000,
        "".join(f"<font size={size}>" for size in range(300)) + "<p>x" * 100_000,
        "<a href=x>y" * 150_000,
        "字" * 2_000_001,
    ],
)
def test_markup_that_would_not_end_is_refused_before_it_is_read(markup: str) -> None:
    with pytest.raises(TangledMarkup):
        read_html(markup)


@pytest.mark.parametrize(
    "unit",
    [
        "<p>文</p>",
        "<tr><td>x<td>y",
        "<style>a </style>",
        "<style>}{</style>",
        "<p style='",
        "transform:",
        "opacity ",
        "&nbsp;",
        "<!--",
        "字\n",
        "<svg>x</svg>",
        "<li>x",
    ],
)
def test_the_time_to_read_grows_with_the_page_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        markup = f"<table><p style='left:1{unit * (size // len(unit))}'>"
        gc.collect()
        gc.disable()  # how long a collection takes is up to the tests before
        started = time.process_time()
        read_html(markup)
        taken = time.process_time() - started
        gc.enable()
        return taken

    assert seconds(160_000) < 32 * max(seconds(20_000), 0.005)


@given(st.text("<>/ apdivtableulsr='\"!-&;:0字\n", max_size=200))
def test_any_markup_is_read_somehow(markup: str) -> None:
    for paragraph in read_html(markup).paragraphs:
        assert paragraph.text.strip()
        assert "\n" not in paragraph.text


def test_a_style_sheet_that_would_take_the_square_of_the_page_is_passed_over() -> None:
    rules = "".join(f"p:nth-child({number}){{display:none}}" for number in range(300))
    started = time.process_time()
    read_html(f"<style>{rules}</style>{'<p>文</p>' * 5_000}")
    assert time.process_time() - started < 10


def test_no_line_holds_another_line() -> None:
    material = read_html("<p>甲\x0b乙\u2028丙\ufffe</p>")
    assert [paragraph.text for paragraph in material.paragraphs] == ["甲 乙 丙"]
