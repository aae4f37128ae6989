from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from services.interaction.group.models import Organization, Site
from services.interaction.mailbox.clocks import schedule
from services.interaction.mailbox.clocks.telling.queries import on_watch
from shared.auth import Permission
from shared.db import open_sessions
from shared.uow import beginner
from tests.gateway.conftest import Ask, outcome
from tests.support.people import CITY, NOW, bearer, person

SITE = "3403000006"
ROADS = f"{CITY}.roads"
ADMIN = person(Permission.ADMINISTER, name="admin")
DISPATCHER = person(Permission.DISPATCH, name="dispatcher")
CLERK = person(Permission.ANSWER, at=ROADS, name="clerk")
HEAD = person(Permission.REVIEW_ANSWER, name="head")
SUPERVISOR = person(Permission.APPROVE_CHANGE, name="supervisor")
STRANGER = person(*Permission, at="340000.340400", name="stranger")
PROBLEM = "... on Problem { type status faults { pointer code } }"
DAYS = "explanation { date counted reason provisional }"
STEPS = f"deadlines {{ step state dueOn provisional policyVersion calendarVersion {DAYS} }}"
DEADLINES = f"query($id: UUID!) {{ letterDeadlines(letterId: $id) {{ number {STEPS} }} }}"
MINE = f"""query($number: String!, $code: String!) {{
  deadlineExplanation(number: $number, queryCode: $code) {{ number {STEPS} }} }}"""
SUBMIT = """mutation($input: NewLetterInput!) { submitLetter(input: $input) {
  ... on LetterReceipt { number queryCode } } }"""
SET = f"""mutation($edition: Int, $input: NewLetterTermsInput!) {{
  setLetterTerms(siteCode: "{SITE}", edition: $edition, input: $input) {{
    ... on SiteLetterTerms {{ edition terms {{ name digest }} }} {PROBLEM} }} }}"""
TERMS = (
    f"""query {{ letterTerms(siteCode: "{SITE}") {{ nodes {{ edition terms {{ name }} }} }} }}"""
)
POLICIES = "query { letterPolicies { name limits { step kind days document confidence } } }"
ASK = f"""mutation($id: UUID!, $version: Int!, $input: NewExtensionInput!) {{
  askForLetterExtension(letterId: $id, version: $version, input: $input) {{
    ... on LetterExtension {{ id state version }} {PROBLEM} }} }}"""
GRANT = f"""mutation($id: UUID!, $version: Int!, $input: ExtensionDecisionInput!) {{
  ruleOnLetterExtension(id: $id, version: $version, input: $input) {{
    ... on LetterExtension {{ state dueBefore dueOn }} {PROBLEM} }} }}"""
EXTENSIONS = "query { letterExtensions(state: GRANTED) { nodes { reason } } }"
CARDS = "query { letterCards(colour: YELLOW) { nodes { id version state number } } }"
EXPLAIN = f"""mutation($id: UUID!, $version: Int!, $input: CardExplanationInput!) {{
  explainLetterCard(id: $id, version: $version, input: $input) {{
    ... on LetterCard {{ id version state }} {PROBLEM} }} }}"""
RULE = f"""mutation($id: UUID!, $version: Int!, $input: CardDecisionInput!) {{
  ruleOnLetterCard(id: $id, version: $version, input: $input) {{
    ... on LetterCard {{ state explanation }} {PROBLEM} }} }}"""
LETTER = {
    "siteCode": SITE,
    "kind": "COMPLAINT",
    "title": "路灯不亮",
    "text": "路灯坏了两周。",
    "writer": {"name": "李小龙", "phone": "13855201234"},
}


@pytest_asyncio.fixture
async def letter(stage: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """A letter of the roads department, with how its writer follows it."""
    places = (("340300", "市政府", CITY, True), ("roads", "市城市管理局", ROADS, False))
    async with open_sessions(stage["engines"]["interaction"]).begin() as session:
        for code, name, path, governs in places:
            session.add(Organization(id=uuid4(), code=code, name=name, path=path, governs=governs))
        session.add(Site(id=uuid4(), code=SITE, name="网站", supervising=CITY, sponsoring=CITY))
    receipt = await outcome(ask, SUBMIT, input=LETTER)
    service = stage["clients"]["interaction"]
    [listed] = (await service.get("/v1/letters", headers=bearer(HEAD))).json()["items"]
    done = await service.post(
        f"/v1/letters/{listed['id']}/dispatch",
        json={"organization": "roads"},
        headers=bearer(DISPATCHER) | {"If-Match": '"1"'},
    )
    assert done.status_code == 200, done.text
    return {"id": listed["id"], "version": 2, **receipt}


async def test_deadlines_are_explained_to_the_staff_and_the_writer(
    letter: dict[str, Any], ask: Ask
) -> None:
    shown = await outcome(ask, DEADLINES, CLERK, id=letter["id"])
    answer = shown["deadlines"][2]
    assert (answer["step"], answer["state"], answer["dueOn"]) == (
        "ANSWER",
        "RUNNING",
        "2026-03-23",
    )
    assert sum(day["counted"] for day in answer["explanation"]) == 15
    mine = {"number": letter["number"], "code": letter["queryCode"]}
    assert await outcome(ask, MINE, **mine) == shown
    assert await outcome(ask, MINE, **mine | {"code": "AAAA-AAAA-AAAA-AAAA"}) is None
    assert await outcome(ask, DEADLINES, STRANGER, id=letter["id"]) is None


@pytest.mark.usefixtures("letter")
async def test_terms_are_offered_and_chosen(ask: Ask) -> None:
    offered = {policy["name"] for policy in await outcome(ask, POLICIES)}
    assert {"anhui-2015", "yueqing"} <= offered
    yueqing = {"policy": "yueqing", "own": [{"step": "ANSWER", "kind": "HELP", "days": 4}]}
    chosen = await outcome(ask, SET, ADMIN, edition=1, input=yueqing)
    assert (chosen["edition"], chosen["terms"]["name"]) == (2, "yueqing")
    kept = (await outcome(ask, TERMS, ADMIN))["nodes"]
    assert [edition["terms"]["name"] for edition in kept] == ["yueqing", "anhui-2015"]
    refused = await outcome(ask, SET, ADMIN, edition=2, input={"policy": "none"})
    assert refused["faults"] == [{"pointer": "/policy", "code": "unknown_policy"}]
    assert (await outcome(ask, SET, STRANGER, edition=2, input=yueqing))["status"] == 404
    assert await outcome(ask, TERMS, STRANGER) is None


async def test_an_extension_is_asked_for_and_granted(letter: dict[str, Any], ask: Ask) -> None:
    named = {"id": letter["id"], "version": letter["version"]}
    new = {"days": 5, "reason": "会同勘察", "forWriter": "须会同电力部门勘察"}
    asked = await outcome(ask, ASK, CLERK, **named, input=new)
    assert asked["state"] == "ASKED"
    mine = {"id": asked["id"], "version": asked["version"], "input": {"ruling": "GRANT"}}
    assert (await outcome(ask, GRANT, CLERK, **mine))["status"] == 403
    assert await outcome(ask, GRANT, HEAD, **mine) == {
        "state": "GRANTED",
        "dueBefore": "2026-03-23",
        "dueOn": "2026-03-30",
    }
    assert (await outcome(ask, EXTENSIONS, HEAD))["nodes"] == [{"reason": "会同勘察"}]
    assert (await outcome(ask, EXTENSIONS, STRANGER))["nodes"] == []


async def test_a_card_is_explained_and_ruled_on(
    letter: dict[str, Any], stage: dict[str, Any], ask: Ask
) -> None:
    sessions, later = open_sessions(stage["engines"]["interaction"]), NOW + timedelta(days=40)
    begin = beginner(sessions, lambda: later, "/interaction")
    assert await schedule.tell(sessions, begin, on_watch, later)
    [card] = (await outcome(ask, CARDS, SUPERVISOR))["nodes"]
    assert (card["number"], card["state"]) == (letter["number"], "GIVEN")
    named = {"id": card["id"], "version": card["version"]}
    explained = await outcome(ask, EXPLAIN, CLERK, **named, input={"text": "待核"})
    assert explained["state"] == "EXPLAINED"
    ruling = {"ruling": "REJECT", "reason": "未说明"}
    named = {"id": card["id"], "version": explained["version"]}
    ruled = await outcome(ask, RULE, SUPERVISOR, **named, input=ruling)
    assert ruled == {"state": "REJECTED", "explanation": "待核"}
    assert (await outcome(ask, CARDS, STRANGER))["nodes"] == []
