from typing import Any

import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.auth import Permission
from shared.db import open_sessions
from shared.uow import beginner
from tests.gateway.conftest import Ask, outcome
from tests.services.interaction.conftest import (
    CITY,
    COUNTY,
    OFFICE,
    SITE,
    hear,
    organization,
    site,
)
from tests.support import people

CLERK = people.person(Permission.DISPATCH, at=OFFICE, name="clerk")
LEADER = people.person(Permission.REVIEW_ANSWER, at=OFFICE, name="leader")
STRANGER = people.person(*Permission, at=COUNTY, name="stranger")
WHY = "... on Problem { type status faults { pointer code } }"
SURVEY = "... on Survey { id state version digest edition }"
DRAFT = f"mutation($input: NewSurveyInput!) {{ draftSurvey(input: $input) {{ {SURVEY} {WHY} }} }}"
REVISE = f"""mutation($id: UUID!, $version: Int!, $input: SurveyTextInput!) {{
  reviseSurvey(id: $id, version: $version, input: $input) {{ {SURVEY} {WHY} }} }}"""
REVIEW = f"""mutation($id: UUID!, $version: Int!, $input: SurveyReviewInput!) {{
  reviewSurvey(id: $id, version: $version, input: $input) {{ {SURVEY} {WHY} }} }}"""
CLOSE = f"""mutation($id: UUID!, $version: Int!) {{
  closeSurvey(id: $id, version: $version, input: {{reason: "已收齐"}}) {{ {SURVEY} {WHY} }} }}"""
INVITE = f"""mutation($id: UUID!, $version: Int!) {{
  inviteToSurvey(id: $id, version: $version, input: {{count: 2}}) {{
    ... on SurveyInvitations {{ codes }} {WHY} }} }}"""
ANSWER = f"""mutation($id: UUID!, $pass: String!, $input: SurveyResponseInput!) {{
  answerSurvey(id: $id, pass: $pass, input: $input) {{
    ... on SurveyReceipt {{ surveyId answeredOn }} {WHY} }} }}"""
DEVICE = "mutation { admitSurveyDevice { token } }"
READ = """query($id: UUID!) { survey(id: $id) { title state questions {
  key kind options { key label } shownIf { question atMost } } } }"""
LIST = """query($site: String) { surveys(siteCode: $site) { nodes { id state } } }"""
TALLY = """query($id: UUID!) { surveyTally(id: $id) { final responses questions {
  hides options { key count share } } } }"""
KEPT = "query($id: UUID!) { keptSurvey(id: $id) { title responses questions { key } } }"
KEPT_ALL = "query { keptSurveys(state: OPEN) { nodes { id } } }"
EDITIONS = "query($id: UUID!) { surveyEditions(id: $id) { nodes { number text { title } } } }"
TEXT: dict[str, Any] = {
    "title": "网上办事满意度调查",
    "introduction": "请您花三分钟回答以下问题。",
    "questions": [
        {"key": "mark", "kind": "RATING", "title": "请评分", "scale": 5},
        {
            "key": "why",
            "kind": "TEXT",
            "title": "请说明原因",
            "required": False,
            "shownIf": {"question": "mark", "atMost": 2},
        },
    ],
    "answeredWith": "DEVICE",
    "closesAt": "2026-03-16T01:00:00Z",
}
PLEASED = {"answers": [{"question": "mark", "rating": 5}]}


@pytest_asyncio.fixture
async def city(stage: dict[str, Any]) -> None:
    engine: AsyncEngine = stage["engines"]["interaction"]
    begin = beginner(open_sessions(engine), lambda: people.NOW, "/interaction")
    await hear(begin, organization(CITY), organization(OFFICE), site(SITE, OFFICE))


async def _opened(ask: Ask, **over: Any) -> Any:
    drafted = await outcome(ask, DRAFT, CLERK, input={**TEXT, "siteCode": SITE, **over})
    named = {"id": drafted["id"], "version": drafted["version"]}
    review = {"verdict": "APPROVE", "digest": drafted["digest"]}
    return await outcome(ask, REVIEW, LEADER, **named, input=review)


async def test_a_survey_goes_from_draft_to_result(ask: Ask, city: None) -> None:  # noqa: ARG001
    drafted = await outcome(ask, DRAFT, CLERK, input={**TEXT, "siteCode": SITE})
    named = {"id": drafted["id"], "version": drafted["version"]}
    revised = await outcome(ask, REVISE, CLERK, **named, input={**TEXT, "title": "办事调查"})
    assert (revised["state"], revised["edition"]) == ("DRAFTED", 2)
    assert await outcome(ask, READ, id=drafted["id"]) is None
    own = {"verdict": "APPROVE", "digest": revised["digest"]}
    named["version"] = revised["version"]
    assert (await outcome(ask, REVIEW, CLERK, **named, input=own))["status"] == 403
    opened = await outcome(ask, REVIEW, LEADER, **named, input=own)
    shown = await outcome(ask, READ, id=drafted["id"])
    assert (shown["title"], shown["state"]) == ("办事调查", "OPEN")
    assert shown["questions"][1]["shownIf"] == {"question": "mark", "atMost": 2}
    devices = [(await outcome(ask, DEVICE))["token"] for _ in range(6)]
    for device in devices:
        done = await outcome(ask, ANSWER, id=drafted["id"], **{"pass": device}, input=PLEASED)
        assert done["answeredOn"] == "2026-03-02"
    again = await outcome(ask, ANSWER, id=drafted["id"], **{"pass": devices[0]}, input=PLEASED)
    assert again["type"] == "/problems/answered-before"
    assert (await outcome(ask, KEPT, CLERK, id=drafted["id"]))["responses"] == 6
    assert await outcome(ask, TALLY, id=drafted["id"]) is None
    closed = await outcome(ask, CLOSE, LEADER, id=drafted["id"], version=opened["version"])
    assert closed["state"] == "CLOSED"
    tally = await outcome(ask, TALLY, id=drafted["id"])
    assert (tally["final"], tally["responses"]) == (True, 6)
    assert tally["questions"][0]["options"][-1] == {"key": "5", "count": 6, "share": 1.0}
    listed = await outcome(ask, LIST, site=SITE)
    assert listed["nodes"] == [{"id": drafted["id"], "state": "CLOSED"}]
    editions = await outcome(ask, EDITIONS, LEADER, id=drafted["id"])
    assert [one["text"]["title"] for one in editions["nodes"]] == ["办事调查", TEXT["title"]]


async def test_invited_people_answer_by_their_codes(ask: Ask, city: None) -> None:  # noqa: ARG001
    survey = await _opened(ask, answeredWith="CODE")
    named = {"id": survey["id"], "version": survey["version"]}
    codes = (await outcome(ask, INVITE, CLERK, **named))["codes"]
    assert len(codes) == 2
    done = await outcome(
        ask, ANSWER, id=survey["id"], **{"pass": codes[0].replace("-", " ").lower()}, input=PLEASED
    )
    assert done["surveyId"] == survey["id"]


async def test_faults_and_refusals_are_data(ask: Ask, city: None) -> None:  # noqa: ARG001
    wrong = {**TEXT, "siteCode": SITE, "threshold": 1, "questions": TEXT["questions"][1:]}
    refused = await outcome(ask, DRAFT, CLERK, input=wrong)
    assert {fault["pointer"] for fault in refused["faults"]} == {
        "/threshold",
        "/questions/0/shown_if/question",
    }
    survey = await _opened(ask)
    device = (await outcome(ask, DEVICE))["token"]
    stray = {"answers": [*PLEASED["answers"], {"question": "why", "text": "不满意"}]}
    refused = await outcome(ask, ANSWER, id=survey["id"], **{"pass": device}, input=stray)
    assert refused["faults"] == [{"pointer": "/answers/1", "code": "not_asked"}]
    forged = await outcome(ask, ANSWER, id=survey["id"], **{"pass": "../x"}, input=PLEASED)
    assert forged["type"] == "/problems/unknown-pass"


async def test_what_is_kept_is_for_those_it_is_kept_by(ask: Ask, city: None) -> None:  # noqa: ARG001
    survey = await _opened(ask)
    named = {"id": survey["id"], "version": survey["version"]}
    for actor in (None, STRANGER):
        assert (await outcome(ask, DRAFT, actor, input={**TEXT, "siteCode": SITE}))["status"] in {
            401,
            403,
        }
        assert (await outcome(ask, CLOSE, actor, **named))["status"] in {401, 404}
        assert (await outcome(ask, INVITE, actor, **named))["status"] in {401, 404}
    assert await outcome(ask, KEPT, STRANGER, id=survey["id"]) is None
    assert await outcome(ask, EDITIONS, STRANGER, id=survey["id"]) is None
    assert (await outcome(ask, KEPT_ALL, STRANGER))["nodes"] == []
    assert (await outcome(ask, KEPT_ALL, CLERK))["nodes"] == [{"id": survey["id"]}]
