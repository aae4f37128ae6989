import pytest

from tests.factories.content import COUNTY_EDITOR, EDITOR, PARTNER, SUPERVISOR, Group
from tests.gateway.conftest import Ask, UpstreamCalls, outcome

WHY = "... on Problem { type status faults { pointer code } versionFound }"
ISSUE = f"""mutation($input: NewDirectiveInput!) {{ issueDirective(input: $input) {{
  ... on Directive {{ id title ask withdrawn }} {WHY} }} }}"""
ONE = """query($id: UUID!) { directive(id: $id) { title
  obligations { nodes { state site { code } } } } }"""
SUBSCRIBE = f"""mutation($input: NewSubscriptionInput!) {{ subscribe(input: $input) {{
  ... on OpenedSubscription {{ id url secret }} {WHY} }} }}"""
MINE = """query($id: UUID!) { subscription(id: $id) { url active siteCodes
  deliveries { nodes { type status } } } }"""
HOOK = {"url": "https://partner.example.org/hook"}


async def test_a_directive_is_read_with_what_each_site_did_at_a_constant_cost(
    group: Group, ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    item = await group.released()
    new = {"itemId": item["id"], "issuer": "340300", "deadline": "2026-03-09T01:00:00Z"}
    assert (await outcome(ask, ISSUE, EDITOR, input=new))["status"] == 403
    directive = await outcome(ask, ISSUE, SUPERVISOR, input=new)
    assert (directive["title"], directive["ask"]) == (item["title"], "REPOST")
    with upstream_calls() as calls:
        read = await outcome(ask, ONE, SUPERVISOR, id=directive["id"])
    assert len(calls) == 3, calls
    states = {row["site"]["code"]: row["state"] for row in read["obligations"]["nodes"]}
    assert set(states.values()) == {"DELIVERED"}
    assert await outcome(ask, ONE, COUNTY_EDITOR, id=directive["id"]) is None


@pytest.mark.usefixtures("group")
async def test_a_partner_subscribes_and_reads_what_was_sent(ask: Ask) -> None:
    odd = {"url": "ftp://partner.example.org", "siteCodes": ["12"]}
    refused = await outcome(ask, SUBSCRIBE, PARTNER, input=odd)
    assert {fault["pointer"] for fault in refused["faults"]} >= {"/url", "/siteCodes/0"}
    assert (await outcome(ask, SUBSCRIBE, EDITOR, input=HOOK))["status"] == 403
    opened = await outcome(ask, SUBSCRIBE, PARTNER, input=HOOK)
    assert opened["secret"]
    mine = await outcome(ask, MINE, PARTNER, id=opened["id"])
    assert mine == {
        "url": HOOK["url"],
        "active": True,
        "siteCodes": [],
        "deliveries": {"nodes": []},
    }
    assert await outcome(ask, MINE, EDITOR, id=opened["id"]) is None
