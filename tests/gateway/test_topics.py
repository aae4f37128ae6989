from typing import Any

import pytest

from tests.factories.content import COUNTY_EDITOR, EDITOR, OFFICE, SITE, Group
from tests.gateway.conftest import Ask, outcome

WHY = "... on Problem { type status faults { pointer code } versionFound }"
OPEN = f"""mutation($input: NewTopicInput!) {{ openTopic(input: $input) {{
  ... on Topic {{ id kind state version clocks {{ kind state deadline }} }} {WHY} }} }}"""
CHANGE = f"""mutation($id: UUID!, $version: Int!, $input: TopicTextInput!) {{
  changeTopic(id: $id, version: $version, input: $input) {{
    ... on Topic {{ title summary version }} {WHY} }} }}"""
KEPT = """query($kind: TopicKind) { keptTopics(kind: $kind) {
  nodes { title clocks { kind state } } } }"""
INCIDENT = {
    "siteCode": SITE,
    "title": "化工厂火情",
    "kind": "INCIDENT",
    "occurredAt": "2026-03-02T00:30:00Z",
}


@pytest.mark.usefixtures("group")
async def test_an_incident_is_opened_with_its_clocks_and_renamed(ask: Ask) -> None:
    topic: Any = (await ask(OPEN, EDITOR, input=INCIDENT))["data"]["openTopic"]
    clocks = {clock["kind"]: clock["state"] for clock in topic["clocks"]}
    assert clocks == {"AUTHORITATIVE_RELEASE": "RUNNING", "PRESS_CONFERENCE": "RUNNING"}
    named = {"id": topic["id"], "version": topic["version"]}
    text = {"title": "化工厂火情处置", "summary": "处置情况"}
    done = (await ask(CHANGE, EDITOR, **named, input=text))["data"]["changeTopic"]
    assert (done["title"], done["summary"]) == (text["title"], text["summary"])
    stale = await ask(CHANGE, EDITOR, **named, input=text)
    assert stale["data"]["changeTopic"]["versionFound"] == 2
    kept = (await ask(KEPT, EDITOR, kind="INCIDENT"))["data"]["keptTopics"]["nodes"]
    assert [row["title"] for row in kept] == [text["title"]]
    assert (await ask(KEPT, EDITOR, kind="CONCERN"))["data"]["keptTopics"]["nodes"] == []


@pytest.mark.usefixtures("group")
async def test_an_incident_says_when_and_is_opened_by_those_who_write_there(ask: Ask) -> None:
    timeless = {name: INCIDENT[name] for name in ("siteCode", "title", "kind")}
    refused = await ask(OPEN, EDITOR, input=timeless)
    assert refused["data"]["openTopic"]["faults"][0]["code"] == "occurrence_missing"
    for actor, statuses in ((None, {401}), (COUNTY_EDITOR, {403, 404})):
        barred = await ask(OPEN, actor, input=INCIDENT)
        assert barred["data"]["openTopic"]["status"] in statuses


async def test_a_topic_nobody_may_see_yet_is_its_keepers_only(group: Group, ask: Ask) -> None:
    topic = await group.topic()
    assert (await ask(KEPT, EDITOR))["data"]["keptTopics"]["nodes"][0]["title"] == "防汛"
    assert (await ask(KEPT, COUNTY_EDITOR))["data"]["keptTopics"]["nodes"] == []
    text = {"title": "别的题目"}
    refused = await ask(CHANGE, COUNTY_EDITOR, id=topic, version=1, input=text)
    assert refused["data"]["changeTopic"]["status"] == 404


async def _opened(ask: Ask, **fields: Any) -> Any:
    return (await ask(OPEN, EDITOR, input={**INCIDENT, **fields}))["data"]["openTopic"]


def _act(name: str, input: str = "") -> str:
    declared, given = (f", $input: {input}!", ", input: $input") if input else ("", "")
    return f"""mutation($id: UUID!, $version: Int!{declared}) {{
      {name}(id: $id, version: $version{given}) {{
        ... on Topic {{ state version assignedTo clocks {{ kind state place reason }} }}
        {WHY} }} }}"""


@pytest.mark.usefixtures("group")
async def test_the_clocks_of_an_incident_are_answered_for_and_it_is_closed(ask: Ask) -> None:
    topic = await _opened(ask)
    clocks = """query($states: [ClockState!]) { topicClocks(states: $states) {
      nodes { topicId kind state title } } }"""
    running = (await outcome(ask, clocks, EDITOR))["nodes"]
    assert {clock["topicId"] for clock in running} == {topic["id"]}
    assert (await outcome(ask, clocks, EDITOR, states=["MET", "LATE"]))["nodes"] == []
    assert (await outcome(ask, clocks, COUNTY_EDITOR))["nodes"] == []
    held = {"heldAt": "2026-03-02T00:50:00Z", "place": "市政府新闻发布厅"}
    record = _act("recordConference", "PressConferenceInput")
    named = {"id": topic["id"], "version": topic["version"]}
    done = await outcome(ask, record, EDITOR, **named, input=held)
    (conference,) = (c for c in done["clocks"] if c["kind"] == "PRESS_CONFERENCE")
    assert (conference["state"], conference["place"]) == ("MET", held["place"])
    stale = await outcome(ask, _act("closeTopic"), EDITOR, **named)
    assert stale["versionFound"] == done["version"]
    named["version"] = done["version"]
    early = await outcome(ask, _act("archiveTopic"), EDITOR, **named)
    assert early["status"] == 409
    closed = await outcome(ask, _act("closeTopic"), EDITOR, **named)
    named["version"] = closed["version"]
    archived = await outcome(ask, _act("archiveTopic"), EDITOR, **named)
    assert (closed["state"], archived["state"]) == ("CLOSED", "ARCHIVED")
    one = "query($id: UUID!) { keptTopic(id: $id) { state } }"
    assert await outcome(ask, one, EDITOR, id=topic["id"]) == {"state": "ARCHIVED"}
    assert await outcome(ask, one, COUNTY_EDITOR, id=topic["id"]) is None


@pytest.mark.usefixtures("group")
async def test_a_concern_is_given_to_a_unit_or_its_silence_explained(ask: Ask) -> None:
    concern = {"kind": "CONCERN", "source": "网友在论坛反映", "occurredAt": None}
    topic = await _opened(ask, **concern)
    assign = _act("assignConcern", "ConcernAssignmentInput")
    named = {"id": topic["id"], "version": topic["version"]}
    unknown = await outcome(ask, assign, EDITOR, **named, input={"organization": "999999"})
    assert unknown["status"] in {404, 422}
    to = {"organization": OFFICE.rpartition(".")[2]}
    given = await outcome(ask, assign, EDITOR, **named, input=to)
    assert given["assignedTo"] == OFFICE
    named["version"] = given["version"]
    explain = _act("explainSilence", "ExplanationInput")
    wordless = await outcome(ask, explain, EDITOR, **named, input={"reason": " "})
    assert wordless["faults"][0]["pointer"] == "/reason"
    why = {"reason": "所反映情况不属实，已另行辟谣。"}
    silent = await outcome(ask, explain, EDITOR, **named, input=why)
    assert [clock["state"] for clock in silent["clocks"]] == ["EXPLAINED"]
