from typing import Any

from shared.auth import Permission
from tests.factories.content import COUNTY_OFFICE, EDITOR, LEADER, SITE, Group
from tests.gateway.conftest import Ask, UpstreamCalls
from tests.support.people import person

CONTRIBUTOR = person(Permission.CONTRIBUTE, at=COUNTY_OFFICE, name="contributor")
UNIT = "340321-zfb"
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
