from itertools import pairwise

import pytest
from sqlalchemy import func, select

from services.interaction.participation.surveys.models import PassMark
from services.interaction.participation.surveys.small_cells import small_cells
from tests.services.interaction.participation.surveys.conftest import CLERK, Surveys
from tests.services.interaction.participation.surveys.questions import (
    CROSS,
    NEVER_USED,
    PLEASED,
    SINGLE,
)

STEP = small_cells().live.responses
MINUTES = small_cells().live.minutes
ONE_QUESTION = {"questions": [SINGLE], "live_tally": True}
USED = [{"question": "used", "choices": ["a"]}]
NOT_USED = [{"question": "used", "choices": ["b"]}]


async def test_a_survey_opens_and_closes_at_its_times(surveys: Surveys) -> None:
    survey = await surveys.approved(opens_at="2026-03-05T01:00:00Z")
    await surveys.work()
    assert (await surveys.read(survey))["state"] == "approved"
    surveys.clock.pass_by(days=3)
    await surveys.work()
    opened = await surveys.read(survey)
    assert (opened["state"], opened["opened_at"]) == ("open", "2026-03-05T01:00:00Z")
    surveys.clock.pass_by(days=11)
    await surveys.work()
    closed = await surveys.read(survey)
    assert (closed["state"], closed["closed_at"]) == ("closed", "2026-03-16T01:00:00Z")


async def test_a_survey_whose_whole_time_passed_unopened_is_given_back(surveys: Surveys) -> None:
    survey = await surveys.approved(opens_at="2026-03-05T01:00:00Z")
    surveys.clock.pass_by(days=30)
    await surveys.work()
    shown = await surveys.read(survey)
    assert (shown["state"], shown["opened_at"]) == ("returned", None)
    assert shown["reason"]


async def test_an_approved_survey_is_held_back_before_it_opens(surveys: Surveys) -> None:
    survey = await surveys.approved(opens_at="2026-03-05T01:00:00Z")
    held = await surveys.review(survey, verdict="return", reason="推迟")
    assert held.json()["state"] == "returned"
    surveys.clock.pass_by(days=4)
    await surveys.work()
    assert (await surveys.read(survey))["state"] == "returned"


async def test_a_survey_is_closed_by_who_may_open_it_with_a_reason(surveys: Surveys) -> None:
    survey = await surveys.approved()
    assert (await surveys.close(survey, CLERK)).status_code == 403
    assert (await surveys.act(CLERK, survey, "closure")).status_code == 422
    closed = await surveys.close(survey)
    assert (closed.json()["state"], closed.json()["reason"]) == ("closed", "第二题选项有误")
    assert (await surveys.close(closed.json())).status_code == 409
    surveys.clock.pass_by(days=30)
    await surveys.work()
    told = [told for told, _ in await surveys.announced()]
    assert told.count("interaction.survey.closed") == 1


async def test_the_result_is_told_and_who_answered_is_forgotten(surveys: Surveys) -> None:
    survey = await surveys.approved()
    await surveys.answered(survey, NEVER_USED, 6)
    await surveys.answered(survey, PLEASED, 5)
    await surveys.answered(survey, CROSS, 2)
    surveys.clock.pass_by(days=14)
    await surveys.work()
    events = dict(await surveys.announced())
    closed = events["interaction.survey.closed"]
    assert (closed["early"], closed["tally"]["responses"]) == (False, 13)
    assert closed["tally"] == (await surveys.tally(survey)).json()
    used = closed["tally"]["questions"][0]
    assert [option["count"] for option in used["options"]] == [7, 6, 0]
    told = events["interaction.participation.told"]
    assert (told["moment"], told["title"]) == ("result", "网上办事满意度调查结果")
    assert told["paragraphs"][:3] == [
        "本次调查收到答卷13份。",
        "1．您用过网上办事吗（单选题）",
        "共13人作答。",
    ]
    assert (
        told["paragraphs"][3]
        == "用过，7人，占53.8%；没有用过，6人，占46.2%；不清楚，0人，占0.0%。"
    )
    assert "少于5人" in told["paragraphs"][-1]
    async with surveys.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(PassMark)) == 0


async def test_no_result_holds_a_text(surveys: Surveys) -> None:
    survey = await surveys.approved()
    await surveys.answered(survey, CROSS, 8)
    await surveys.close(survey)
    assert "王建国" not in str(await surveys.announced())
    assert "王建国" not in (await surveys.tally(survey)).text


async def test_a_tally_is_told_after_the_end_unless_it_is_live(surveys: Surveys) -> None:
    survey = await surveys.approved(questions=[SINGLE])
    await surveys.answered(survey, USED, 2 * STEP)
    surveys.clock.pass_by(minutes=MINUTES)
    await surveys.work()
    early = await surveys.tally(survey)
    assert (early.status_code, early.json()["type"]) == (404, "/problems/no-tally")
    await surveys.close(survey)
    final = (await surveys.tally(survey)).json()
    assert (final["final"], final["responses"]) == (True, 2 * STEP)


async def test_a_live_tally_is_told_in_steps_and_leaves_as_many_out(surveys: Surveys) -> None:
    survey = await surveys.approved(**ONE_QUESTION)
    await surveys.answered(survey, USED, 2 * STEP - 1)
    surveys.clock.pass_by(minutes=MINUTES)
    await surveys.work()
    assert (await surveys.tally(survey)).status_code == 404
    await surveys.answered(survey, USED, 1)
    await surveys.work()
    assert (await surveys.tally(survey)).status_code == 404, "not before the next hour"
    surveys.clock.pass_by(minutes=MINUTES)
    await surveys.work()
    told = (await surveys.tally(survey)).json()
    assert (told["final"], told["responses"]) == (False, STEP)


@pytest.mark.parametrize("more", [0, 1, STEP - 1, STEP, 3 * STEP])
async def test_no_two_tellings_differ_by_few(surveys: Surveys, more: int) -> None:
    survey = await surveys.approved(**ONE_QUESTION)
    told = [0]
    for answers in (2 * STEP, 1, more):
        await surveys.answered(survey, NOT_USED, answers)
        surveys.clock.pass_by(minutes=MINUTES)
        await surveys.work()
        told.append((await surveys.tally(survey)).json()["responses"])
    await surveys.close(survey)
    told.append((await surveys.tally(survey)).json()["responses"])
    assert told[-1] == 2 * STEP + 1 + more
    steps = [after - before for before, after in pairwise(told)]
    assert all(step == 0 or step >= STEP for step in steps), steps


async def test_a_survey_that_hides_more_tells_in_longer_steps(surveys: Surveys) -> None:
    survey = await surveys.approved(**ONE_QUESTION, threshold=STEP + 5)
    for answers, told in ((2 * STEP + 9, 404), (1, 200)):
        await surveys.answered(survey, USED, answers)
        surveys.clock.pass_by(minutes=MINUTES)
        await surveys.work()
        assert (await surveys.tally(survey)).status_code == told
    assert (await surveys.tally(survey)).json()["responses"] == STEP + 5


async def test_the_last_respondent_is_not_told_apart_by_closing(surveys: Surveys) -> None:
    survey = await surveys.approved(**ONE_QUESTION)
    await surveys.answered(survey, USED, 3 * STEP)
    surveys.clock.pass_by(minutes=MINUTES)
    await surveys.work()
    before = (await surveys.tally(survey)).json()
    await surveys.answered(survey, NOT_USED, 1)
    await surveys.close(survey)
    after = (await surveys.tally(survey)).json()
    assert after["responses"] - before["responses"] == STEP + 1
    assert after["questions"][0]["options"][1]["count"] is None
