from tests.factories.content import COUNTY_EDITOR, EDITOR, Group
from tests.gateway.conftest import Ask, UpstreamCalls, outcome

WHY = "... on Problem { type status faults { pointer code } versionFound }"
FEED = """... on UpstreamFeed { id url title version ruledBy
  rules { words becomes kind directive { issuer withinHours automatic } }
  standing { state failures message } }"""
REGISTER = f"""mutation($input: NewFeedInput!) {{ registerUpstreamFeed(input: $input) {{
  {FEED} {WHY} }} }}"""
CHANGE = f"""mutation($id: UUID!, $version: Int!, $input: ChangedFeedInput!) {{
  changeUpstreamFeed(id: $id, version: $version, input: $input) {{ {FEED} {WHY} }} }}"""
RULE = f"""mutation($id: UUID!, $version: Int!, $input: NewRulesInput!) {{
  setUpstreamRules(id: $id, version: $version, input: $input) {{ {FEED} {WHY} }} }}"""
POLL = f"mutation($id: UUID!) {{ pollUpstreamFeed(id: $id) {{ {FEED} {WHY} }} }}"
END = f"""mutation($id: UUID!, $version: Int!) {{
  endUpstreamFeed(id: $id, version: $version) {{ {FEED} {WHY} }} }}"""
ONE = """query($id: UUID!) { upstreamFeed(id: $id) { title
  polls { nodes { result message bad { place } } }
  entries(state: TRAY) { nodes { title state sameAs { by } former { title } } } } }"""
ALL = "{ upstreamFeeds(faulty: false) { nodes { title standing { state form } } } }"
ENTRIES = "{ upstreamEntries(state: TRAY, changed: false) { nodes { id } } }"
ENTRY = "query($id: UUID!) { upstreamEntry(id: $id) { title directive { issuer } } }"
NOWHERE = "00000000-0000-0000-0000-000000000001"
NEW = {
    "organization": "340300-zfb",
    "title": "安徽省人民政府",
    "url": "https://www.ah.gov.cn/feed.xml",
}


async def test_a_feed_is_registered_ruled_changed_and_ended(
    group: Group, ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    inside = NEW | {"url": "http://169.254.169.254/"}
    refused = await outcome(ask, REGISTER, EDITOR, input=inside)
    assert refused["faults"] == [{"pointer": "/url", "code": "forbidden_destination"}]
    assert (await outcome(ask, REGISTER, COUNTY_EDITOR, input=NEW))["status"] == 403
    feed = await outcome(ask, REGISTER, EDITOR, input=NEW)
    assert feed["standing"] == {"state": "WORKING", "failures": 0, "message": None}
    mine = {"id": feed["id"]}
    order = {"issuer": "340300", "withinHours": 12}
    rule = {
        "words": ["防汛"],
        "becomes": "DIRECTIVE",
        "kind": "NEWS",
        "columnId": group.columns["news"],
        "directive": order,
    }
    half = {"rules": [{"becomes": "DRAFT"}]}
    refused = await outcome(ask, RULE, EDITOR, **mine, version=1, input=half)
    assert refused["faults"] == [{"pointer": "/rules/0", "code": "place_missing"}]
    ruled = await outcome(ask, RULE, EDITOR, **mine, version=1, input={"rules": [rule]})
    assert ruled["rules"][0]["directive"] == {**order, "automatic": False}
    assert ruled["ruledBy"] == EDITOR.id
    change = {"title": "省政府", "url": NEW["url"]}
    stale = await outcome(ask, CHANGE, EDITOR, **mine, version=1, input=change)
    assert (stale["status"], stale["versionFound"]) == (412, 2)
    changed = await outcome(ask, CHANGE, EDITOR, **mine, version=2, input=change)
    assert changed["title"] == "省政府"
    assert (await outcome(ask, POLL, EDITOR, **mine))["id"] == feed["id"]
    with upstream_calls() as calls:
        read = await outcome(ask, ONE, EDITOR, **mine)
    assert len(calls) == 3, calls
    assert read == {"title": "省政府", "polls": {"nodes": []}, "entries": {"nodes": []}}
    assert await outcome(ask, ONE, COUNTY_EDITOR, **mine) is None
    (listed,) = (await outcome(ask, ALL, EDITOR))["nodes"]
    assert listed["standing"] == {"state": "WORKING", "form": None}
    ended = await outcome(ask, END, EDITOR, **mine, version=changed["version"])
    assert ended["standing"]["state"] == "ENDED"
    assert (await outcome(ask, ALL, EDITOR))["nodes"] == []


async def test_what_is_done_about_an_entry_that_is_not_there_is_a_problem(
    group: Group, ask: Ask
) -> None:
    shown = f"... on UpstreamEntry {{ state changed message }} {WHY}"
    place = f'kind: NEWS, columnId: "{group.columns["news"]}"'
    acts = {
        "acceptUpstreamEntry": f", input: {{{place}}}",
        "dismissUpstreamEntry": ', input: {reason: "重复"}',
        "noteUpstreamChange": "",
        "issueUpstreamDirective": "",
    }
    for act, given in acts.items():
        text = f'mutation {{ {act}(id: "{NOWHERE}", version: 1{given}) {{ {shown} }} }}'
        assert (await outcome(ask, text, EDITOR))["status"] == 404, act
    assert await outcome(ask, ENTRY, EDITOR, id=NOWHERE) is None
    assert (await outcome(ask, ENTRIES, EDITOR))["nodes"] == []
