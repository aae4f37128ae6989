from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from services.content.editorial.commands import tasking
from services.content.editorial.models import Task
from services.content.editorial.schedule import CLOCK
from shared.auth import Permission
from shared.db import Sessions
from shared.schedule import claim
from shared.uow import BeginAs
from tests.factories.content import (
    ADMIN,
    COUNTY_EDITOR,
    EDITOR,
    LEADER,
    OFFICE,
    SECRECY,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import person
from tests.support.queries import CountQueries

PROOFREADER = person(
    Permission.READ_DRAFTS, Permission.REVIEW_LEVEL, at=OFFICE, name="proofreader"
)
OTHER_LEADER = person(Permission.READ_DRAFTS, Permission.REVIEW, at=OFFICE, name="other-leader")
LEVELS = "/v1/organizations/340300-zfb/review-levels"
EMERGENCY = {"emergency_reason": "防汛抢险，须立即告知公众。"}


async def _mine(group: Group, actor: Any) -> list[tuple[str, str | None]]:
    listed = (await group.send(actor, "GET", "/v1/tasks")).json()["items"]
    return [(task["kind"], task["step"]) for task in listed]


async def _set_levels(group: Group, *levels: str, version: int | None = None) -> Any:
    return await group.send(ADMIN, "PUT", LEVELS, {"levels": levels}, version=version)


async def _person(group: Group, login: str, kind: str) -> str:
    new = {
        "login": login,
        "name": "李明",
        "organization": "340300-zfb",
        "password": "a long enough password",
    }
    admitted = await group.send(ADMIN, "POST", "/v1/people", new)
    post = {"login": login, "kind": kind, "organization": "340300-zfb"}
    assert (await group.send(ADMIN, "POST", "/v1/posts", post)).status_code == 201
    return f"person:{admitted.json()['id']}"


async def test_a_text_goes_from_one_to_the_next_who_may_review_it(
    group: Group, count_queries: CountQueries
) -> None:
    item = await group.submitted()
    assert await _mine(group, LEADER) == [("review", "leader")]
    assert await _mine(group, SECRECY) == []
    item = (await group.review(LEADER, item, "leader")).json()
    assert (await _mine(group, LEADER), await _mine(group, SECRECY)) == (
        [],
        [("review", "secrecy")],
    )
    await group.review(SECRECY, item, "secrecy")
    assert await _mine(group, SECRECY) == []
    with count_queries(1):
        await group.send(LEADER, "GET", "/v1/tasks")


async def test_a_returned_text_is_its_authors_to_change(group: Group) -> None:
    item = await group.submitted()
    await group.review(LEADER, item, "leader", verdict="return", reason="数字有误")
    mine = (await group.send(EDITOR, "GET", "/v1/tasks")).json()["items"]
    assert [(task["kind"], task["note"], task["assignee"]) for task in mine] == [
        ("write", "数字有误", EDITOR.id)
    ]
    all_of = (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}/tasks")).json()["items"]
    assert [(task["kind"], task["outcome"]) for task in all_of] == [
        ("review", "returned"),
        ("write", None),
    ]
    read = (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()
    await group.submit(read)
    assert await _mine(group, EDITOR) == []


async def test_an_edit_drops_what_was_asked_of_the_old_text(group: Group) -> None:
    item = await group.submitted()
    text = {"title": "新题", "body": "新文。", "source": "办公室"}
    path = f"/v1/items/{item['id']}"
    await group.send(EDITOR, "PUT", path, text, version=item["version"])
    assert await _mine(group, LEADER) == []
    await group.submit((await group.send(EDITOR, "GET", path)).json())
    assert await _mine(group, LEADER) == [("review", "leader")]


async def test_nobody_is_asked_to_review_what_they_wrote(group: Group) -> None:
    writes_and_reviews = person(
        Permission.READ_DRAFTS, Permission.EDIT, Permission.REVIEW, at=OFFICE, name="both"
    )
    item = await group.draft()
    text = {"title": "新题", "body": "新文。", "source": "办公室"}
    path = f"/v1/items/{item['id']}"
    revised = await group.send(writes_and_reviews, "PUT", path, text, version=1)
    await group.submit(revised.json())
    assert await _mine(group, writes_and_reviews) == []
    assert await _mine(group, LEADER) == [("review", "leader")]


async def test_whoever_approved_a_text_does_not_write_in_the_item(
    group: Group, unchanged: Unchanged
) -> None:
    leader = person(
        Permission.READ_DRAFTS, Permission.EDIT, Permission.REVIEW, at=OFFICE, name="leader"
    )
    item = await group.submitted()
    item = (await group.review(leader, item, "leader")).json()
    text = {"title": "新题", "body": "新文。", "source": "办公室"}
    async with unchanged():
        refused = await group.send(
            leader, "PUT", f"/v1/items/{item['id']}", text, version=item["version"]
        )
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/same-person")


async def test_levels_come_before_the_leader_in_their_order(group: Group) -> None:
    done = await _set_levels(group, "first_review", "proofreading")
    assert done.status_code == 200, done.text
    item = await group.submitted()
    assert item["steps"] == ["first_review", "proofreading", "leader", "secrecy"]
    early = await group.review(LEADER, item, "leader")
    assert early.json()["type"] == "/problems/out-of-turn"
    assert await _mine(group, PROOFREADER) == [("review", "first_review")]
    item = (await group.review(PROOFREADER, item, "first_review")).json()
    same = await group.review(PROOFREADER, item, "proofreading")
    assert same.json()["type"] == "/problems/same-person"


async def test_a_text_under_review_keeps_its_road_when_levels_change(group: Group) -> None:
    item = await group.submitted()
    await _set_levels(group, "legality")
    item = (await group.review(LEADER, item, "leader")).json()
    item = (await group.review(SECRECY, item, "secrecy")).json()
    assert item["stage"] == "cleared"


async def test_levels_are_set_by_version_and_read_by_those_who_work_there(
    group: Group, announced: Announced
) -> None:
    assert (await group.send(EDITOR, "GET", LEVELS)).status_code == 404
    await _set_levels(group, "legality")
    assert (await announced())[-1] == "content.review_levels.set"
    assert (await _set_levels(group, "legality")).status_code == 428
    changed = await _set_levels(group, version=1)
    assert (changed.json()["levels"], changed.headers["ETag"]) == ([], '"2"')
    assert (await group.send(EDITOR, "GET", LEVELS)).headers["ETag"] == '"2"'
    assert (await group.send(COUNTY_EDITOR, "GET", LEVELS)).status_code == 403


@pytest.mark.parametrize(
    "levels", [["leader"], ["secrecy"], ["legality", "legality"], ["fourth"], None]
)
async def test_only_added_reviews_can_be_levels(
    group: Group, unchanged: Unchanged, levels: Any
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "PUT", LEVELS, {"levels": levels})
    assert refused.status_code == 422


async def _emergency(group: Group) -> Any:
    item = await group.draft(title="关于转移群众的紧急通知")
    path = f"/v1/items/{item['id']}/submission"
    return (await group.send(EDITOR, "POST", path, EMERGENCY, version=1)).json()


async def test_in_an_emergency_both_reviews_run_side_by_side(group: Group) -> None:
    await _set_levels(group, "legality")
    item = await _emergency(group)
    assert item["emergency_reason"] == EMERGENCY["emergency_reason"]
    assert await _mine(group, SECRECY) == [("review", "secrecy")]
    item = (await group.review(SECRECY, item, "secrecy")).json()
    assert item["stage"] == "in_review"
    assert (await group.release(item)).status_code == 422
    item = (await group.review(LEADER, item, "leader")).json()
    assert item["stage"] == "cleared"
    assert (await group.release(item)).status_code == 201


async def test_an_emergency_text_owes_a_second_look_within_a_working_day(
    group: Group, announced: Announced
) -> None:
    item = await _emergency(group)
    item = (await group.review(SECRECY, item, "secrecy")).json()
    item = (await group.review(LEADER, item, "leader")).json()
    owed = (await group.send(OTHER_LEADER, "GET", "/v1/tasks")).json()["items"]
    assert [task["kind"] for task in owed] == ["after_review"]
    assert datetime.fromisoformat(owed[0]["deadline"]) == datetime(2026, 3, 3, 16, tzinfo=UTC)
    path = f"/v1/items/{item['id']}/after-review"
    look = {"content_hash": item["content_hash"], "sound": True, "note": "内容属实。"}
    stale = await group.send(OTHER_LEADER, "POST", path, {**look, "content_hash": "0" * 64})
    assert stale.status_code == 409
    done = await group.send(OTHER_LEADER, "POST", path, look)
    assert done.status_code == 200, done.text
    assert (await announced())[-1] == "content.item.reviewed_after"
    assert (await group.send(OTHER_LEADER, "POST", path, look)).status_code == 404


async def test_a_task_is_called_overdue_once(
    group: Group, sessions: Sessions, begin: BeginAs, announced: Announced, watch: Watch
) -> None:
    item = await _emergency(group)
    item = (await group.review(SECRECY, item, "secrecy")).json()
    await group.review(LEADER, item, "leader")
    assert await claim(sessions, Task, watch.now) == []
    watch.now = datetime(2026, 3, 3, 16, tzinfo=UTC)
    for task in await claim(sessions, Task, watch.now):
        for _ in range(2):
            async with begin(CLOCK, "test") as uow:
                await tasking.call_overdue(uow, task.id)
    assert (await announced()).count("content.task.overdue") == 1


async def test_work_is_given_to_a_person_by_a_day_and_passed_on(
    group: Group, announced: Announced
) -> None:
    wang = await _person(group, "wang", "editor")
    item = await group.draft()
    new = {"assignee": wang, "deadline": "2026-03-05T09:00:00Z", "note": "请补充联系电话。"}
    given = await group.send(EDITOR, "POST", f"/v1/items/{item['id']}/tasks", new)
    assert given.status_code == 201, given.text
    assert (given.json()["assignee"], given.json()["title"]) == (wang, item["title"])
    path = f"/v1/tasks/{given.json()['id']}"
    passed = await group.send(EDITOR, "PUT", path, {"assignee": None}, version=1)
    assert (passed.json()["assignee"], passed.json()["deadline"]) == (None, None)
    assert (await announced())[-2:] == ["content.task.opened", "content.task.assigned"]


async def test_work_is_not_given_to_whom_it_cannot_fall(
    group: Group, unchanged: Unchanged
) -> None:
    clerk = await _person(group, "clerk", "clerk")
    item = await group.draft()
    new = {"assignee": clerk, "note": "请修改。"}
    path = f"/v1/items/{item['id']}/tasks"
    async with unchanged():
        refused = await group.send(EDITOR, "POST", path, new)
        past = await group.send(
            EDITOR, "POST", path, {"deadline": "2026-01-01T00:00:00Z", "note": "请修改。"}
        )
        strange = await group.send(COUNTY_EDITOR, "POST", path, {"note": "请修改。"})
    assert refused.json()["type"] == "/problems/not-theirs"
    assert past.json()["faults"][0]["pointer"] == "/deadline"
    assert strange.status_code == 404


async def test_a_settled_or_foreign_task_is_not_assigned(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.submitted()
    task = (await group.send(LEADER, "GET", "/v1/tasks")).json()["items"][0]
    path = f"/v1/tasks/{task['id']}"
    async with unchanged():
        assert (await group.send(COUNTY_EDITOR, "PUT", path, {}, version=1)).status_code == 404
        assert (await group.send(SECRECY, "PUT", path, {}, version=1)).status_code == 403
        assert (await group.send(EDITOR, "PUT", path, {}, version=9)).status_code == 412
    await group.review(LEADER, item, "leader")
    settled = await group.send(EDITOR, "PUT", path, {}, version=2)
    assert settled.json()["type"] == "/problems/task-already-settled"


async def test_no_task_falls_to_whom_their_part_in_the_item_keeps_from_it(
    group: Group, unchanged: Unchanged
) -> None:
    wang = await _person(group, "wang", "editor")
    post = {"login": "wang", "kind": "leader", "organization": "340300-zfb"}
    assert (await group.send(ADMIN, "POST", "/v1/posts", post)).status_code == 201
    item = await group.draft()
    text = {"title": item["title"], "body": "改过的正文。", "source": item["source"]}
    path = f"/v1/items/{item['id']}"
    revised = await group.send(replace(EDITOR, id=wang), "PUT", path, text, version=1)
    item = await group.submit(revised.json())
    (task,) = (await group.send(EDITOR, "GET", f"{path}/tasks")).json()["items"]
    async with unchanged():
        refused = await group.send(
            EDITOR, "PUT", f"/v1/tasks/{task['id']}", {"assignee": wang}, version=1
        )
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/not-theirs")
    both = replace(LEADER, grants={**LEADER.grants, **SECRECY.grants})
    assert (await group.review(both, item, "leader")).status_code == 200
    assert await _mine(group, both) == []
    assert await _mine(group, SECRECY) == [("review", "secrecy")]
