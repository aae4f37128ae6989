from datetime import UTC, datetime
from typing import Any

from services.interaction.participation.surveys import announcement
from services.interaction.participation.surveys.announcement import Announced
from services.interaction.participation.surveys.tally import Ballot, told
from shared.contracts.surveys import SurveyPass, SurveyTally
from tests.services.interaction.participation.surveys.questions import (
    MATRIX,
    RANKING,
    RATING,
    SINGLE,
    asked,
)
from tests.support.people import NOW

END = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)


def result(questions: list[dict[str, Any]], responses: list[dict[str, Any]]) -> list[str]:
    ballot = Ballot(asked(*questions))
    for values in responses:
        ballot.add(values)
    tally = SurveyTally.model_validate(
        {
            "survey_id": "00000000-0000-0000-0000-000000000001",
            "final": True,
            "responses": ballot.responses,
            "counted_at": NOW,
            "threshold": 5,
            "questions": told(ballot, 5, mean_from=50),
        },
        from_attributes=True,
    )
    return announcement.result(tally, invited=0)


def test_an_announcement_says_how_to_take_part_and_until_when_in_beijing() -> None:
    survey = Announced("第一段。\n\n第二段。", 3, SurveyPass.CODE, END)
    assert announcement.opening(survey) == [
        "第一段。",
        "第二段。",
        "问卷共3题。凭邀请码参与，每个邀请码可提交一次。",
        "调查截至2026年3月16日09:00。",
    ]


def test_a_result_says_how_many_were_invited() -> None:
    tally = SurveyTally(
        survey_id="00000000-0000-0000-0000-000000000001",
        final=True,
        responses=18,
        counted_at=NOW,
        threshold=5,
        questions=[],
    )
    assert announcement.result(tally, invited=20) == ["本次调查共发放邀请码20个，收到答卷18份。"]


def test_what_is_hidden_is_said_to_be_and_nothing_else_of_it() -> None:
    paragraphs = result([SINGLE], [{"used": "a"}] * 30 + [{"used": "b"}] * 8 + [{"used": "c"}])
    assert paragraphs == [
        "本次调查收到答卷39份。",
        "1．您用过网上办事吗（单选题）",
        "共39人作答。",
        "用过，30人，占76.9%；没有用过，未公布；不清楚，未公布。",
        "为保护参与者，少于5人的选择及可由此推算的数据不予公布。",
    ]


def test_a_rating_is_told_by_its_mean_where_its_counts_are_hidden() -> None:
    rating = {**RATING, "shown_if": None}
    told_of = result([rating], [{"mark": 5}] * 60 + [{"mark": 1}])
    assert told_of[1:4] == ["1．您对网上办事的评分（评分题）", "共61人作答。", "平均4.9分。"]
    assert not any("1分，" in paragraph for paragraph in told_of)


def test_a_ranking_is_told_the_best_first_and_a_matrix_by_rows() -> None:
    values = {"order": ["b", "a", "c"], "grid": {"tax": "a", "land": "b"}}
    paragraphs = result([RANKING, MATRIX], [values] * 50)
    assert "准，平均3.0分；快，平均2.0分；便利，平均1.0分。" in paragraphs
    assert "税务——好，50人，占100.0%；一般，0人，占0.0%；差，0人，占0.0%。" in paragraphs
