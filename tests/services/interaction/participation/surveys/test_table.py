from typing import Any
from uuid import UUID

import pytest

from services.interaction.participation.surveys.table import Response, headings, plain, row
from tests.services.interaction.participation.surveys.questions import ALL, MULTIPLE, asked

QUESTIONS = asked(*ALL)


def cells(values: dict[str, Any], texts: dict[str, str] | None = None) -> list[Any]:
    response = Response(UUID(int=1), values, texts or {})
    return row(QUESTIONS, response, 2)[2:]


def test_columns_follow_from_the_questions_alone() -> None:
    assert headings(QUESTIONS) == [
        *("答卷", "问卷版本"),
        "used 您用过网上办事吗",
        *(
            "ways.a 您常用哪些渠道：网站",
            "ways.b 您常用哪些渠道：微信",
            "ways.c 您常用哪些渠道：窗口",
        ),
        "mark 您对网上办事的评分",
        "why 请说明不满意的原因",
        *(
            "order.a 请按重要程度排序：快",
            "order.b 请按重要程度排序：准",
            "order.c 请按重要程度排序：便利",
        ),
        *("grid.tax 请评价各窗口：税务", "grid.land 请评价各窗口：不动产"),
    ]


def test_a_row_has_a_cell_for_each_column_whatever_was_answered() -> None:
    for values in ({}, {"used": "b"}, {"used": "a", "mark": 1}, {"ways": ["a"]}):
        assert len(cells(values)) == len(headings(QUESTIONS)) - 2


def test_each_kind_fills_its_columns() -> None:
    values = {
        "used": "a",
        "ways": ["a", "c"],
        "mark": 1,
        "why": True,
        "order": ["b", "a"],
        "grid": {"tax": "a", "land": "c"},
    }
    assert cells(values, {"why": "排队太久"}) == [
        *("用过", 1, 0, 1, 1, "排队太久"),
        *(2, 1, None, "好", "差"),
    ]


def test_what_was_not_asked_is_empty_and_what_was_left_out_says_so() -> None:
    assert cells({"used": "b", "order": ["a", "b"], "grid": {"tax": "a", "land": "a"}})[:6] == [
        *("没有用过", "未答", "未答", "未答", None, None)
    ]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example","点我")',
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1+1",
        "  =1+1",
        "\r=1",
        "＝1+1",
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_made_a_text(text: str) -> None:
    assert plain(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["用过", "2026-03-02", "a=b", "", 5, None])
def test_other_cells_stay_as_they_are(cell: Any) -> None:
    assert plain(cell) == cell


def test_a_key_before_the_title_keeps_headings_from_being_formulas() -> None:
    formula = asked({**MULTIPLE, "title": "=1+1"})
    assert all(plain(heading) == heading for heading in headings(formula))
