from typing import Any

from sqlalchemy import select

from services.interaction.participation.surveys.models import PassMark, Response
from tests.services.interaction.participation.surveys.conftest import (
    CLERK,
    LEADER,
    NEW,
    Surveys,
)
from tests.services.interaction.participation.surveys.questions import (
    CROSS,
    NEVER_USED,
    PLEASED,
    SINGLE,
)
from tests.support.queries import CountQueries


async def test_everyone_reads_and_answers_an_open_survey(surveys: Surveys) -> None:
    survey = await surveys.approved()
    shown = (await surveys.client.get(f"/v1/public/surveys/{survey['id']}")).json()
    assert shown["questions"][0]["title"] == SINGLE["title"]
    done = await surveys.answer(survey, PLEASED)
    assert done.status_code == 201
    assert done.json() == {"survey_id": survey["id"], "answered_on": "2026-03-02"}


async def test_a_device_answers_a_survey_once_and_every_survey(surveys: Surveys) -> None:
    one, two = await surveys.approved(), await surveys.approved(title="另一项调查")
    device = await surveys.device()
    assert (await surveys.answer(one, PLEASED, device)).status_code == 201
    again = await surveys.answer(one, NEVER_USED, device)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/answered-before")
    assert (await surveys.answer(two, PLEASED, device)).status_code == 201
    assert await surveys.kept() == 2


async def test_the_marks_of_a_device_at_two_surveys_cannot_be_joined(surveys: Surveys) -> None:
    one, two = await surveys.approved(), await surveys.approved(title="另一项调查")
    device = await surveys.device()
    for survey in (one, two):
        await surveys.answer(survey, PLEASED, device)
    async with surveys.sessions() as session:
        marks = [each.mark for each in await session.scalars(select(PassMark))]
    assert len(set(marks)) == 2
    assert device.encode() not in marks


async def test_anonymous_respondents_never_collapse_into_one(surveys: Surveys) -> None:
    one, two = await surveys.approved(), await surveys.approved(title="另一项调查")
    for survey in (one, two):
        await surveys.answered(survey, NEVER_USED, 3)
    async with surveys.sessions() as session:
        rows = (await session.scalars(select(Response))).all()
    assert len({row.id for row in rows}) == 6
    assert (await surveys.read(one))["responses"] == (await surveys.read(two))["responses"] == 3


async def test_a_response_says_nothing_of_who_or_when(surveys: Surveys) -> None:
    survey = await surveys.approved()
    await surveys.answered(survey, CROSS, 1)
    async with surveys.sessions() as session:
        row = (await session.scalars(select(Response))).one()
        columns = set(Response.__table__.columns.keys()) & set(PassMark.__table__.columns.keys())
    assert row.id.version == 4, "a time-ordered id would tell when"
    assert columns == {"survey_id"}
    assert "王建国" not in str(row.answers)
    assert row.sealed_texts is not None
    assert "王建国".encode() not in row.sealed_texts
    assert [told for told, _ in await surveys.announced()][4:] == [], "no event tells of it"


async def test_a_token_of_ones_own_making_is_refused(surveys: Surveys) -> None:
    survey = await surveys.approved()
    refused = await surveys.answer(survey, PLEASED, "a-token-of-my-own")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/unknown-pass")
    assert await surveys.kept() == 0


async def test_a_pass_must_be_shown(surveys: Surveys) -> None:
    survey = await surveys.approved()
    path = f"/v1/public/surveys/{survey['id']}/responses"
    refused = await surveys.client.post(path, json={"answers": PLEASED})
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["pointer"] == "header:X-Survey-Pass"


async def test_a_refused_response_uses_no_pass(surveys: Surveys) -> None:
    survey = await surveys.approved()
    device = await surveys.device()
    wrong = await surveys.answer(survey, [*NEVER_USED, {"question": "mark", "rating": 5}], device)
    assert wrong.status_code == 422
    assert wrong.json()["faults"][0]["code"] == "not_asked"
    assert (await surveys.answer(survey, NEVER_USED, device)).status_code == 201


async def test_invited_people_answer_by_their_code_once(surveys: Surveys) -> None:
    survey = await surveys.approved(answered_with="code")
    issued = await surveys.act(CLERK, survey, "invitations", {"count": 3})
    assert issued.status_code == 201, issued.text
    codes = issued.json()["codes"]
    assert len(set(codes)) == 3
    typed = codes[0].lower().replace("-", " ")
    assert (await surveys.answer(survey, PLEASED, typed)).status_code == 201
    again = await surveys.answer(survey, PLEASED, codes[0])
    assert again.json()["type"] == "/problems/answered-before"
    assert (await surveys.answer(survey, PLEASED, codes[1])).status_code == 201
    for unknown in ("0000-0000-0000-0000", await surveys.device()):
        refused = await surveys.answer(survey, PLEASED, unknown)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/unknown-pass")


async def test_codes_are_good_for_their_own_survey(surveys: Surveys) -> None:
    one = await surveys.approved(answered_with="code")
    two = await surveys.approved(answered_with="code", title="另一项调查")
    [code] = (await surveys.act(CLERK, one, "invitations", {"count": 1})).json()["codes"]
    assert (await surveys.answer(two, PLEASED, code)).status_code == 403
    assert (await surveys.answer(one, PLEASED, code)).status_code == 201


async def test_codes_are_shown_once_and_kept_nowhere(surveys: Surveys) -> None:
    survey = await surveys.approved(answered_with="code")
    key = {"Idempotency-Key": "k" * 20, "If-Match": f'"{survey["version"]}"'}
    path = f"/v1/surveys/{survey['id']}/invitations"
    first = await surveys.send(CLERK, "POST", path, {"count": 2}, **key)
    again = await surveys.send(CLERK, "POST", path, {"count": 2}, **key)
    assert len(first.json()["codes"]) == 2
    assert again.json() == {"count": 2}
    assert (await surveys.read(survey))["invited"] == 2
    told = str(await surveys.announced())
    assert not any(code in told for code in first.json()["codes"])


async def test_who_opens_a_survey_hands_out_no_codes_and_open_ones_have_none(
    surveys: Surveys,
) -> None:
    survey = await surveys.approved(answered_with="code")
    assert (await surveys.act(LEADER, survey, "invitations", {"count": 1})).status_code == 403
    for_all = await surveys.approved()
    assert (await surveys.act(CLERK, for_all, "invitations", {"count": 1})).status_code == 409


async def test_nobody_answers_before_it_opens_or_after_it_ends(surveys: Surveys) -> None:
    draft = await surveys.drafted()
    assert (await surveys.answer(draft, PLEASED)).status_code == 404
    waiting = await surveys.approved(opens_at="2026-03-05T01:00:00Z")
    assert (await surveys.answer(waiting, PLEASED)).status_code == 404
    survey = await surveys.approved()
    surveys.clock.pass_by(days=14, seconds=-1)
    assert (await surveys.answer(survey, PLEASED)).status_code == 201
    surveys.clock.pass_by(seconds=1)
    over = await surveys.answer(survey, PLEASED)
    assert (over.status_code, over.json()["type"]) == (409, "/problems/survey-over")
    await surveys.work()
    assert (await surveys.answer(survey, PLEASED)).json()["type"] == "/problems/survey-over"


async def test_a_request_that_is_sent_twice_is_one_response(surveys: Surveys) -> None:
    survey = await surveys.approved()
    headers = {"X-Survey-Pass": await surveys.device(), "Idempotency-Key": "k" * 20}
    path = f"/v1/public/surveys/{survey['id']}/responses"
    answers: list[Any] = [
        await surveys.client.post(path, json={"answers": PLEASED}, headers=headers)
        for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [201, 201]
    assert await surveys.kept() == 1


async def test_each_public_read_is_one_question(
    surveys: Surveys, count_queries: CountQueries
) -> None:
    survey = await surveys.approved()
    await surveys.answered(survey, PLEASED, 1)
    await surveys.close(survey)
    for path in ("", f"/{survey['id']}", f"/{survey['id']}/tally"):
        with count_queries(1):
            assert (await surveys.client.get(f"/v1/public/surveys{path}")).status_code == 200


async def test_the_public_list_has_open_and_closed_surveys_the_latest_first(
    surveys: Surveys,
) -> None:
    await surveys.drafted()
    first = await surveys.approved(closes_at="2026-03-02T02:00:00Z")
    surveys.clock.pass_by(hours=2)
    await surveys.work()
    second = await surveys.approved(title="另一项调查")
    page = (await surveys.client.get("/v1/public/surveys?first=1")).json()
    assert [item["id"] for item in page["items"]] == [second["id"]]
    rest = (await surveys.client.get(f"/v1/public/surveys?after={page['next']}")).json()
    assert [(item["id"], item["state"]) for item in rest["items"]] == [(first["id"], "closed")]
    elsewhere = await surveys.client.get("/v1/public/surveys?site_code=3403210001")
    assert elsewhere.json()["items"] == []
    assert NEW["title"] in rest["items"][0]["title"]
