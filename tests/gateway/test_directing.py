import pytest

from tests.factories.content import (
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.gateway.conftest import Ask, outcome

WHY = "... on Problem { type status faults { pointer code detail } versionFound }"
RULE = "... on DirectiveRule { id name state version order { policy level } trigger { kinds } }"
BOUND = "... on DirectivePreview { count sites { code } deadline deadlineBasis }"
PREVIEW = f"""query($input: NewDirectiveInput!) {{
  previewDirective(input: $input) {{ {BOUND} {WHY} }} }}"""
PREVIEW_RULE = f"""query($input: NewRuleInput!) {{
  previewDirectiveRule(input: $input) {{ {BOUND} {WHY} }} }}"""
ISSUE = f"""mutation($input: NewDirectiveInput!) {{ issueDirective(input: $input) {{
  ... on Directive {{ id policy deadlineBasis columnKind laterUntil ruleId
    scope {{ reach regions }} }} {WHY} }} }}"""
MAKE = f"""mutation($input: NewRuleInput!) {{
  makeDirectiveRule(input: $input) {{ {RULE} {WHY} }} }}"""
CHANGE = f"""mutation($id: UUID!, $version: Int!, $input: RuleDataInput!) {{
  changeDirectiveRule(id: $id, version: $version, input: $input) {{ {RULE} {WHY} }} }}"""
ONE = """query($id: UUID!) { directiveRule(id: $id) { name madeBy
  firings { nodes { itemId outcome } } } }"""
LISTED = "{ directiveRules(state: SUSPENDED) { nodes { id } } }"
ISSUED = """query($item: UUID!) { directives(itemId: $item) { nodes { id
  obligations(due: SOON, state: DELIVERED) { nodes { siteCode } } } } }"""
POLICIES = "{ deadlinePolicies { name label hours clock document clause deadline } }"
OWED = "{ obligations(due: LATE) { nodes { id toldAt remindedAt escalatedAt escalatedTo } } }"
ESCALATED = "{ escalations(state: LATE) { nodes { siteCode } } }"


def act(name: str) -> str:
    return f"""mutation($id: UUID!, $version: Int!) {{
      {name}(id: $id, version: $version) {{ {RULE} {WHY} }} }}"""


async def test_an_issuer_previews_and_issues_by_scope_and_policy(group: Group, ask: Ask) -> None:
    item = await group.released()
    new = {"itemId": item["id"], "issuer": "340300", "policy": "office_day"}
    scope = {"regions": ["340321"], "laterDays": 30, "columnKind": "POLICIES"}
    shown = await outcome(ask, PREVIEW, SUPERVISOR, input={**new, **scope})
    assert (shown["count"], shown["sites"]) == (1, [{"code": COUNTY_SITE}])
    issued = await outcome(ask, ISSUE, SUPERVISOR, input={**new, **scope})
    assert issued["policy"] == "office_day"
    assert issued["deadlineBasis"].startswith("按时限政策“8个工作小时”")
    assert issued["scope"] == {"reach": "BELOW", "regions": ["340321"]}
    assert (issued["columnKind"], issued["ruleId"]) == ("POLICIES", None)
    listed = (await outcome(ask, ISSUED, SUPERVISOR, item=item["id"]))["nodes"]
    assert listed == [{"id": issued["id"], "obligations": {"nodes": []}}]
    assert (await outcome(ask, PREVIEW, EDITOR, input=new))["status"] == 403
    for odd, fault in (
        ({"policy": "soon"}, ("/policy", "unknown_policy")),
        ({"deadline": "2026-03-09T01:00:00Z"}, ("/", "one_deadline")),
        ({"regions": ["440000"]}, ("/regions/0", "out_of_reach")),
    ):
        refused = await outcome(ask, PREVIEW, SUPERVISOR, input={**new, **odd})
        [told] = refused["faults"]
        assert (told["pointer"], told["code"]) == fault
        assert told["detail"] != "此项有误。"


@pytest.mark.usefixtures("group")
async def test_an_issuer_keeps_its_rules(ask: Ask) -> None:
    data = {"name": "市级政策", "kinds": ["POLICY"], "policy": "red_line", "level": "COUNTY"}
    new = {**data, "issuer": "340300"}
    shown = await outcome(ask, PREVIEW_RULE, SUPERVISOR, input=new)
    assert shown["sites"] == [{"code": COUNTY_SITE}]
    assert (await outcome(ask, MAKE, STRANGER, input=new))["status"] == 403
    aimless = await outcome(ask, MAKE, SUPERVISOR, input={**new, "kinds": []})
    assert [fault["code"] for fault in aimless["faults"]] == ["trigger_missing"]
    rule = await outcome(ask, MAKE, SUPERVISOR, input=new)
    assert rule["order"] == {"policy": "red_line", "level": "COUNTY"}
    assert (rule["state"], rule["trigger"]) == ("ACTIVE", {"kinds": ["POLICY"]})
    mine = {"id": rule["id"]}
    changed = await outcome(
        ask, CHANGE, SUPERVISOR, **mine, version=1, input={**data, "name": "改名"}
    )
    assert (changed["name"], changed["version"]) == ("改名", 2)
    stale = await outcome(ask, act("suspendDirectiveRule"), SUPERVISOR, **mine, version=1)
    assert (stale["status"], stale["versionFound"]) == (412, 2)
    suspended = await outcome(ask, act("suspendDirectiveRule"), SUPERVISOR, **mine, version=2)
    assert suspended["state"] == "SUSPENDED"
    assert (await outcome(ask, LISTED, SUPERVISOR))["nodes"] == [mine]
    resumed = await outcome(ask, act("resumeDirectiveRule"), SUPERVISOR, **mine, version=3)
    assert resumed["state"] == "ACTIVE"
    ended = await outcome(ask, act("endDirectiveRule"), SUPERVISOR, **mine, version=4)
    assert ended["state"] == "ENDED"
    read = await outcome(ask, ONE, SUPERVISOR, **mine)
    assert (read["name"], read["firings"]) == ("改名", {"nodes": []})
    assert await outcome(ask, ONE, COUNTY_EDITOR, **mine) is None


@pytest.mark.usefixtures("group")
async def test_policies_and_what_is_late_are_listed(ask: Ask) -> None:
    policies = {each["name"]: each for each in await outcome(ask, POLICIES, EDITOR)}
    assert (policies["red_line"]["hours"], policies["office_day"]["clock"]) == (24, "OFFICE")
    assert (await outcome(ask, OWED, COUNTY_EDITOR))["nodes"] == []
    assert (await outcome(ask, ESCALATED, SUPERVISOR))["nodes"] == []
