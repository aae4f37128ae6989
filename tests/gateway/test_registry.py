from datetime import timedelta
from typing import Any

import pytest

from tests.factories.content import ADMIN, EDITOR, SITE, STRANGER, SUPERVISOR, Group
from tests.gateway.conftest import Ask, UpstreamCalls
from tests.support.people import NOW

WHY = "... on Problem { type status detail faults { pointer code } versionFound }"
FILE = f"""mutation($input: ApplicationInput!, $change: ChangeInput!) {{
  fileApplication(input: $input, change: $change) {{
    ... on Application {{ id state version change {{ __typename }} }} {WHY} }} }}"""
DECIDE = f"""mutation($id: UUID!, $version: Int!, $input: ApplicationDecisionInput!) {{
  decideApplication(id: $id, version: $version, input: $input) {{
    ... on Application {{ state decidedBy version }} {WHY} }} }}"""
WITHDRAW = f"""mutation($id: UUID!, $version: Int!) {{
  withdrawApplication(id: $id, version: $version) {{ ... on Application {{ state }} {WHY} }} }}"""
LIST = """query($state: ApplicationState, $code: String) {
  applications(state: $state, siteCode: $code) { nodes { id state site { name } change {
    __typename ... on OpenColumn { name kind keywords } ... on MoveColumn { columnId position }
    ... on ChangeSite { contact } } } } }"""
FOR = {"siteCode": SITE, "reason": "栏目优化"}


async def _filed(ask: Ask, **change: Any) -> Any:
    answer = await ask(FILE, ADMIN, input=FOR, change=change)
    assert "errors" not in answer, answer
    return answer["data"]["fileApplication"]


async def test_every_act_is_applied_for_under_its_own_name(group: Group, ask: Ask) -> None:
    news, policies = group.columns["news"], group.columns["policies"]
    changes: dict[str, Any] = {
        "openColumn": {"name": "规划计划", "kind": "PLANS", "keywords": ["规划"]},
        "mergeColumns": {"fromId": news, "intoId": policies},
        "hideColumn": {"columnId": news},
        "renameColumn": {"columnId": news, "name": "要闻"},
        "moveColumn": {"columnId": news, "position": 5},
        "changeSite": {"contact": "0552-1234567"},
    }
    for act, change in changes.items():
        filed = await _filed(ask, **{act: change})
        assert filed["change"]["__typename"] == act[0].upper() + act[1:]
    shown = await _filed(ask, showColumn={"columnId": news})
    assert shown["status"] == 409, "nothing is hidden"


async def test_an_application_is_approved_at_once_and_by_another(group: Group, ask: Ask) -> None:
    filed = await _filed(ask, renameColumn={"columnId": group.columns["news"], "name": "要闻"})
    named = {"id": filed["id"], "version": filed["version"]}
    approve = {"decision": "APPROVE"}
    own = (await ask(DECIDE, ADMIN, **named, input=approve))["data"]["decideApplication"]
    assert own["status"] == 403
    stranger = await ask(DECIDE, STRANGER, **named, input=approve)
    assert stranger["data"]["decideApplication"]["status"] == 404
    wordless = await ask(DECIDE, SUPERVISOR, **named, input={"decision": "REFUSE"})
    assert wordless["data"]["decideApplication"]["faults"][0]["code"] == "reason_missing"
    done = (await ask(DECIDE, SUPERVISOR, **named, input=approve))["data"]["decideApplication"]
    assert (done["state"], done["decidedBy"]) == ("APPROVED", SUPERVISOR.id)
    late = await ask(WITHDRAW, ADMIN, id=filed["id"], version=done["version"])
    assert late["data"]["withdrawApplication"]["status"] == 409
    query = "query($id: UUID!) { column(id: $id) { name } }"
    shown = await ask(query, id=group.columns["news"])
    assert shown["data"]["column"] == {"name": "要闻"}


@pytest.mark.usefixtures("group")
async def test_a_change_that_asks_for_nothing_or_for_two_things_is_refused(ask: Ask) -> None:
    nothing = await ask(FILE, ADMIN, input=FOR, change={"changeSite": {}})
    assert nothing["data"]["fileApplication"]["faults"][0]["code"] == "nothing_asked"
    two = {"changeSite": {"contact": "电话"}, "openColumn": {"name": "规划", "kind": "PLANS"}}
    both = await ask(FILE, ADMIN, input=FOR, change=two)
    assert "exactly one" in both["errors"][0]["message"]
    anonymous = await ask(FILE, input=FOR, change={"changeSite": {"contact": "电话"}})
    assert anonymous["data"]["fileApplication"]["status"] == 401
    stranger = await ask(FILE, STRANGER, input=FOR, change={"changeSite": {"contact": "电话"}})
    assert stranger["data"]["fileApplication"]["status"] in {403, 404}


async def test_applications_with_their_sites_cost_two_calls(
    group: Group, ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    await _filed(ask, openColumn={"name": "规划计划", "kind": "PLANS", "keywords": ["规划"]})
    await _filed(ask, moveColumn={"columnId": group.columns["news"], "position": 5})
    with upstream_calls() as calls:
        listed = (await ask(LIST, SUPERVISOR, state="FILED"))["data"]["applications"]["nodes"]
    assert calls == ["/v1/applications", "/v1/public/sites"]
    moved, opened = (row["change"] for row in listed)
    assert (moved["__typename"], moved["position"]) == ("MoveColumn", 5)
    assert (opened["name"], opened["kind"], opened["keywords"]) == ("规划计划", "PLANS", ["规划"])
    assert (await ask(LIST, STRANGER))["data"]["applications"]["nodes"] == []


async def test_units_outages_and_working_rules_are_listed_to_those_they_concern(
    group: Group, ask: Ask
) -> None:
    outage = {
        "began_at": (NOW - timedelta(hours=1)).isoformat(),
        "expected_until": (NOW + timedelta(hours=3)).isoformat(),
        "cause": "机房断电",
    }
    await group.send(ADMIN, "POST", f"/v1/sites/{SITE}/outages", outage)
    rule = {
        "organization": "340300-zfb",
        "kind": "update",
        "title": "信息更新制度",
        "in_force_from": "2026-01-01",
    }
    await group.send(ADMIN, "POST", "/v1/procedures", rule)
    query = """query($unit: String, $lasting: Boolean) {
      organizations { nodes { code path kind level } }
      outages(lasting: $lasting) { nodes { siteCode cause endedAt } }
      procedures(organization: $unit, kind: "update") { nodes { title edition } } }"""
    answer = await ask(query, ADMIN, unit="340300-zfb", lasting=True)
    assert "errors" not in answer, answer
    data = answer["data"]
    assert {row["code"] for row in data["organizations"]["nodes"]} >= {"340000", "340300-zfb"}
    assert data["outages"]["nodes"] == [{"siteCode": SITE, "cause": "机房断电", "endedAt": None}]
    assert data["procedures"]["nodes"] == [{"title": "信息更新制度", "edition": 1}]
    over = (await ask(query, ADMIN, lasting=False))["data"]
    assert over["outages"]["nodes"] == []
    assert "机房断电" not in str(await ask(query, STRANGER))
    codes = {e["extensions"]["code"] for e in (await ask(query))["errors"]}
    assert codes == {"UNAUTHENTICATED"}
    assert EDITOR.id not in str(data)
