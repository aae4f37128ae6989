import pytest

from services.content.editorial.checks.form import findings, limits
from shared.contracts.lexicons import Severity

LONGEST_TITLE = limits()["title_characters"]

TABLE = "姓名\t证号\t金额\t备注\n甲\t11010519491231002X\t1\t\n乙\t2\t2\t"


def codes(field: str, text: str) -> list[str]:
    return [finding.code for finding in findings(field, text)]


@pytest.mark.parametrize("text", ["", " \n\u3000"])
@pytest.mark.parametrize("field", ["title", "body"])
def test_title_and_body_must_not_be_blank(field: str, text: str) -> None:
    (finding,) = findings(field, text)
    assert (finding.code, finding.severity) == (f"form.{field}_blank", Severity.BLOCKING)
    assert finding.end == len(text)


def test_another_field_may_be_blank() -> None:
    assert codes("summary", "") == []


def test_a_long_title_is_only_advised_against() -> None:
    assert codes("title", "字" * LONGEST_TITLE) == []
    assert codes("body", "字" * (LONGEST_TITLE + 1)) == []
    (finding,) = findings("title", "字" * LONGEST_TITLE + "余")
    assert (finding.code, finding.severity) == ("form.title_too_long", Severity.WARNING)
    assert (finding.start, finding.excerpt) == (LONGEST_TITLE, "余")


@pytest.mark.parametrize(
    "markup",
    ['<p style="x">', "</DIV>", "<br/>", "<o:p>", "<script>", "<!--", "&nbsp;", "<h2>"],
)
def test_markup_left_in_a_text_is_found(markup: str) -> None:
    (finding,) = findings("summary", f"前{markup}后")
    assert (finding.code, finding.severity) == ("form.html_tag", Severity.BLOCKING)
    assert (finding.start, finding.end) == (1, 1 + len(markup))


@pytest.mark.parametrize("text", ["1<2且3>2", "<办法>", "<https://example.com>", "A&B"])
def test_angle_brackets_alone_are_no_markup(text: str) -> None:
    assert codes("body", text) == []


@pytest.mark.parametrize("untyped", ["\x00", "\x1b\x07", "\u200b", "\u202e", "\ufeff", "\ufffd"])
def test_characters_nobody_typed_are_found(untyped: str) -> None:
    (finding,) = findings("body", f"前{untyped}后\r\n\t末")
    assert (finding.code, finding.severity) == ("form.control_characters", Severity.BLOCKING)
    assert (finding.start, finding.end) == (1, 1 + len(untyped))


def test_a_complex_table_is_to_be_attached() -> None:
    (finding,) = findings("body", f"名单如下：\n{TABLE}\n完")
    assert (finding.code, finding.severity) == ("form.complex_table", Severity.BLOCKING)
    assert (finding.start, finding.end) == (6, 6 + len(TABLE) + 1)
    assert "附件" in finding.suggestion


def test_rows_set_apart_by_blank_lines_are_one_table() -> None:
    assert codes("body", TABLE.replace("\n", "\n\n")) == ["form.complex_table"]


@pytest.mark.parametrize(
    "text", ["甲\t乙\t丙\n" * 5, "甲\t乙\t丙\t丁\n" * 2, "甲\t乙\t丙\t丁\n字\n" * 3]
)
def test_a_simple_table_may_stay(text: str) -> None:
    assert codes("body", text) == []


def test_an_excerpt_never_repeats_personal_data() -> None:
    (finding,) = findings("body", TABLE)
    assert "11*************02X" in finding.excerpt
    assert "11010519491231002X" not in finding.model_dump_json()
