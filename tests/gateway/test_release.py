from datetime import timedelta
from typing import Any

from tests.factories.content import ADMIN, COUNTY_EDITOR, EDITOR, LEADER, OFFICE, STRANGER, Group
from tests.gateway.conftest import Ask, outcome
from tests.support.people import NOW

AT, LATER = ((NOW + timedelta(hours=hours)).isoformat() for hours in (1, 2))
WHY = "... on Problem { type status detail faults { pointer code } versionFound }"
SCHEDULED = f"... on ScheduledRelease {{ id at state size version }} {WHY}"
SCHEDULE = f"""mutation($input: ScheduledReleaseInput!) {{
  scheduleRelease(input: $input) {{ {SCHEDULED} }} }}"""
RESCHEDULE = f"""mutation($id: UUID!, $version: Int!, $input: ReschedulingInput!) {{
  rescheduleRelease(id: $id, version: $version, input: $input) {{ {SCHEDULED} }} }}"""
CANCEL = f"""mutation($id: UUID!, $version: Int!) {{
  cancelScheduledRelease(id: $id, version: $version) {{ {SCHEDULED} }} }}"""
COMING = """query($state: ScheduleState) {
  scheduledReleases(state: $state) { nodes { id state } } }"""
ONE = "query($id: UUID!) { scheduledRelease(id: $id) { items { itemId } } }"
PREVIEW = f"""query($input: NewReleaseInput!) {{ previewRelease(input: $input) {{
  ... on ReleasePreview {{ faults {{ code pointer }} items {{ title site {{ code }} }} leaving }}
  {WHY} }} }}"""
WITHDRAW = f"""mutation($id: UUID!, $input: WithdrawalInput!) {{
  withdrawItem(itemId: $id, input: $input) {{ ... on Withdrawn {{ kind also }} {WHY} }} }}"""
IMPACT = """query($id: UUID!) { itemImpact(itemId: $id) {
  nodes { itemId relation leaves title } } }"""
RECORD = f"""mutation($id: UUID!, $input: NewValidityInput!) {{
  recordValidity(itemId: $id, input: $input) {{
    ... on Validity {{ state since recordedBy }} {WHY} }} }}"""


def _named(*items: Any) -> list[dict[str, Any]]:
    return [{"itemId": item["id"], "version": item["version"]} for item in items]


async def test_a_release_is_set_for_a_time_moved_and_called_off(group: Group, ask: Ask) -> None:
    item = await group.cleared()
    wanted = {"items": _named(item), "at": AT}
    release = (await ask(SCHEDULE, EDITOR, input=wanted))["data"]["scheduleRelease"]
    assert (release["state"], release["at"], release["size"]) == ("SCHEDULED", AT, 1)
    told = (await ask(ONE, EDITOR, id=release["id"]))["data"]["scheduledRelease"]
    assert told == {"items": [{"itemId": item["id"]}]}
    named = {"id": release["id"], "version": release["version"]}
    moved = await ask(RESCHEDULE, EDITOR, **named, input={"at": LATER})
    assert moved["data"]["rescheduleRelease"]["at"] == LATER
    stale = await ask(CANCEL, EDITOR, **named)
    assert stale["data"]["cancelScheduledRelease"]["versionFound"] == named["version"] + 1
    named["version"] += 1
    done = await ask(CANCEL, EDITOR, **named)
    assert done["data"]["cancelScheduledRelease"]["state"] == "CANCELLED"
    listed = (await ask(COMING, EDITOR, state="CANCELLED"))["data"]["scheduledReleases"]
    assert [row["id"] for row in listed["nodes"]] == [release["id"]]
    assert (await ask(COMING, EDITOR, state="SCHEDULED"))["data"]["scheduledReleases"] == {
        "nodes": []
    }


async def test_strangers_neither_see_nor_touch_what_is_to_come(group: Group, ask: Ask) -> None:
    item = await group.cleared()
    set_for = (await group.schedule(item)).json()
    assert (await ask(COMING, STRANGER))["data"]["scheduledReleases"]["nodes"] == []
    assert (await ask(ONE, STRANGER, id=set_for["id"]))["data"]["scheduledRelease"] is None
    refused = await ask(CANCEL, STRANGER, id=set_for["id"], version=set_for["version"])
    assert refused["data"]["cancelScheduledRelease"]["status"] == 404
    none = await ask(SCHEDULE, STRANGER, input={"items": _named(item), "at": AT})
    assert none["data"]["scheduleRelease"]["status"] == 404


async def test_a_past_time_is_refused_and_a_time_must_be_named(group: Group, ask: Ask) -> None:
    item = await group.cleared()
    past = (NOW - timedelta(hours=1)).isoformat()
    refused = await ask(SCHEDULE, EDITOR, input={"items": _named(item), "at": past})
    assert refused["data"]["scheduleRelease"]["status"] == 422
    timeless = await ask(SCHEDULE, EDITOR, input={"items": _named(item)})
    assert "at" in timeless["errors"][0]["message"]
    assert (await group.client.get("/v1/public/items")).json()["items"] == []


async def test_a_preview_tells_what_would_be_and_changes_nothing(group: Group, ask: Ask) -> None:
    item = await group.cleared()
    seen = (await ask(PREVIEW, EDITOR, input={"items": _named(item)}))["data"]["previewRelease"]
    assert seen["faults"] == []
    assert [row["title"] for row in seen["items"]] == [item["title"]]
    draft = await group.draft()
    kept = (await ask(PREVIEW, EDITOR, input={"items": _named(draft)}))["data"]["previewRelease"]
    assert [fault["code"] for fault in kept["faults"]] == ["not_cleared"]
    anonymous = await ask(PREVIEW, input={"items": _named(item)})
    assert anonymous["data"]["previewRelease"]["status"] == 401
    assert (await group.client.get("/v1/public/items")).json()["items"] == []


async def test_a_policy_leaves_as_what_it_became_and_takes_its_interpretation_along(
    group: Group, ask: Ask
) -> None:
    policy = await group.released()
    read = await group.released(kind="interpretation", interprets=policy["id"])
    touched = (await ask(IMPACT, LEADER, id=policy["id"]))["data"]["itemImpact"]["nodes"]
    assert [(row["itemId"], row["relation"], row["leaves"]) for row in touched] == [
        (read["id"], "INTERPRETATION", True)
    ]
    hidden = await ask(IMPACT, COUNTY_EDITOR, id=policy["id"])
    assert hidden["errors"][0]["extensions"]["code"] in {"NOT_FOUND", "FORBIDDEN"}
    odd = {"reason": "到期", "kind": "EXPIRED", "successor": read["id"]}
    refused = (await ask(WITHDRAW, LEADER, id=policy["id"], input=odd))["data"]["withdrawItem"]
    assert refused["faults"][0]["code"] == "successor_misplaced"
    done = await ask(
        WITHDRAW, LEADER, id=policy["id"], input={"reason": "到期", "kind": "EXPIRED"}
    )
    assert done["data"]["withdrawItem"] == {"kind": "EXPIRED", "also": [read["id"]]}


async def test_a_repeal_is_recorded_by_those_who_may_and_read_by_all(
    group: Group, ask: Ask
) -> None:
    policy = await group.released()
    repeal = {"state": "REPEALED", "since": "2026-03-01", "reason": "清理规范性文件"}
    for actor, status in ((None, 401), (COUNTY_EDITOR, 403)):
        refused = await ask(RECORD, actor, id=policy["id"], input=repeal)
        assert refused["data"]["recordValidity"]["status"] == status
    bare = await ask(RECORD, LEADER, id=policy["id"], input={**repeal, "state": "AMENDED"})
    assert bare["data"]["recordValidity"]["faults"][0]["code"] == "amendment_missing"
    done = await ask(RECORD, LEADER, id=policy["id"], input=repeal)
    assert done["data"]["recordValidity"]["recordedBy"] == LEADER.id
    shown = """query($id: UUID!) { item(id: $id) { validity { state label } }
      policiesInForce { nodes { id } } }"""
    answer = (await ask(shown, id=policy["id"]))["data"]
    assert answer["item"]["validity"] == {"state": "REPEALED", "label": "自2026年3月1日起废止"}
    assert answer["policiesInForce"]["nodes"] == []


async def test_what_became_of_an_item_is_told_step_by_step(group: Group, ask: Ask) -> None:
    policy = await group.released()
    repeal = {"state": "REPEALED", "since": "2026-03-01", "reason": "清理规范性文件"}
    await ask(RECORD, LEADER, id=policy["id"], input=repeal)
    await group.withdraw(policy)
    query = """query($id: UUID!) {
      validityHistory(itemId: $id) { nodes { state reason recordedBy } }
      publicHistory(itemId: $id) { nodes { act kind reason by } } }"""
    answer = await ask(query, LEADER, id=policy["id"])
    assert "errors" not in answer, answer
    (recorded,) = answer["data"]["validityHistory"]["nodes"]
    assert recorded == {
        "state": "REPEALED",
        "reason": repeal["reason"],
        "recordedBy": LEADER.id,
    }
    steps = answer["data"]["publicHistory"]["nodes"]
    assert {"act": "withdrawn", "kind": "MISTAKEN", "reason": "内容有误", "by": LEADER.id} in steps
    hidden = await ask(query, COUNTY_EDITOR, id=policy["id"])
    assert repeal["reason"] not in str(hidden)
    assert {e["extensions"]["code"] for e in hidden["errors"]} <= {"NOT_FOUND", "FORBIDDEN"}


async def test_index_numbers_follow_the_pattern_an_organization_set(
    group: Group, ask: Ask
) -> None:
    set_to = f"""mutation($unit: String!, $input: NewIndexPatternInput!, $version: Int) {{
      setIndexPattern(organization: $unit, input: $input, version: $version) {{
        ... on IndexPattern {{ pattern uscc version }} {WHY} }} }}"""
    read = "query($unit: String!) { indexPattern(organization: $unit) { pattern } }"
    named = {"unit": "340300", "input": {"pattern": "{uscc}/{year}-{serial:5}", "uscc": "x" * 18}}
    assert await outcome(ask, read, ADMIN, unit="340300") is None
    refused = await outcome(ask, set_to, ADMIN, **named)
    assert refused["faults"][0]["pointer"] == "/uscc"
    named["input"] = {"pattern": "{organization}/{year}{month}-{serial:4}"}
    assert (await outcome(ask, set_to, EDITOR, **named))["status"] == 403
    done = await outcome(ask, set_to, ADMIN, **named)
    assert done == {**named["input"], "uscc": None, "version": 1}
    assert (await outcome(ask, set_to, ADMIN, **named))["status"] == 428
    item = await group.released()
    numbers = """query($no: String) { indexNumbers(indexNo: $no) {
      nodes { itemId indexNo serial } } }"""
    (given,) = (await outcome(ask, numbers, EDITOR))["nodes"]
    assert given == {
        "itemId": item["id"],
        "indexNo": f"{OFFICE.rpartition('.')[2]}/202603-0001",
        "serial": 1,
    }
    assert (await outcome(ask, numbers, EDITOR, no="none/2026"))["nodes"] == []
