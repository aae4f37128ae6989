from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import COUNTY_OFFICE, EDITOR, LEADER, SITE, Group
from tests.gateway.conftest import Ask, UpstreamCalls, outcome
from tests.support.people import person

CONTRIBUTOR = person(Permission.CONTRIBUTE, at=COUNTY_OFFICE, name="contributor")
UNIT = "340321-zfb"
NOWHERE = "019c0000-0000-7000-8000-000000000000"
TEXT = {"title": "我县夏粮喜获丰收", "body": "全县夏粮收获完毕。", "source": "五河县政府办公室"}
WHY = "... on Problem { type status faults { pointer code } versionFound }"
SENT = f"... on Contribution {{ id state reason title itemId version }} {WHY}"
SUBMIT = f"""mutation($input: NewContributionInput!) {{
  submitContribution(input: $input) {{ {SENT} }} }}"""
REVISE = f"""mutation($id: UUID!, $version: Int!, $input: ContributionTextInput!) {{
  reviseContribution(id: $id, version: $version, input: $input) {{ {SENT} }} }}"""
ADOPT = f"""mutation($id: UUID!, $version: Int!, $input: AdoptionInput!) {{
  adoptContribution(id: $id, version: $version, input: $input) {{ {SENT} }} }}"""
RETURN = f"""mutation($id: UUID!, $version: Int!, $input: BecauseInput!) {{
  returnContribution(id: $id, version: $version, input: $input) {{ {SENT} }} }}"""
LISTS = """query($state: ContributionState) {
  supplyTasks { nodes { title organization state late site { name } } }
  contributions(state: $state) { nodes { title state findings { code } site { name } } } }"""


async def _sent(ask: Ask, **fields: Any) -> Any:
    new = {**TEXT, "organization": UNIT, "siteCode": SITE, **fields}
    return (await ask(SUBMIT, CONTRIBUTOR, input=new))["data"]["submitContribution"]


async def test_a_text_is_sent_returned_put_right_and_adopted(group: Group, ask: Ask) -> None:
    sent = await _sent(ask)
    assert sent["state"] == "SUBMITTED"
    why = {"reason": "请补充数据。"}
    back = await ask(RETURN, EDITOR, id=sent["id"], version=sent["version"], input=why)
    returned = back["data"]["returnContribution"]
    assert (returned["state"], returned["reason"]) == ("RETURNED", why["reason"])
    again = await ask(REVISE, CONTRIBUTOR, id=sent["id"], version=returned["version"], input=TEXT)
    sent = again["data"]["reviseContribution"]
    place = {"columnId": group.columns["news"], "kind": "NEWS"}
    stale = await ask(ADOPT, EDITOR, id=sent["id"], version=1, input=place)
    assert stale["data"]["adoptContribution"]["versionFound"] == sent["version"]
    done = await ask(ADOPT, EDITOR, id=sent["id"], version=sent["version"], input=place)
    adopted = done["data"]["adoptContribution"]
    assert adopted["state"] == "ADOPTED"
    draft = "query($id: UUID!) { draft(id: $id) { title } }"
    shown = await ask(draft, EDITOR, id=adopted["itemId"])
    assert shown["data"]["draft"] == {"title": TEXT["title"]}


async def test_what_may_not_be_done_is_refused_as_over_rest(group: Group, ask: Ask) -> None:
    new = {**TEXT, "organization": UNIT, "siteCode": SITE}
    for actor in (None, LEADER):
        refused = (await ask(SUBMIT, actor, input=new))["data"]["submitContribution"]
        rest = await group.send(
            actor, "POST", "/v1/contributions", {**TEXT, "organization": UNIT, "site_code": SITE}
        )
        assert rest.is_error
        assert refused["status"] == rest.status_code
    empty = await _sent(ask, title=" ")
    assert empty["faults"][0]["pointer"] == "/title"
    sent = await _sent(ask)
    place = {"columnId": group.columns["news"], "kind": "NEWS"}
    own = await ask(ADOPT, CONTRIBUTOR, id=sent["id"], version=1, input=place)
    rest = await group.send(
        CONTRIBUTOR,
        "POST",
        f"/v1/contributions/{sent['id']}/adoption",
        {"column_id": group.columns["news"], "kind": "news"},
        version=1,
    )
    assert own["data"]["adoptContribution"]["status"] == rest.status_code
    assert rest.is_error


async def test_what_is_owed_and_sent_costs_the_same_however_much(
    group: Group, ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    task = {
        "organization": UNIT,
        "site_code": SITE,
        "title": "夏粮收获情况",
        "brief": "请报送夏粮收获情况。",
        "kind": "news",
        "due_at": "2026-03-09T09:00:00Z",
    }
    for _ in range(2):
        await group.send(EDITOR, "POST", "/v1/supply-tasks", task)
        await _sent(ask, body="联系人：张伟 13812345678。")
        with upstream_calls() as calls:
            answer = await ask(LISTS, EDITOR, state="SUBMITTED")
        assert sorted(calls) == ["/v1/contributions", "/v1/public/sites", "/v1/supply-tasks"]
    owed, sent = (answer["data"][name]["nodes"] for name in ("supplyTasks", "contributions"))
    assert [row["organization"] for row in owed] == [COUNTY_OFFICE] * 2
    assert "personal_data.mobile" in {finding["code"] for finding in sent[0]["findings"]}
    assert sent[0]["site"] == {"name": f"网站{SITE}"}
    refused = await ask(LISTS)
    assert {e["extensions"]["code"] for e in refused["errors"]} == {"UNAUTHENTICATED"}


async def test_what_a_site_asks_for_is_fulfilled_returned_or_called_off(
    group: Group, ask: Ask
) -> None:
    owed = f"... on SupplyTask {{ id state reason itemId version }} {WHY}"
    wanted = f"""mutation($input: NewSupplyTaskInput!) {{
      askForSupply(input: $input) {{ {owed} }} }}"""
    new = {
        "organization": UNIT,
        "siteCode": SITE,
        "title": "夏粮收获情况",
        "brief": "请报送夏粮收获情况。",
        "kind": "NEWS",
        "dueAt": "2026-03-09T09:00:00Z",
    }

    def act(name: str, input: str) -> str:
        return f"""mutation($id: UUID!, $version: Int!, $input: {input}!) {{
          {name}(id: $id, version: $version, input: $input) {{ {owed} }} }}"""

    why = {"reason": "本月无此情况。"}
    assert (await outcome(ask, wanted, LEADER, input=new))["status"] == 403
    tasks = [await outcome(ask, wanted, EDITOR, input=new) for _ in "abc"]
    first, second, third = ({"id": task["id"], "version": task["version"]} for task in tasks)
    one = "query($id: UUID!) { supplyTask(id: $id) { title state site { code } } }"
    assert (await outcome(ask, one, EDITOR, id=first["id"]))["site"] == {"code": SITE}
    item = await group.draft(kind="news")
    fulfil = act("fulfilSupplyTask", "FulfilmentInput")
    done = await outcome(ask, fulfil, EDITOR, **first, input={"itemId": item["id"]})
    assert (done["state"], done["itemId"]) == ("FULFILLED", item["id"])
    again = await outcome(ask, fulfil, EDITOR, **first, input={"itemId": item["id"]})
    assert again["versionFound"] == done["version"]
    back = await outcome(
        ask, act("returnSupplyTask", "BecauseInput"), CONTRIBUTOR, **second, input=why
    )
    assert (back["state"], back["reason"]) == ("RETURNED", why["reason"])
    off = await outcome(ask, act("cancelSupplyTask", "BecauseInput"), EDITOR, **third, input=why)
    assert off["state"] == "CANCELLED"
    assert await outcome(ask, one, LEADER, id=NOWHERE) is None


@pytest.mark.usefixtures("group")
async def test_contributions_are_taken_back_refused_and_counted(ask: Ask) -> None:
    withdraw = f"""mutation($id: UUID!, $version: Int!) {{
      withdrawContribution(id: $id, version: $version) {{ {SENT} }} }}"""
    decline = f"""mutation($id: UUID!, $version: Int!, $input: BecauseInput!) {{
      declineContribution(id: $id, version: $version, input: $input) {{ {SENT} }} }}"""
    mine, other = [await _sent(ask) for _ in "ab"]
    named = {"id": mine["id"], "version": mine["version"]}
    foreign = await outcome(ask, withdraw, EDITOR, **named)
    assert foreign["status"] in {403, 404}
    assert (await outcome(ask, withdraw, CONTRIBUTOR, **named))["state"] == "WITHDRAWN"
    named = {"id": other["id"], "version": other["version"]}
    why = {"reason": "与本站栏目无关。"}
    refused = await outcome(ask, decline, EDITOR, **named, input=why)
    assert (refused["state"], refused["reason"]) == ("DECLINED", why["reason"])
    one = "query($id: UUID!) { contribution(id: $id) { state site { code } } }"
    read = await outcome(ask, one, CONTRIBUTOR, id=other["id"])
    assert read == {"state": "DECLINED", "site": {"code": SITE}}
    counts = """query($since: Date!, $until: Date!) {
      contributionCounts(since: $since, until: $until) { nodes { organization submitted } } }"""
    days = {"since": "2026-03-01", "until": "2026-03-31"}
    (counted,) = (await outcome(ask, counts, EDITOR, **days))["nodes"]
    assert counted == {"organization": COUNTY_OFFICE, "submitted": 2}
    backwards = await ask(counts, EDITOR, since=days["until"], until=days["since"])
    assert backwards["errors"][0]["extensions"]["problem"]["faults"][0]["code"] == "out_of_range"


@pytest.mark.usefixtures("group")
async def test_an_expert_is_entered_asked_and_delivers(
    ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    enter = f"""mutation($input: NewExpertInput!) {{ registerExpert(input: $input) {{
      ... on Expert {{ id name version }} {WHY} }} }}"""
    change = f"""mutation($id: UUID!, $version: Int!, $input: ExpertEntryInput!) {{
      changeExpert(id: $id, version: $version, input: $input) {{
        ... on Expert {{ affiliation version }} {WHY} }} }}"""
    given = f"... on Commission {{ id state fee currency version }} {WHY}"
    give = f"""mutation($input: NewCommissionInput!) {{
      giveCommission(input: $input) {{ {given} }} }}"""
    move = f"""mutation($id: UUID!, $version: Int!, $input: CommissionStepInput!) {{
      moveCommission(id: $id, version: $version, input: $input) {{ {given} }} }}"""
    entry = {"name": "李教授", "field": "公共管理", "affiliation": "安徽大学"}
    new = {**entry, "organization": "340300-zfb"}
    assert (await outcome(ask, enter, CONTRIBUTOR, input=new))["status"] == 403
    expert = await outcome(ask, enter, EDITOR, input=new)
    named = {"id": expert["id"], "version": expert["version"]}
    moved = {**entry, "affiliation": "安徽财经大学"}
    changed = await outcome(ask, change, EDITOR, **named, input=moved)
    assert changed["affiliation"] == moved["affiliation"]
    listed = await outcome(ask, "{ experts { nodes { name } } }", EDITOR)
    assert listed == {"nodes": [{"name": "李教授"}]}
    work = {"siteCode": SITE, "brief": "解读政策", "dueOn": "2026-03-20", "fee": "800.00"}
    nobody = await outcome(ask, give, EDITOR, input=work)
    assert nobody["faults"][0]["code"] == "invitee_unclear"
    for invited in ({"expertId": expert["id"]}, {"medium": "蚌埠日报"}):
        commission = await outcome(ask, give, EDITOR, input={**work, **invited})
        with upstream_calls() as calls:
            listed = await outcome(
                ask, "{ commissions(state: INVITED) { nodes { fee site { code } } } }", EDITOR
            )
        assert calls == ["/v1/commissions", "/v1/public/sites"]
    assert listed["nodes"] == [{"fee": "800.00", "site": {"code": SITE}}] * 2
    assert (commission["state"], commission["currency"]) == ("INVITED", "CNY")
    named = {"id": commission["id"], "version": commission["version"]}
    nothing = await outcome(ask, move, EDITOR, **named, input={"state": "DELIVERED"})
    assert nothing["faults"][0]["code"] == "item_missing"
    accepted = await outcome(ask, move, EDITOR, **named, input={"state": "ACCEPTED"})
    assert accepted["state"] == "ACCEPTED"
    one = "query($id: UUID!) { commission(id: $id) { state } }"
    assert await outcome(ask, one, EDITOR, id=commission["id"]) == {"state": "ACCEPTED"}
    assert await outcome(ask, one, CONTRIBUTOR, id=commission["id"]) is None
