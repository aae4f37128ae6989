from typing import Any
from uuid import uuid4

import pytest

from shared.auth import Permission
from tests.factories.content import COUNTY_EDITOR, EDITOR, LEADER, OFFICE, SECRECY, SITE, Group
from tests.gateway.conftest import Ask, UpstreamCalls
from tests.support.people import person

OTHER_LEADER = person(Permission.READ_DRAFTS, Permission.REVIEW, at=OFFICE, name="other-leader")
WHY = "... on Problem { type status detail faults { pointer code } versionFound }"
DRAFTS = """query($code: String, $stage: Stage, $column: UUID) {
  drafts(siteCode: $code, stage: $stage, columnId: $column) { nodes {
    title stage site { name } column { name } } pageInfo { hasNextPage } } }"""
DESK = """query($id: UUID!) { draft(id: $id) { title
  revisions { nodes { number title author } }
  comparison(since: 1, number: 2) { fields { field before after } body { act text } }
  comments { nodes { id quote settledBy } } tasks { nodes { kind step note } } } }"""
REMARK = f"""mutation($id: UUID!, $input: NewCommentInput!) {{
  commentOn(itemId: $id, input: $input) {{ ... on Comment {{ id quote version }} {WHY} }} }}"""
SETTLE = f"""mutation($id: UUID!, $version: Int!) {{
  settleComment(commentId: $id, version: $version) {{ ... on Comment {{ settledBy }} {WHY} }} }}"""
RESTORE = f"""mutation($id: UUID!, $number: Int!, $version: Int!) {{
  restoreRevision(itemId: $id, number: $number, version: $version) {{
    ... on Draft {{ title revision }} {WHY} }} }}"""
SUBMIT = f"""mutation($id: UUID!, $version: Int!, $input: SubmissionInput) {{
  submitForReview(itemId: $id, version: $version, input: $input) {{
    ... on Draft {{ stage emergencyReason version contentHash }} {WHY} }} }}"""
AFTERWARDS = f"""mutation($id: UUID!, $input: AfterReviewInput!) {{
  reviewAfterwards(itemId: $id, input: $input) {{ ... on Draft {{ id }} {WHY} }} }}"""
ASK_TO_WRITE = f"""mutation($id: UUID!, $input: NewWritingInput!) {{
  askToWrite(itemId: $id, input: $input) {{ ... on Task {{ id kind version }} {WHY} }} }}"""
ASSIGN = f"""mutation($id: UUID!, $version: Int!, $input: TaskAssignmentInput!) {{
  assignTask(taskId: $id, version: $version, input: $input) {{
    ... on Task {{ assignee deadline version }} {WHY} }} }}"""
MINE = "{ myTasks { nodes { kind step title } } }"


async def _revised(group: Group) -> Any:
    item = await group.draft()
    text = {"title": "新题", "body": item["body"], "source": item["source"]}
    done = await group.send(EDITOR, "PUT", f"/v1/items/{item['id']}", text, version=1)
    return done.json()


async def test_drafts_with_relations_cost_the_same_however_many(
    group: Group, ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    for number in range(4):
        await group.draft(kind="news", title=f"动态{number}")
        with upstream_calls() as calls:
            answer = await ask(DRAFTS, EDITOR, code=SITE)
        assert sorted(calls) == ["/v1/items", "/v1/public/columns", "/v1/public/sites"]
    nodes = answer["data"]["drafts"]["nodes"]
    assert [node["column"]["name"] for node in nodes] == ["news"] * 4
    assert (await ask(DRAFTS, EDITOR, stage="CLEARED"))["data"]["drafts"]["nodes"] == []
    assert (await ask(DRAFTS, COUNTY_EDITOR, code=SITE))["data"]["drafts"]["nodes"] == []
    refused = await ask(DRAFTS)
    assert refused["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_draft_shows_its_texts_what_changed_and_what_is_owed(
    group: Group, ask: Ask
) -> None:
    item = await _revised(group)
    answer = await ask(DESK, EDITOR, id=item["id"])
    assert "errors" not in answer, answer
    draft = answer["data"]["draft"]
    assert [revision["number"] for revision in draft["revisions"]["nodes"]] == [2, 1]
    before = "关于做好政府网站工作的通知"
    assert draft["comparison"]["fields"] == [{"field": "title", "before": before, "after": "新题"}]
    assert {line["act"] for line in draft["comparison"]["body"]} == {"KEPT"}
    assert draft["tasks"]["nodes"] == []
    assert (await ask(DESK, COUNTY_EDITOR, id=item["id"]))["data"]["draft"] is None


async def test_an_earlier_text_is_restored_by_whoever_may_write(group: Group, ask: Ask) -> None:
    item = await _revised(group)
    old = await ask(RESTORE, EDITOR, id=item["id"], number=1, version=1)
    assert old["data"]["restoreRevision"]["versionFound"] == item["version"]
    stranger = await ask(RESTORE, COUNTY_EDITOR, id=item["id"], number=1, version=2)
    assert stranger["data"]["restoreRevision"]["status"] == 404
    done = await ask(RESTORE, EDITOR, id=item["id"], number=1, version=item["version"])
    restored = {"title": "关于做好政府网站工作的通知", "revision": 3}
    assert done["data"]["restoreRevision"] == restored


async def test_a_remark_is_made_refused_and_settled(group: Group, ask: Ask) -> None:
    item = await group.submitted()
    remark = {"revision": 1, "field": "BODY", "start": 0, "end": 5, "remark": "主送机关不全。"}
    made = (await ask(REMARK, LEADER, id=item["id"], input=remark))["data"]["commentOn"]
    assert made["quote"] == item["body"][:5]
    beyond = await ask(REMARK, LEADER, id=item["id"], input={**remark, "end": 9999})
    assert beyond["data"]["commentOn"]["status"] == 422
    silent = await ask(REMARK, LEADER, id=item["id"], input={**remark, "remark": " "})
    assert silent["data"]["commentOn"]["faults"][0]["pointer"] == "/remark"
    stranger = await ask(SETTLE, COUNTY_EDITOR, id=made["id"], version=made["version"])
    assert stranger["data"]["settleComment"]["status"] == 404
    settled = await ask(SETTLE, EDITOR, id=made["id"], version=made["version"])
    assert settled["data"]["settleComment"] == {"settledBy": EDITOR.id}
    twice = await ask(SETTLE, EDITOR, id=made["id"], version=2)
    assert twice["data"]["settleComment"]["type"] == "/problems/already-dealt-with"


async def test_an_emergency_goes_to_both_reviewers_and_owes_a_second_look(
    group: Group, ask: Ask
) -> None:
    item = await group.draft(title="关于转移群众的紧急通知")
    road = {"emergencyReason": "防汛抢险，须立即告知公众。"}
    wordless = await ask(SUBMIT, EDITOR, id=item["id"], version=1, input={"emergencyReason": " "})
    assert wordless["data"]["submitForReview"]["status"] == 422
    sent = await ask(SUBMIT, EDITOR, id=item["id"], version=1, input=road)
    assert sent["data"]["submitForReview"]["emergencyReason"] == road["emergencyReason"]
    for reviewer, step in ((LEADER, "LEADER"), (SECRECY, "SECRECY")):
        mine = (await ask(MINE, reviewer))["data"]["myTasks"]["nodes"]
        assert [(task["kind"], task["step"]) for task in mine] == [("REVIEW", step)]
    shown = await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")
    await group.clear(shown.json())
    look = {"contentHash": item["content_hash"], "sound": True, "note": "内容属实。"}
    own = await ask(AFTERWARDS, COUNTY_EDITOR, id=item["id"], input=look)
    assert own["data"]["reviewAfterwards"]["status"] == 404
    done = await ask(AFTERWARDS, OTHER_LEADER, id=item["id"], input=look)
    assert done["data"]["reviewAfterwards"] == {"id": item["id"]}
    assert (await ask(MINE, OTHER_LEADER))["data"]["myTasks"]["nodes"] == []


async def test_an_ordinary_submission_needs_no_input(group: Group, ask: Ask) -> None:
    item = await group.draft()
    plain = """mutation($id: UUID!) { submitForReview(itemId: $id, version: 1) {
      ... on Draft { stage emergencyReason } } }"""
    sent = await ask(plain, EDITOR, id=item["id"])
    assert sent["data"]["submitForReview"] == {"stage": "IN_REVIEW", "emergencyReason": None}


@pytest.mark.parametrize("actor", [COUNTY_EDITOR, None])
async def test_work_is_given_out_only_where_one_works(group: Group, ask: Ask, actor: Any) -> None:
    item = await group.draft()
    refused = await ask(ASK_TO_WRITE, actor, id=item["id"], input={"note": "请补充数据。"})
    assert refused["data"]["askToWrite"]["status"] == (404 if actor else 401)


async def test_work_is_asked_for_and_set_for_a_day(group: Group, ask: Ask) -> None:
    item = await group.draft()
    asked = await ask(ASK_TO_WRITE, EDITOR, id=item["id"], input={"note": "请补充数据。"})
    task = asked["data"]["askToWrite"]
    assert task["kind"] == "WRITE"
    by = {"deadline": "2026-03-05T01:00:00Z"}
    done = await ask(ASSIGN, EDITOR, id=task["id"], version=task["version"], input=by)
    assert done["data"]["assignTask"]["deadline"] == "2026-03-05T01:00:00+00:00"
    stale = await ask(ASSIGN, EDITOR, id=task["id"], version=task["version"], input=by)
    assert stale["data"]["assignTask"]["versionFound"] == 2
    unknown = await ask(ASSIGN, EDITOR, id=str(uuid4()), version=1, input=by)
    assert unknown["data"]["assignTask"]["status"] == 404
