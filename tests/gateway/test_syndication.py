import pytest

from tests.factories.content import COUNTY_EDITOR, COUNTY_SITE, EDITOR, PARTNER, SUPERVISOR, Group
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
OWED = "{ obligations(first: 1) { nodes { id version state } } }"
CLAIM = f"""mutation($id: UUID!, $version: Int!, $input: NewClaimInput!) {{
  claimRepost(obligationId: $id, version: $version, input: $input) {{
  ... on Obligation {{ state claim {{ url judged }}
    readings {{ nodes {{ verdict }} }} }} {WHY} }} }}"""
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


CHANGED = "... on Subscription { id url kinds paused active disabled version formerSecretUntil }"
ACTS = {
    "pauseSubscription": "",
    "resumeSubscription": "",
    "endSubscription": "",
    "changeSubscription": "NewSubscriptionInput",
}
LISTED = """{ subscriptions(first: 5) { nodes { id words deliveries(state: WAITING) {
  nodes { type state subject log { nodes { status fault milliseconds } } } } } } }"""


def act(name: str) -> str:
    wanted = ACTS[name]
    declared = f", $input: {wanted}!" if wanted else ""
    given = ", input: $input" if wanted else ""
    return f"""mutation($id: UUID!, $version: Int!{declared}) {{
      {name}(id: $id, version: $version{given}) {{ {CHANGED} {WHY} }} }}"""


ROTATE = f"""mutation($id: UUID!, $version: Int!) {{
  rotateSubscriptionSecret(id: $id, version: $version, input: {{overlapHours: 2}}) {{
    ... on OpenedSubscription {{ secret formerSecretUntil }} {WHY} }} }}"""
TEST = f"""mutation($id: UUID!) {{ testSubscription(id: $id) {{
  ... on Delivery {{ type state }} {WHY} }} }}"""
REPLAY = f"""mutation($id: UUID!, $input: NewReplayInput!) {{ replayDeliveries(
  id: $id, input: $input) {{ ... on Replay {{ deliveries }} {WHY} }} }}"""


@pytest.mark.usefixtures("group")
async def test_a_partner_manages_its_subscription(ask: Ask) -> None:
    opened = await outcome(ask, SUBSCRIBE, PARTNER, input={**HOOK, "words": ["通知"]})
    mine = {"id": opened["id"]}
    assert await outcome(ask, TEST, PARTNER, **mine) == {"type": "ping", "state": "WAITING"}
    (listed,) = (await outcome(ask, LISTED, PARTNER))["nodes"]
    assert (listed["id"], listed["words"]) == (opened["id"], ["通知"])
    (ping,) = listed["deliveries"]["nodes"]
    assert (ping["subject"], ping["log"]) == (opened["id"], {"nodes": []})
    rotated = await outcome(ask, ROTATE, PARTNER, **mine, version=1)
    assert rotated["secret"] != opened["secret"]
    new = {**HOOK, "kinds": ["POLICY"], "subjects": ["诗歌"]}
    change = act("changeSubscription")
    refused = await outcome(ask, change, PARTNER, **mine, version=2, input=new)
    assert [fault["pointer"] for fault in refused["faults"]] == ["/subjects/0"]
    new = {**HOOK, "kinds": ["POLICY"]}
    changed = await outcome(ask, change, PARTNER, **mine, version=2, input=new)
    assert (changed["kinds"], changed["version"]) == (["POLICY"], 3)
    paused = await outcome(ask, act("pauseSubscription"), PARTNER, **mine, version=3)
    assert paused["paused"]
    assert (await outcome(ask, TEST, PARTNER, **mine))["status"] == 409
    stale = await outcome(ask, act("resumeSubscription"), PARTNER, **mine, version=3)
    assert (stale["status"], stale["versionFound"]) == (412, 4)
    resumed = await outcome(ask, act("resumeSubscription"), PARTNER, **mine, version=4)
    assert not resumed["paused"]
    replayed = await outcome(ask, REPLAY, PARTNER, **mine, input={"deadLetters": True})
    assert replayed == {"deliveries": 0}
    for actor, status in ((EDITOR, 404), (PARTNER, None)):
        ended = await outcome(ask, act("endSubscription"), actor, **mine, version=5)
        assert ended.get("status") == status
    assert (await outcome(ask, LISTED, PARTNER))["nodes"] == []


IMPACT = """query($id: UUID!) { itemImpact(itemId: $id) {
  nodes { relation url leaves } } }"""
RECALLS = """{ recalls { nodes { cause copies proved places { nodes { id } } } } }"""
ONE_RECALL = """query($id: UUID!) { recall(id: $id) { id } copy(id: $id) { id site { code }
  readings { nodes { id } } } }"""
COPIES = "{ copies(state: OWED) { nodes { id } } }"
REPORT = f"""mutation($id: UUID!) {{ reportCopy(copyId: $id, version: 1, input: {{}}) {{
  ... on Copy {{ id }} {WHY} }} }}"""


async def test_what_a_withdrawal_touches_and_what_became_of_copies_is_asked_here_too(
    group: Group, ask: Ask
) -> None:
    item = await group.released()
    await group.owed(item)
    (owed,) = (await outcome(ask, OWED, COUNTY_EDITOR))["nodes"]
    url = f"https://www.s{COUNTY_SITE}.gov.cn/1"
    known = {"id": owed["id"], "version": owed["version"]}
    await outcome(ask, CLAIM, COUNTY_EDITOR, **known, input={"url": url})
    (claimed,) = (await outcome(ask, IMPACT, EDITOR, id=item["id"]))["nodes"]
    assert claimed == {"relation": "CLAIMED", "url": url, "leaves": True}
    assert await outcome(ask, RECALLS, EDITOR) == {"nodes": []}
    assert await outcome(ask, COPIES, COUNTY_EDITOR) == {"nodes": []}
    told = await ask(ONE_RECALL, EDITOR, id=item["id"])
    assert told["data"] == {"recall": None, "copy": None}
    refused = await outcome(ask, REPORT, COUNTY_EDITOR, id=item["id"])
    assert refused["status"] == 404


async def test_a_site_claims_where_its_repost_stands(group: Group, ask: Ask) -> None:
    await group.owed(await group.released())
    (owed,) = (await outcome(ask, OWED, COUNTY_EDITOR))["nodes"]
    known = {"id": owed["id"], "version": owed["version"]}
    url = f"https://www.s{COUNTY_SITE}.gov.cn/1"
    odd = {"url": "https://www.example.org/1"}
    refused = await outcome(ask, CLAIM, COUNTY_EDITOR, **known, input=odd)
    assert refused["faults"] == [{"pointer": "/url", "code": "other_site"}]
    claimed = await outcome(ask, CLAIM, COUNTY_EDITOR, **known, input={"url": url})
    assert claimed == {
        "state": "LIVE_CLAIMED",
        "claim": {"url": url, "judged": None},
        "readings": {"nodes": []},
    }
