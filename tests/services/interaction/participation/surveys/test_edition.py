from typing import Any

import pytest

from services.interaction.participation.surveys.edition import digest, kept, questions
from services.interaction.participation.surveys.small_cells import small_cells
from shared.contracts.surveys import NewSurvey, SurveyText
from tests.services.interaction.participation.surveys.conftest import NEW
from tests.services.interaction.participation.surveys.questions import ALL, SINGLE, asked

THRESHOLD = small_cells().threshold
TEXT = {key: value for key, value in NEW.items() if key != "site_code"}


def digested(**over: Any) -> str:
    return digest(kept(SurveyText.model_validate({**TEXT, **over}), THRESHOLD))


def test_a_text_is_the_same_for_whichever_site_it_is_drafted() -> None:
    assert digest(kept(NewSurvey.model_validate(NEW), THRESHOLD)) == digested()


@pytest.mark.parametrize(
    "other",
    [
        {"title": "另一题目"},
        {"introduction": "另一说明"},
        {"questions": [SINGLE]},
        {"questions": [{**ALL[0], "required": False}, *ALL[1:]]},
        {"answered_with": "code"},
        {"closes_at": "2026-03-17T01:00:00Z"},
        {"live_tally": True},
        {"threshold": 6},
    ],
)
def test_whatever_a_reviewer_consents_to_is_in_the_digest(other: dict[str, Any]) -> None:
    assert digested(**other) != digested()


def test_the_usual_threshold_is_kept_as_the_figure_it_is() -> None:
    assert kept(SurveyText.model_validate(TEXT), THRESHOLD)["threshold"] == THRESHOLD.usual
    assert digested(threshold=THRESHOLD.usual) == digested()


def test_questions_are_read_as_they_were_kept() -> None:
    assert list(questions(kept(SurveyText.model_validate(TEXT), THRESHOLD))) == asked(*ALL)
