from datetime import timedelta
from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import (
    ADMIN,
    COUNTY,
    COUNTY_EDITOR,
    EDITOR,
    SITE,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.gateway.conftest import Ask, UpstreamCalls, outcome
from tests.support.people import NOW, person

COUNTY_ADMIN = person(Permission.ADMINISTER, at=COUNTY, name="county-admin")
CODE = "3403210002"
DATA = {
    "name": "怀远教育",
    "domain": "jy.example.gov.cn",
    "level": "COUNTY",
    "region": "340321",
    "supervising": "340300",
    "sponsoring": "340321-zfb",
    "operating": "340321-zfb",
}
WHY = "... on Problem { type status detail faults { pointer code } versionFound }"
SITE_SHOWN = f"... on KnownSite {{ code name state version notice {{ text }} }} {WHY}"
REGISTER = f"mutation($input: NewSiteInput!) {{ registerSite(input: $input) {{ {SITE_SHOWN} }} }}"
REVISE = f"""mutation($code: String!, $version: Int!, $input: SiteDataInput!) {{
  reviseSite(code: $code, version: $version, input: $input) {{ {SITE_SHOWN} }} }}"""
PLAN = f"""mutation($input: NewColumnInput!) {{ planColumn(input: $input) {{
  ... on KnownColumn {{ id name hidden version }} {WHY} }} }}"""
REPLAN = f"""mutation($id: UUID!, $version: Int!, $input: ColumnPlanInput!) {{
  replanColumn(id: $id, version: $version, input: $input) {{
    ... on KnownColumn {{ name hidden version }} {WHY} }} }}"""
SUSPEND = f"""mutation($code: String!, $version: Int!, $input: NewSuspensionInput!) {{
  suspendSite(code: $code, version: $version, input: $input) {{ {SITE_SHOWN} }} }}"""
MIGRATE = f"""mutation($code: String!, $version: Int!, $input: MigrationInput!) {{
  migrateSite(code: $code, version: $version, input: $input) {{ {SITE_SHOWN} }} }}"""
CANCEL = f"""mutation($code: String!, $version: Int!, $input: MigrationCancellationInput!) {{
  cancelMigration(code: $code, version: $version, input: $input) {{ {SITE_SHOWN} }} }}"""
CHANGE = f"""mutation($code: String!, $version: Int!, $input: OrganizationDataInput!) {{
  changeOrganization(code: $code, version: $version, input: $input) {{
    ... on Organization {{ name version }} {WHY} }} }}"""
KNOWN = """query($code: String!) {
  site(code: $code) { name }
  knownSite(code: $code) { state columns { nodes { name hidden } } }
  knownSites(state: APPLIED) { nodes { code } } }"""


def _act(name: str) -> str:
    return f"""mutation($code: String!, $version: Int!) {{
      {name}(code: $code, version: $version) {{ {SITE_SHOWN} }} }}"""


async def _applied(ask: Ask) -> Any:
    return await outcome(ask, REGISTER, COUNTY_ADMIN, input={"code": CODE, **DATA})


@pytest.mark.usefixtures("group")
async def test_a_site_is_applied_for_arranged_and_opened(ask: Ask) -> None:
    site = await _applied(ask)
    assert site["state"] == "APPLIED"
    renamed = {**DATA, "name": "怀远教育网"}
    named = {"code": CODE, "version": site["version"]}
    site = await outcome(ask, REVISE, COUNTY_ADMIN, **named, input=renamed)
    assert site["name"] == renamed["name"]
    new = {"siteCode": CODE, "name": "要闻", "kind": "NEWS"}
    column = await outcome(ask, PLAN, COUNTY_ADMIN, input=new)
    plan = {"name": "教育要闻", "kind": "NEWS", "hidden": True}
    named = {"id": column["id"], "version": column["version"]}
    assert (await outcome(ask, REPLAN, COUNTY_ADMIN, **named, input=plan))["hidden"] is True
    seen = (await ask(KNOWN, COUNTY_ADMIN, code=CODE))["data"]
    assert seen == {
        "site": None,
        "knownSite": {
            "state": "APPLIED",
            "columns": {"nodes": [{"name": "教育要闻", "hidden": True}]},
        },
        "knownSites": {"nodes": [{"code": CODE}]},
    }
    own = await outcome(ask, _act("openSite"), COUNTY_ADMIN, code=CODE, version=site["version"])
    assert own["status"] == 403
    opened = await outcome(ask, _act("openSite"), SUPERVISOR, code=CODE, version=site["version"])
    assert opened["state"] == "OPEN"
    seen = (await ask(KNOWN, COUNTY_ADMIN, code=CODE))["data"]
    assert (seen["site"], seen["knownSites"]) == ({"name": renamed["name"]}, {"nodes": []})


async def test_a_site_is_suspended_opened_again_and_leaves_with_notice(
    group: Group, ask: Ask
) -> None:
    version = (await group.client.get(f"/v1/public/sites/{SITE}")).json()["version"]
    off = {
        "until": (NOW + timedelta(days=20)).isoformat(),
        "reason": "机房搬迁",
        "notice": "网站因维护暂停服务",
    }
    long = {**off, "until": (NOW + timedelta(days=60)).isoformat()}
    named = {"code": SITE, "version": version}
    refused = await outcome(ask, SUSPEND, SUPERVISOR, **named, input=long)
    assert refused["status"] == 422
    away = await outcome(ask, SUSPEND, SUPERVISOR, **named, input=off)
    assert (away["state"], away["notice"]) == ("SUSPENDED", {"text": off["notice"]})
    stale = await outcome(ask, _act("reopenSite"), SUPERVISOR, **named)
    assert stale["versionFound"] == away["version"]
    named["version"] = away["version"]
    back = await outcome(ask, _act("reopenSite"), SUPERVISOR, **named)
    assert back["state"] == "OPEN"
    named["version"] = back["version"]
    nowhere = await outcome(ask, MIGRATE, SUPERVISOR, **named, input={"notice": "内容已迁移"})
    assert nowhere["faults"][0]["code"] == "one_destination"
    to = {"notice": "内容已迁移", "destinationUrl": "https://www.bengbu.gov.cn/"}
    leaving = await outcome(ask, MIGRATE, SUPERVISOR, **named, input=to)
    assert leaving["state"] == "MIGRATING"
    named["version"] = leaving["version"]
    early = await outcome(ask, _act("closeSite"), SUPERVISOR, **named)
    assert early["status"] in {409, 422}
    stays = await outcome(ask, CANCEL, SUPERVISOR, **named, input={"reason": "改为保留"})
    assert stays["state"] == "OPEN"


@pytest.mark.usefixtures("group")
async def test_every_fault_of_an_application_for_a_site_is_named(ask: Ask) -> None:
    wrong = {"code": "12", **DATA, "domain": "no domain", "region": "34"}
    refused = await outcome(ask, REGISTER, COUNTY_ADMIN, input=wrong)
    pointers = {fault["pointer"] for fault in refused["faults"]}
    assert pointers == {"/code", "/domain", "/region"}
    for actor, statuses in ((None, {401}), (EDITOR, {403})):
        barred = await outcome(ask, REGISTER, actor, input={"code": CODE, **DATA})
        assert barred["status"] in statuses


async def test_only_keepers_and_supervisors_know_a_site_that_is_not_open(
    group: Group, ask: Ask
) -> None:
    await group.send(
        COUNTY_ADMIN,
        "POST",
        "/v1/sites",
        {"code": CODE, **DATA, "level": "county"},
    )
    query = "query($code: String!) { knownSite(code: $code) { code } }"
    assert (await ask(query, SUPERVISOR, code=CODE))["data"]["knownSite"] == {"code": CODE}
    assert (await ask(query, EDITOR, code=CODE))["data"]["knownSite"] is None
    assert (await ask(query, code=CODE))["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_keeper_reads_the_figures_of_a_site(group: Group, ask: Ask) -> None:
    item = await group.released(kind="news")
    await group.client.post(f"/v1/public/items/{item['id']}/visits")
    query = """query($code: String!, $since: Date!, $until: Date!) { knownSite(code: $code) {
      visits(since: $since, until: $until) { total days { day count } }
      annualCounters(year: 2026) { firstReleased standing visits kinds { kind count } }
      deadLinks { nodes { url found since itemCount items { id title stage } } }
      similarColumns { columns { name } nameLikeness } } }"""
    days = {"since": "2026-03-02", "until": "2026-03-02"}
    answer = await ask(query, ADMIN, code=SITE, **days)
    assert "errors" not in answer, answer
    site = answer["data"]["knownSite"]
    assert site["visits"] == {"total": 1, "days": [{"day": "2026-03-02", "count": 1}]}
    assert site["annualCounters"]["firstReleased"] == 1
    assert {"kind": "NEWS", "count": 1} in site["annualCounters"]["kinds"]
    assert (site["similarColumns"], site["deadLinks"]) == ([], {"nodes": []})
    backwards = await ask(query, ADMIN, code=SITE, since="2026-03-02", until="2026-03-01")
    problem = backwards["errors"][0]["extensions"]["problem"]
    assert problem["faults"][0]["code"] == "span"


async def test_similar_columns_are_told_in_pairs(group: Group, ask: Ask) -> None:
    await group.change("open_column", name="政务要闻", kind="news")
    await group.change("open_column", name="政务要闻动态", kind="news")
    query = """query($code: String!) { knownSite(code: $code) {
      similarColumns { columns { name } } } }"""
    (pair,) = (await ask(query, ADMIN, code=SITE))["data"]["knownSite"]["similarColumns"]
    assert {column["name"] for column in pair["columns"]} == {"政务要闻", "政务要闻动态"}


@pytest.mark.usefixtures("group")
async def test_a_unit_joins_the_group_and_is_read(ask: Ask) -> None:
    register = f"""mutation($input: NewOrganizationInput!) {{
      registerOrganization(input: $input) {{
        ... on Organization {{ code path version }} {WHY} }} }}"""
    new = {
        "code": "340322",
        "name": "五河县人民政府",
        "kind": "GOVERNMENT",
        "level": "COUNTY",
        "parent": "340300",
    }
    done = await outcome(ask, register, ADMIN, input=new)
    assert done == {"code": "340322", "path": "340000.340300.340322", "version": 1}
    renamed = {"name": "五河县政府", "kind": "GOVERNMENT", "level": "COUNTY"}
    named = {"code": "340322", "version": 1, "input": renamed}
    assert await outcome(ask, CHANGE, ADMIN, **named) == {"name": "五河县政府", "version": 2}
    assert (await outcome(ask, CHANGE, ADMIN, **named))["versionFound"] == 2
    again = await outcome(ask, register, ADMIN, input=new)
    assert again["status"] == 409
    assert (await outcome(ask, register, EDITOR, input=new))["status"] in {403, 409}
    query = """{ organization(code: "340322") { name }
      none: organization(code: "999999") { name } }"""
    told = (await ask(query, ADMIN))["data"]
    assert told == {"organization": {"name": "五河县政府"}, "none": None}


@pytest.mark.usefixtures("group")
async def test_outages_and_working_rules_are_reported_and_end(
    ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    report = f"""mutation($code: String!, $input: NewOutageInput!) {{
      reportOutage(siteCode: $code, input: $input) {{ ... on Outage {{ id version }} {WHY} }} }}"""
    end = f"""mutation($id: UUID!, $version: Int!) {{ endOutage(id: $id, version: $version) {{
      ... on Outage {{ endedAt }} {WHY} }} }}"""
    outage = {
        "beganAt": (NOW - timedelta(hours=1)).isoformat(),
        "expectedUntil": (NOW + timedelta(hours=3)).isoformat(),
        "cause": "机房断电",
    }
    odd = {**outage, "expectedUntil": outage["beganAt"]}
    assert (await outcome(ask, report, ADMIN, code=SITE, input=odd))["status"] == 422
    down = await outcome(ask, report, ADMIN, code=SITE, input=outage)
    listed = "{ outages { nodes { cause site { name } } } }"
    with upstream_calls() as calls:
        assert (await ask(listed, ADMIN))["data"]["outages"]["nodes"] == [
            {"cause": "机房断电", "site": {"name": f"网站{SITE}"}}
        ]
    assert calls == ["/v1/outages", "/v1/public/sites"]
    stranger = await outcome(ask, end, STRANGER, id=down["id"], version=down["version"])
    assert stranger["status"] == 404
    over = await outcome(ask, end, ADMIN, id=down["id"], version=down["version"])
    assert over["endedAt"] is not None


@pytest.mark.usefixtures("group")
async def test_working_rules_go_through_editions_and_the_missing_are_told(ask: Ask) -> None:
    adopt = f"""mutation($input: NewProcedureInput!) {{ adoptProcedure(input: $input) {{
      ... on Procedure {{ id edition version }} {WHY} }} }}"""
    replace = f"""mutation($id: UUID!, $version: Int!, $input: ProcedureEditionInput!) {{
      replaceProcedure(id: $id, version: $version, input: $input) {{
        ... on Procedure {{ edition title }} {WHY} }} }}"""
    rule = {
        "organization": "340300-zfb",
        "kind": "update",
        "title": "信息更新制度",
        "inForceFrom": "2026-01-01",
    }
    missing = "{ missingProcedures(first: 100) { nodes { organization kind } } }"
    lacked = {"organization": "340300-zfb", "kind": "update"}
    assert lacked in (await ask(missing, SUPERVISOR))["data"]["missingProcedures"]["nodes"]
    unknown = await outcome(ask, adopt, ADMIN, input={**rule, "kind": "whatever"})
    assert unknown["faults"] == [{"pointer": "/kind", "code": "unknown_procedure"}]
    first = await outcome(ask, adopt, ADMIN, input=rule)
    assert lacked not in (await ask(missing, SUPERVISOR))["data"]["missingProcedures"]["nodes"]
    edition = {"title": "信息更新制度（修订）", "inForceFrom": "2026-04-01"}
    named = {"id": first["id"], "version": first["version"]}
    done = await outcome(ask, replace, ADMIN, **named, input=edition)
    assert done == {"edition": 2, "title": edition["title"]}


@pytest.mark.usefixtures("group")
async def test_a_holiday_notice_is_taken_in_and_corrected(ask: Ask) -> None:
    take = f"""mutation($input: NoticeInput!, $version: Int) {{
      takeInNotice(input: $input, version: $version) {{
        ... on TakenNotice {{ year version notice {{ off makeup }} }} {WHY} }} }}"""
    notice = {
        "year": 2027,
        "title": "国务院办公厅关于2027年部分节假日安排的通知",
        "number": "国办发明电〔2026〕9号",
        "issuedOn": "2026-11-04",
        "off": ["2027-01-01"],
        "makeup": ["2027-02-13"],
    }
    done = await outcome(ask, take, ADMIN, input=notice)
    assert done["notice"] == {"off": ["2027-01-01"], "makeup": ["2027-02-13"]}
    corrected = {**notice, "makeup": []}
    assert (await outcome(ask, take, ADMIN, input=corrected))["status"] == 428
    done = await outcome(ask, take, ADMIN, input=corrected, version=done["version"])
    assert (done["version"], done["notice"]["makeup"]) == (2, [])
    assert (await outcome(ask, take, EDITOR, input=notice, version=2))["status"] == 403


@pytest.mark.usefixtures("group")
async def test_a_relation_to_what_is_not_public_yet_is_not_found_rather_than_a_fault(
    ask: Ask,
) -> None:
    await _applied(ask)
    column = await outcome(
        ask, PLAN, COUNTY_ADMIN, input={"siteCode": CODE, "name": "要闻", "kind": "NEWS"}
    )
    write = """mutation($input: NewItemInput!) { createItem(input: $input) {
      ... on Draft { id } ... on Problem { status } } }"""
    text = {"title": "要闻一则", "body": "正文。", "source": "怀远县教育局"}
    place = {"siteCode": CODE, "columnId": column["id"], "kind": "NEWS"}
    assert "id" in await outcome(ask, write, COUNTY_EDITOR, input={**text, **place})
    query = "query($code: String!) { drafts(siteCode: $code) { nodes { site { name } } } }"
    told = await ask(query, COUNTY_EDITOR, code=CODE)
    assert told["errors"][0]["extensions"]["code"] == "NOT_FOUND"
