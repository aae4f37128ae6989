from typing import Any

import pytest

from services.interaction.participation.surveys.answering import taken
from shared.contracts.questionnaires import Answer, NewResponse
from shared.problem import Invalid
from tests.services.interaction.participation.surveys.questions import (
    ALL,
    CROSS,
    MULTIPLE,
    NEVER_USED,
    PLEASED,
    asked,
)


def answers(given: list[dict[str, Any]]) -> list[Answer]:
    return list(NewResponse.model_validate({"answers": given}).answers)


def refused(given: list[dict[str, Any]]) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        taken(asked(*ALL), answers(given))
    return {(fault["pointer"], fault["code"]) for fault in caught.value.members["faults"]}


def swapped(given: list[dict[str, Any]], **answer: Any) -> list[dict[str, Any]]:
    return [answer if each["question"] == answer["question"] else each for each in given]


def test_answers_are_kept_by_the_keys_of_their_questions() -> None:
    values, texts = taken(asked(*ALL), answers(PLEASED))
    assert texts == {}
    assert values == {
        "used": "a",
        "ways": ["a", "c"],
        "mark": 5,
        "order": ["b", "a"],
        "grid": {"tax": "a", "land": "c"},
    }


def test_of_a_text_only_that_there_is_one_stands_beside_the_other_answers() -> None:
    values, texts = taken(asked(*ALL), answers(CROSS))
    assert values["why"] is True
    assert texts == {"why": "排队两个小时，王建国的电话没人接。"}


def test_what_was_not_asked_need_not_be_answered() -> None:
    values, _ = taken(asked(*ALL), answers(NEVER_USED))
    assert set(values) == {"used", "order", "grid"}


def test_an_answer_to_what_was_not_asked_is_refused() -> None:
    assert refused([*NEVER_USED, {"question": "mark", "rating": 4}]) == {
        ("/answers/3", "not_asked")
    }


def test_a_condition_on_something_that_was_not_asked_is_not_met() -> None:
    assert ("/answers/3", "not_asked") in refused(
        [*NEVER_USED, {"question": "why", "text": "不满意"}]
    )


def test_what_is_required_of_those_who_are_asked_is_named() -> None:
    assert refused([{"question": "used", "choices": ["a"]}]) == {("/answers", "unanswered")}
    with pytest.raises(Invalid) as caught:
        taken(asked(*ALL), answers([{"question": "used", "choices": ["a"]}]))
    assert len(caught.value.members["faults"]) == 3


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"question": "used", "choices": ["a", "b"]}, ("/answers/0/choices", "number")),
        ({"question": "used", "choices": ["z"]}, ("/answers/0/choices", "unknown")),
        ({"question": "used", "rating": 1}, ("/answers/0", "form")),
        ({"question": "used", "choices": ["a"], "rating": 1}, ("/answers/0", "form")),
        ({"question": "used"}, ("/answers/0", "form")),
        ({"question": "mark", "rating": 6}, ("/answers/1/rating", "range")),
        ({"question": "mark", "rating": 0}, ("/answers/1/rating", "range")),
        ({"question": "ways", "choices": ["a", "b", "c"]}, ("/answers/2/choices", "number")),
        ({"question": "ways", "choices": ["a", "a"]}, ("/answers/2/choices", "twice")),
        ({"question": "order", "choices": ["a"]}, ("/answers/3/choices", "number")),
        (
            {"question": "grid", "cells": [{"row": "tax", "option": "a"}]},
            ("/answers/4/cells", "rows"),
        ),
        (
            {"question": "grid", "cells": [{"row": "tax", "option": "a"}] * 2},
            ("/answers/4/cells", "rows"),
        ),
    ],
)
def test_an_answer_in_another_form_is_refused(
    answer: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert fault in refused(swapped(PLEASED, **answer))


def test_unknown_questions_and_second_answers_are_refused() -> None:
    assert refused([*PLEASED, PLEASED[0], {"question": "other", "rating": 1}]) == {
        ("/answers/5/question", "twice"),
        ("/answers/6/question", "unknown"),
    }


def test_what_hangs_on_a_wrong_answer_is_not_judged_before_it_is_put_right() -> None:
    assert refused(swapped(PLEASED, question="used", choices=["z"])) == {
        ("/answers/0/choices", "unknown")
    }


def test_a_text_is_as_long_as_its_question_allows() -> None:
    assert refused(swapped(CROSS, question="why", text="长" * 201)) == {
        ("/answers/2/text", "too_long")
    }


def test_a_choice_that_is_left_out_is_no_choice_of_nothing() -> None:
    values, _ = taken(
        asked(MULTIPLE, {**MULTIPLE, "key": "more"}),
        answers([{"question": "more", "choices": ["a"]}]),
    )
    assert values == {"more": ["a"]}
