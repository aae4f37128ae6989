from typing import Any

import pytest

from services.interaction.participation.surveys.questionnaire import faults
from tests.services.interaction.participation.surveys.questions import (
    ALL,
    MATRIX,
    MULTIPLE,
    RANKING,
    RATING,
    SINGLE,
    TEXT,
    asked,
    options,
)


def found(*questions: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in faults(asked(*questions))]


def test_a_question_of_each_kind_can_be_asked() -> None:
    assert found(*ALL) == []


@pytest.mark.parametrize("plain", [SINGLE, MULTIPLE, RANKING])
def test_something_to_choose_from_has_two_options(plain: dict[str, Any]) -> None:
    assert ("/questions/0/options", "too_few") in found({**plain, "options": options("网站")})


def test_a_matrix_has_rows_and_a_rating_a_scale() -> None:
    assert found({**MATRIX, "rows": []}) == [("/questions/0/rows", "too_few")]
    rating = {key: value for key, value in RATING.items() if key not in {"scale", "shown_if"}}
    assert found(rating) == [("/questions/0/scale", "missing")]


@pytest.mark.parametrize(
    ("plain", "field", "value"),
    [
        (SINGLE, "rows", options("一")),
        (SINGLE, "at_most", 2),
        (MULTIPLE, "scale", 5),
        (RANKING, "longest", 10),
        (MATRIX, "at_least", 1),
        ({**TEXT, "shown_if": None}, "options", options("一", "二")),
    ],
)
def test_a_field_of_another_kind_is_refused(plain: dict[str, Any], field: str, value: Any) -> None:
    assert found({**plain, field: value}) == [(f"/questions/0/{field}", "misplaced")]


def test_keys_and_labels_are_told_apart() -> None:
    twice = [{"key": "a", "label": "网站"}, {"key": "a", "label": "网站"}]
    assert found({**SINGLE, "options": twice}, SINGLE) == [
        ("/questions/0/options/1/key", "twice"),
        ("/questions/0/options/1/label", "twice"),
        ("/questions/1/key", "twice"),
    ]


@pytest.mark.parametrize(("least", "most"), [(3, 2), (1, 4), (4, None)])
def test_how_many_may_be_chosen_is_possible(least: int, most: int | None) -> None:
    wrong = {**MULTIPLE, "at_least": least, "at_most": most}
    assert found(wrong) == [("/questions/0/at_most", "bounds")]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ({"question": "later", "any_of": ["a"]}, "not_earlier"),
        ({"question": "last", "any_of": ["a"]}, "not_earlier"),
        ({"question": "used"}, "choose"),
        ({"question": "used", "any_of": ["a"], "at_least": 1}, "choose"),
        ({"question": "used", "any_of": ["z"]}, "unknown"),
        ({"question": "ways", "any_of": ["a", "b"]}, "one_only"),
        ({"question": "mark"}, "marks"),
        ({"question": "mark", "at_least": 6}, "marks"),
        ({"question": "mark", "at_least": 4, "at_most": 2}, "marks"),
        ({"question": "mark", "any_of": ["a"], "at_most": 2}, "marks"),
        ({"question": "grid", "any_of": ["a"]}, "kind"),
        ({"question": "order", "any_of": ["a"]}, "kind"),
    ],
)
def test_a_condition_is_an_answer_that_an_earlier_question_may_have(
    condition: dict[str, Any], code: str
) -> None:
    last = {"key": "last", "kind": "text", "title": "还有什么建议", "shown_if": condition}
    later = {**SINGLE, "key": "later"}
    assert code in {code for _, code in found(*ALL, last, later)}


def test_every_fault_is_named_at_once() -> None:
    assert len(found({**SINGLE, "options": [], "scale": 3}, {**RATING, "scale": None})) == 4
