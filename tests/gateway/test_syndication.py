import pytest

from shared.auth import Permission
from tests.factories.content import (
    COUNTY_EDITOR,
    COUNTY_OFFICE,
    COUNTY_SITE,
    EDITOR,
    PARTNER,
    SUPERVISOR,
    Group,
)
from tests.gateway.conftest import Ask, UpstreamCalls, outcome
from tests.support.people import person

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


REPOST = f"""mutation($input: NewRepostInput!) {{ repost(input: $input) {{
  ... on Repost {{ itemId version fidelity originHash hops {{ siteCode takenBy }}
    item {{ title localNote origin {{ fidelity contentHash hops {{ takenBy }} }} }} }}
  {WHY} }} }}"""
NOTE = f"""mutation($id: UUID!, $version: Int!, $input: NewLocalNoteInput!) {{
  changeLocalNote(id: $id, version: $version, input: $input) {{
    ... on Repost {{ localNote version }} {WHY} }} }}"""
REPOSTS = "{ reposts(first: 5) { nodes { itemId title localNote item { source } } } }"


async def test_a_site_takes_over_and_says_something_beside_it(group: Group, ask: Ask) -> None:
    item = await group.released()
    new = {"itemId": item["id"], "columnId": group.county_columns["policies"]}
    assert (await outcome(ask, REPOST, EDITOR, input=new))["status"] == 403
    taken = await outcome(ask, REPOST, COUNTY_EDITOR, input={**new, "localNote": "按语"})
    assert (taken["fidelity"], taken["originHash"]) == ("VERBATIM", item["content_hash"])
    assert taken["hops"] == [{"siteCode": item["site_code"], "takenBy": COUNTY_SITE}]
    assert taken["item"] == {
        "title": item["title"],
        "localNote": "按语",
        "origin": {
            "fidelity": "VERBATIM",
            "contentHash": item["content_hash"],
            "hops": [{"takenBy": COUNTY_SITE}],
        },
    }
    again = await outcome(ask, REPOST, COUNTY_EDITOR, input=new)
    assert again["type"] == "/problems/already-stands"
    mine = {"id": taken["itemId"], "version": taken["version"]}
    changed = await outcome(ask, NOTE, COUNTY_EDITOR, **mine, input={"localNote": "新按语"})
    assert changed["localNote"] == "新按语"
    stale = await outcome(ask, NOTE, COUNTY_EDITOR, **mine, input={"localNote": None})
    assert (stale["status"], stale["versionFound"]) == (412, changed["version"])
    (listed,) = (await outcome(ask, REPOSTS, COUNTY_EDITOR))["nodes"]
    assert (listed["localNote"], listed["item"]["source"]) == ("新按语", item["source"])


RULE = "... on AcceptanceRule { id issuers kinds suspended endedAt version site { code } }"
MAKE = f"""mutation($input: NewAcceptanceRuleInput!) {{
  makeAcceptanceRule(input: $input) {{ {RULE} {WHY} }} }}"""
CHANGE = f"""mutation($id: UUID!, $version: Int!, $input: NewAcceptanceRuleInput!) {{
  changeAcceptanceRule(id: $id, version: $version, input: $input) {{ {RULE} {WHY} }} }}"""
RULES = "{ acceptanceRules(first: 5) { nodes { id suspended } } }"


async def test_a_site_says_what_it_accepts_by_itself(group: Group, ask: Ask) -> None:
    new = {"siteCode": COUNTY_SITE, "columnId": group.county_columns["policies"]}
    odd = {**new, "issuers": ["340300"], "subjects": ["诗歌"]}
    refused = await outcome(ask, MAKE, COUNTY_EDITOR, input=odd)
    assert {fault["pointer"] for fault in refused["faults"]} == {"/issuers/0", "/subjects/0"}
    made = await outcome(ask, MAKE, COUNTY_EDITOR, input=new)
    assert made["site"]["code"] == COUNTY_SITE
    named = {"id": made["id"]}
    changed = await outcome(
        ask, CHANGE, COUNTY_EDITOR, **named, version=1, input={**new, "kinds": ["POLICY"]}
    )
    assert (changed["kinds"], changed["version"]) == (["POLICY"], 2)
    version = 2
    for act, suspended in (("suspend", True), ("resume", False), ("end", False)):
        mutation = f"""mutation($id: UUID!, $version: Int!) {{
          {act}AcceptanceRule(id: $id, version: $version) {{ {RULE} {WHY} }} }}"""
        done = await outcome(ask, mutation, COUNTY_EDITOR, **named, version=version)
        version = done["version"]
        assert (done["suspended"], done["endedAt"] is not None) == (suspended, act == "end")
    assert (await outcome(ask, RULES, COUNTY_EDITOR))["nodes"] == [
        {"id": made["id"], "suspended": False}
    ]
    assert (await outcome(ask, RULES, EDITOR))["nodes"] == []


PROPOSE = f"""mutation($id: UUID!, $version: Int!, $input: NewRewordingInput!) {{
  proposeRewording(obligationId: $id, version: $version, input: $input) {{
    ... on Rewording {{ contentHash version title source {{ title }} }} {WHY} }} }}"""
REVIEW = f"""mutation($id: UUID!, $version: Int!, $input: ReviewDecisionInput!) {{
  reviewRewording(obligationId: $id, version: $version, input: $input) {{
    ... on Rewording {{ approvals {{ step }} returnReason }} {WHY} }} }}"""
WAITING = "{ rewordings(first: 5) { nodes { obligationId contentHash } } }"
COUNTY_LEADER = person(Permission.REVIEW, at=COUNTY_OFFICE, name="county-leader")


async def test_words_of_a_sites_own_wait_for_their_reviews(group: Group, ask: Ask) -> None:
    item = await group.released()
    owed = await group.owed(item, fidelity="title")
    known = {"id": owed["id"], "version": owed["version"]}
    words = {"columnId": group.county_columns["policies"], "title": "我县转发通知"}
    beyond = await outcome(
        ask, PROPOSE, COUNTY_EDITOR, **known, input={**words, "summary": "摘要"}
    )
    assert [fault["pointer"] for fault in beyond["faults"]] == ["/summary"]
    text = await outcome(ask, PROPOSE, COUNTY_EDITOR, **known, input=words)
    assert text["source"] == {"title": item["title"]}
    (waiting,) = (await outcome(ask, WAITING, COUNTY_LEADER))["nodes"]
    assert waiting == {"obligationId": owed["id"], "contentHash": text["contentHash"]}
    consent = {"step": "LEADER", "verdict": "APPROVE", "contentHash": text["contentHash"]}
    given = {"id": owed["id"], "version": text["version"], "input": consent}
    reviewed = await outcome(ask, REVIEW, COUNTY_LEADER, **given)
    assert reviewed == {"approvals": [{"step": "LEADER"}], "returnReason": None}


RULING = f"""mutation($id: UUID!, $version: Int!, $input: DeclineDecisionInput!) {{
  ruleOnDecline(obligationId: $id, version: $version, input: $input) {{
    ... on Obligation {{ state decline {{ ruling }} hindrances {{ code }} acceptedBy
      declines {{ nodes {{ reason rulingReason }} }} }} {WHY} }} }}"""


async def test_an_issuer_rules_on_a_decline(group: Group, ask: Ask) -> None:
    owed = await group.owed(await group.released())
    owed = (await group.answer(owed, answer="decline", reason="与本县无关")).json()
    known = {"id": owed["id"], "version": owed["version"]}
    ruling = {"ruling": "REJECT", "reason": "请转载"}
    assert (await outcome(ask, RULING, COUNTY_EDITOR, **known, input=ruling))["status"] == 404
    ruled = await outcome(ask, RULING, SUPERVISOR, **known, input=ruling)
    assert ruled == {
        "state": "DELIVERED",
        "decline": {"ruling": "REJECT"},
        "hindrances": [],
        "acceptedBy": None,
        "declines": {"nodes": [{"reason": "与本县无关", "rulingReason": "请转载"}]},
    }
