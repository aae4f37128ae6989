from uuid import uuid4

import pytest

from deploy.local.demonstration.tour import eventually
from tests.journeys.office import BODY, Office, ahead, word

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.asyncio(loop_scope="session")]

COUNTY, COUNTY_SITE = "340302-zfb", "3403020001"


async def test_texts_are_kept_compared_and_restored_with_who_wrote_what(office: Office) -> None:
    item = await office.draft(title="关于开展检查的通知", keywords=["检查"])
    text = {
        "title": "关于开展督查的通知",
        "source": item["source"],
        "body": f"{BODY}\n\n三、按时报送。",
    }
    revised = await office.act(office.editor, item, "", text)
    path = f"/v1/items/{item['id']}/revisions"
    told = (await office.editor.rest("GET", f"{path}/2/comparison?since=1")).json()
    assert {change["field"] for change in told["fields"]} == {"title", "keywords"}
    added = [part["text"] for part in told["body"] if part["act"] == "added"]
    assert added == ["三、按时报送。"]
    back = await office.act(office.editor, revised, "revisions/1/restoration")
    assert (back["title"], back["keywords"]) == ("关于开展检查的通知", ["检查"])
    assert back["revision"] == 3
    numbers = (await office.editor.rest("GET", path)).json()["items"]
    assert [one["number"] for one in numbers] == [3, 2, 1]


async def test_everything_wrong_is_told_at_once_and_answered_for_by_name(office: Office) -> None:
    number = "34030219900307561"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=True)) % 11]
    body = f"{BODY}\n\n失信被执行人身份证号{number}{check}，详见2026年2月30日公告。"
    item = await office.draft(body=body)
    codes = {finding["code"] for finding in item["findings"]}
    assert {"personal_data.identity_number", "dates.impossible"} <= codes
    refused = await office.editor.rest(
        "POST", f"/v1/items/{item['id']}/submission", status=422, If_Match='"1"'
    )
    assert refused.json()["type"] == "/problems/not-ready"
    waivers = [
        {"code": code, "field": "body", "reason": "惩戒公示，依法公开。"}
        for code in ("personal_data.identity_number", "dates.impossible")
    ]
    text = {"title": item["title"], "source": item["source"], "body": body, "waivers": waivers}
    item = await office.act(office.editor, item, "", text)
    assert all(finding["waived"] for finding in item["findings"])
    assert (await office.clear(item))["stage"] == "cleared"
    secret = await office.draft(body=f"机密★10年\n\n{BODY}")
    (grade,) = [one for one in secret["findings"] if one["code"] == "secrecy.grade"]
    assert not grade["waivable"]


async def test_a_changed_lexicon_reaches_texts_that_wait(office: Office) -> None:
    wrong = word()
    item = await office.cleared(body=f"{BODY}\n\n{wrong}工作正在进行。")
    assert not item["findings"]
    entries = [{"word": wrong, "right": "正确的说法", "severity": "blocking"}]
    words = {"title": "用词", "kind": "typos", "source": "办公室", "entries": entries}
    await office.admin.rest("PUT", f"/v1/lexicons/j-{uuid4().hex[:12]}", words)

    async def found() -> bool:
        shown = (await office.editor.rest("GET", f"/v1/items/{item['id']}")).json()
        return any(finding["suggestion"] for finding in shown["findings"])

    assert await eventually(found, "the word found in a cleared text")
    shown = (await office.editor.rest("GET", f"/v1/items/{item['id']}")).json()
    order = {"items": [{"item_id": item["id"], "version": shown["version"]}]}
    refused = await office.editor.rest("POST", "/v1/releases", order, status=422)
    assert refused.json()["faults"]


async def test_an_emergency_is_reviewed_side_by_side_and_once_more(office: Office) -> None:
    item = await office.draft()
    reason = {"emergency_reason": "突发暴雨，须立即发布预警。"}
    item = await office.act(office.editor, item, "submission", reason)
    item = await office.approve(office.secrecy, item, "secrecy")
    item = await office.approve(office.leader, item, "leader")
    assert item["stage"] == "cleared"
    await office.release(item)

    async def owed() -> object:
        tasks = await office.editor.rest("GET", f"/v1/items/{item['id']}/tasks")
        return next((one for one in tasks.json()["items"] if one["kind"] == "after_review"), None)

    await eventually(owed, "the second look")
    look = {"content_hash": item["content_hash"], "sound": True, "note": "内容属实。"}
    path = f"/v1/items/{item['id']}/after-review"
    await office.editor.rest("POST", path, look, status=403)
    await office.deputy.rest("POST", path, look)
    task = await owed()
    assert isinstance(task, dict)
    assert (task["outcome"], task["settled_at"] is None) == ("done", False)


async def test_an_office_may_add_reviews_before_the_leaders(office: Office) -> None:
    wanted = {"levels": ["first_review"]}
    path = f"/v1/organizations/{COUNTY}/review-levels"
    await office.admin.rest("PUT", path, wanted)
    reviewer, _ = await office.admit(COUNTY, "reviewer")
    leader, _ = await office.admit(COUNTY, "leader")
    editor = office.tour.people["editor-340302"]
    columns = await editor.rest("GET", f"/v1/public/sites/{COUNTY_SITE}/columns")
    place = {"site_code": COUNTY_SITE, "column_id": columns.json()["items"][0]["id"]}
    new = {**place, "kind": "news", "title": word(), "body": BODY, "source": "龙子湖区人民政府"}
    item = (await editor.rest("POST", "/v1/items", new)).json()
    item = await office.act(editor, item, "submission")
    assert item["steps"] == ["first_review", "leader", "secrecy"]
    early = {"step": "leader", "verdict": "approve", "content_hash": item["content_hash"]}
    reviews, version = f"/v1/items/{item['id']}/reviews", f'"{item["version"]}"'
    await leader.rest("POST", reviews, early, status=409, If_Match=version)
    item = await office.approve(reviewer, item, "first_review")
    item = await office.approve(leader, item, "leader")
    assert [one["step"] for one in item["approvals"]] == ["first_review", "leader"]


async def test_remarks_and_tasks_reach_whom_they_are_for(office: Office) -> None:
    item = await office.draft()
    stretch = {"revision": 1, "field": "body", "start": 0, "end": 4, "remark": "请核实。"}
    path = f"/v1/items/{item['id']}"
    remark = (await office.leader.rest("POST", f"{path}/comments", stretch)).json()
    assert remark["quote"] == BODY[:4]
    colleague, account = await office.admit("340300-zfb", "editor")
    task = {
        "assignee": f"person:{account['id']}",
        "deadline": ahead(days=1),
        "note": "请核实后改正。",
    }
    asked = (await office.editor.rest("POST", f"{path}/tasks", task)).json()
    mine = (await colleague.rest("GET", "/v1/tasks")).json()["items"]
    assert asked["id"] in [one["id"] for one in mine]
    await colleague.rest("POST", f"/v1/comments/{remark['id']}/settlement", If_Match='"1"')
    (settled,) = (await office.leader.rest("GET", f"{path}/comments")).json()["items"]
    assert settled["settled_by"] == f"person:{account['id']}"
