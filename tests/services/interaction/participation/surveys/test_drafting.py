from typing import Any

import pytest

from shared.auth import Permission
from tests.services.interaction.conftest import COUNTY, OTHER_SITE
from tests.services.interaction.participation.surveys.conftest import (
    CLERK,
    LEADER,
    NEW,
    Surveys,
)
from tests.services.interaction.participation.surveys.questions import ALL, SINGLE
from tests.support import people
from tests.support.queries import CountQueries

DEPUTY = people.person(Permission.REVIEW_ANSWER, Permission.DISPATCH, name="deputy")


def faults(refused: Any) -> set[tuple[str, str]]:
    assert refused.status_code == 422, refused.text
    return {(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]}


async def test_a_survey_is_drafted_reviewed_and_opened(surveys: Surveys) -> None:
    survey = await surveys.approved()
    assert (survey["state"], survey["state_label"]) == ("open", "进行中")
    assert survey["opened_at"] == "2026-03-02T01:00:00Z"
    assert survey["threshold"] == 5
    assert [told for told, _ in await surveys.announced()] == [
        "interaction.survey.drafted",
        "interaction.survey.approved",
        "interaction.survey.opened",
        "interaction.participation.told",
    ]


async def test_it_becomes_content_as_a_text_to_be_reviewed_there(surveys: Surveys) -> None:
    survey = await surveys.approved()
    _, told = (await surveys.announced())[-1]
    assert told["subject_id"] == survey["id"]
    assert (told["kind"], told["moment"]) == ("survey", "announced")
    assert told["author"] == CLERK.id
    assert told["source"] == "市政府办公室"
    assert told["paragraphs"] == [
        "请您花三分钟回答以下问题。",
        "结果将用于改进服务。",
        "问卷共6题。公众均可匿名参与，每台设备可提交一次。",
        "调查截至2026年3月16日09:00。",
    ]


async def test_every_fault_of_a_draft_is_named_at_once(surveys: Surveys) -> None:
    wrong = {
        "questions": [{**SINGLE, "options": []}],
        "closes_at": "2026-03-01T01:00:00Z",
        "opens_at": "2026-03-05T01:00:00Z",
        "threshold": 2,
    }
    done = await surveys.send(CLERK, "POST", "/v1/surveys", {**NEW, **wrong})
    assert faults(done) == {
        ("/closes_at", "past"),
        ("/opens_at", "after_closing"),
        ("/threshold", "too_low"),
        ("/questions/0/options", "too_few"),
    }
    assert await surveys.announced() == []


async def test_a_survey_is_of_a_site_that_there_is(surveys: Surveys) -> None:
    done = await surveys.send(CLERK, "POST", "/v1/surveys", {**NEW, "site_code": "3403009999"})
    assert faults(done) == {("/site_code", "unknown")}


@pytest.mark.parametrize(
    ("actor", "site"),
    [
        (LEADER, NEW["site_code"]),
        (CLERK, OTHER_SITE),
        (people.person(*Permission, at=COUNTY), NEW["site_code"]),
        (people.person(), NEW["site_code"]),
    ],
)
async def test_only_clerks_of_its_sponsor_draft_for_a_site(
    surveys: Surveys, actor: Any, site: str
) -> None:
    done = await surveys.send(actor, "POST", "/v1/surveys", {**NEW, "site_code": site})
    assert done.status_code == 403
    assert await surveys.announced() == []


async def test_who_wrote_any_edition_does_not_open_it(surveys: Surveys) -> None:
    first = await surveys.send(DEPUTY, "POST", "/v1/surveys", NEW)
    text = {key: value for key, value in NEW.items() if key != "site_code"}
    revised = await surveys.act(CLERK, first.json(), "", {**text, "title": "另一题目"})
    assert revised.status_code == 200, revised.text
    refused = await surveys.review(revised.json(), DEPUTY)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/own-survey")
    assert (await surveys.review(revised.json())).status_code == 200


async def test_clerks_do_not_open_surveys(surveys: Surveys) -> None:
    survey = await surveys.drafted()
    assert (await surveys.review(survey, CLERK)).status_code == 403


async def test_a_review_is_of_the_text_that_was_read(surveys: Surveys) -> None:
    survey = await surveys.drafted()
    refused = await surveys.review(survey, digest="0" * 64)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/survey-changed")


async def test_a_returned_survey_says_why_and_is_written_anew(surveys: Surveys) -> None:
    survey = await surveys.drafted()
    assert faults(await surveys.review(survey, verdict="return")) == {("/reason", "missing")}
    returned = await surveys.review(survey, verdict="return", reason="第三题有引导性")
    assert returned.json()["state"] == "returned"
    assert (await surveys.read(survey))["reason"] == "第三题有引导性"
    assert (await surveys.review(returned.json())).status_code == 409
    text = {key: value for key, value in NEW.items() if key != "site_code"}
    revised = await surveys.act(CLERK, returned.json(), "", text)
    assert (revised.json()["state"], revised.json()["edition"]) == ("drafted", 2)
    assert revised.json()["reason"] is None


async def test_an_approval_ends_with_the_text_it_was_of(surveys: Surveys) -> None:
    survey = await surveys.approved(opens_at="2026-03-05T01:00:00Z")
    assert survey["state"] == "approved"
    text = {key: value for key, value in NEW.items() if key != "site_code"}
    revised = await surveys.act(CLERK, survey, "", {**text, "title": "改过的题目"})
    assert (revised.json()["state"], revised.json()["reviewer"]) == ("drafted", None)
    surveys.clock.pass_by(days=4)
    await surveys.work()
    assert (await surveys.read(survey))["state"] == "drafted"


async def test_every_edition_is_kept(surveys: Surveys, count_queries: CountQueries) -> None:
    survey = await surveys.drafted()
    text = {key: value for key, value in NEW.items() if key != "site_code"}
    await surveys.act(CLERK, survey, "", {**text, "questions": [SINGLE]})
    path = f"/v1/surveys/{survey['id']}/editions"

    def each(page: Any) -> list[tuple[int, int]]:
        return [(one["number"], len(one["text"]["questions"])) for one in page["items"]]

    with count_queries(2):
        page = (await surveys.send(LEADER, "GET", f"{path}?first=1")).json()
    assert each(page) == [(2, 1)]
    rest = (await surveys.send(LEADER, "GET", f"{path}?after={page['next']}")).json()
    assert each(rest) == [(1, len(ALL))]


async def test_once_open_a_survey_is_frozen(surveys: Surveys) -> None:
    survey = await surveys.approved()
    text = {key: value for key, value in NEW.items() if key != "site_code"}
    refused = await surveys.act(CLERK, survey, "", {**text, "title": "改题目"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/frozen-survey")
    assert (await surveys.read(survey))["digest"] == survey["digest"]


async def test_a_mistake_is_mended_by_a_successor(surveys: Surveys) -> None:
    first = await surveys.approved()
    open_still = await surveys.send(CLERK, "POST", "/v1/surveys", {**NEW, "succeeds": first["id"]})
    assert faults(open_still) == {("/succeeds", "not_closed")}
    await surveys.close(first)
    second = await surveys.approved(succeeds=first["id"])
    shown = (await surveys.client.get(f"/v1/public/surveys/{first['id']}")).json()
    assert (shown["state"], shown["succeeded_by"]) == ("closed", second["id"])
    third = await surveys.send(CLERK, "POST", "/v1/surveys", {**NEW, "succeeds": first["id"]})
    assert faults(third) == {("/succeeds", "not_closed")}


async def test_writes_name_the_version_they_read(surveys: Surveys) -> None:
    survey = await surveys.drafted()
    assert (await surveys.review({**survey, "version": 7})).status_code == 412


async def test_staff_list_what_they_reach(surveys: Surveys, count_queries: CountQueries) -> None:
    one, two = await surveys.drafted(), await surveys.approved(title="另一项调查")
    with count_queries(1):
        page = (await surveys.send(CLERK, "GET", "/v1/surveys?first=1")).json()
    assert [item["id"] for item in page["items"]] == [two["id"]]
    rest = (await surveys.send(CLERK, "GET", f"/v1/surveys?after={page['next']}")).json()
    assert [item["id"] for item in rest["items"]] == [one["id"]]
    drafts = (await surveys.send(LEADER, "GET", "/v1/surveys?state=drafted")).json()
    assert [item["id"] for item in drafts["items"]] == [one["id"]]
    elsewhere = await surveys.send(CLERK, "GET", f"/v1/surveys?site_code={OTHER_SITE}")
    assert elsewhere.json()["items"] == []
