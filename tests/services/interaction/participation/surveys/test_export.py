import csv
import io
from typing import Any

from python_calamine import load_workbook

from tests.services.interaction.participation.surveys.conftest import (
    CLERK,
    LEADER,
    NEW,
    Surveys,
)
from tests.services.interaction.participation.surveys.questions import (
    COMMON,
    CROSS,
    NEVER_USED,
    PLEASED,
)

FORMULA = '=HYPERLINK("http://evil.example","点我")'
EVIL: list[dict[str, Any]] = [
    {"question": "used", "choices": ["a"]},
    {"question": "mark", "rating": 1},
    {"question": "why", "text": f"{FORMULA}\n第二行,“引号”"},
    *COMMON,
]


def table(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


async def test_there_is_a_row_for_each_response(surveys: Surveys) -> None:
    survey = await surveys.approved()
    for answers in (NEVER_USED, NEVER_USED, PLEASED, CROSS):
        await surveys.answered(survey, answers, 1)
    await surveys.close(survey)
    done = await surveys.export(survey)
    assert done.headers["Content-Type"] == "text/csv; charset=utf-8"
    heading, *rows = table(done.content)
    assert len(rows) == 4
    assert len({row[0] for row in rows}) == 4
    assert {len(row) for row in rows} == {len(heading)}
    column = dict(zip(heading, zip(*rows, strict=True), strict=True))
    assert sorted(column["why 请说明不满意的原因"]) == [
        *("", "", "", "排队两个小时，王建国的电话没人接。")
    ]
    assert sorted(column["ways.a 您常用哪些渠道：网站"]) == ["1", "未答", "未答", "未答"]
    assert set(column["问卷版本"]) == {"1"}


async def test_no_two_exports_can_be_laid_side_by_side_while_answers_come(
    surveys: Surveys,
) -> None:
    survey = await surveys.approved()
    await surveys.answered(survey, CROSS, 1)
    refused = await surveys.export(survey)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/answers-coming")
    assert (await surveys.export(await surveys.drafted())).status_code == 409


async def test_columns_are_the_same_whatever_was_answered(surveys: Surveys) -> None:
    one, two = await surveys.approved(), await surveys.approved(title="另一项调查")
    await surveys.answered(two, NEVER_USED, 1)
    for survey in (one, two):
        await surveys.close(survey)
    [heading] = table((await surveys.export(one)).content)
    assert table((await surveys.export(two)).content)[0] == heading


async def test_two_surveys_are_exported_apart(surveys: Surveys) -> None:
    one, two = await surveys.approved(), await surveys.approved(title="另一项调查")
    await surveys.answered(one, NEVER_USED, 2)
    await surveys.answered(two, PLEASED, 1)
    for survey, rows in ((one, 2), (two, 1)):
        await surveys.close(survey)
        assert len(table((await surveys.export(survey)).content)) == 1 + rows


async def test_the_columns_are_those_of_the_edition_that_was_opened(surveys: Surveys) -> None:
    draft = await surveys.drafted()
    text = {key: value for key, value in NEW.items() if key != "site_code"}
    fewer = {**text, "questions": NEW["questions"][:1]}
    revised = (await surveys.act(CLERK, draft, "", fewer)).json()
    opened = (await surveys.review(revised)).json()
    await surveys.close(opened)
    [heading] = table((await surveys.export(opened)).content)
    assert heading == ["答卷", "问卷版本", "used 您用过网上办事吗"]


async def test_what_a_spreadsheet_would_run_is_text_in_both_forms(surveys: Surveys) -> None:
    survey = await surveys.approved()
    await surveys.answered(survey, EVIL, 1)
    await surveys.close(survey)
    [heading, row] = table((await surveys.export(survey)).content)
    assert row[heading.index("why 请说明不满意的原因")].startswith(f"'{FORMULA}\n")
    done = await surveys.export(survey, "xlsx", LEADER)
    sheet = load_workbook(io.BytesIO(done.content)).get_sheet_by_index(0).to_python()
    assert sheet[0] == heading
    assert str(sheet[1][heading.index("why 请说明不满意的原因")]).startswith(FORMULA)
    assert sheet[1][heading.index("order.b 请按重要程度排序：准")] == 1.0


async def test_the_file_of_a_survey_without_responses_is_not_blank(surveys: Surveys) -> None:
    survey = await surveys.approved()
    await surveys.close(survey)
    assert len(table((await surveys.export(survey)).content)) == 1
    sheet = load_workbook(io.BytesIO((await surveys.export(survey, "xlsx")).content))
    assert len(sheet.get_sheet_by_index(0).to_python()) == 1


async def test_there_are_two_forms(surveys: Surveys) -> None:
    survey = await surveys.drafted()
    assert (await surveys.export(survey, "pdf")).status_code == 422
