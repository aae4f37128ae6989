from typing import Any

import pytest

from tests.factories.content import COUNTY_EDITOR, EDITOR, SITE, Group
from tests.gateway.conftest import Ask

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
