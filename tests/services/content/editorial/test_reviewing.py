from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import EDITOR, LEADER, OFFICE, SECRECY, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.support.people import person

EVERYTHING = person(*Permission, at=OFFICE, name="everything")
OTHER_TEXT = {"title": "另一个标题", "body": "另一段正文。", "source": "蚌埠市人民政府办公室"}
TEXT = {**OTHER_TEXT, "title": "原来的标题"}


async def _revise(group: Group, item: Any, text: Any) -> Any:
    path = f"/v1/items/{item['id']}"
    done = await group.send(EDITOR, "PUT", path, text, version=item["version"])
    assert done.status_code == 200, done.text
    return done.json()


async def test_two_reviews_by_two_people_clear_a_text(group: Group, announced: Announced) -> None:
    item = await group.draft()
    before = len(await announced())
    item = await group.submit(item)
    item = (await group.review(LEADER, item, "leader")).json()
    assert (item["stage"], [given["step"] for given in item["approvals"]]) == (
        "in_review",
        ["leader"],
    )
    item = (await group.review(SECRECY, item, "secrecy")).json()
    assert (item["stage"], item["version"]) == ("cleared", 4)
    assert [given["reviewer"] for given in item["approvals"]] == [LEADER.id, SECRECY.id]
    assert {given["content_hash"] for given in item["approvals"]} == {item["content_hash"]}
    assert (await announced())[before:] == [
        "content.item.submitted",
        "content.task.opened",
        "content.item.reviewed",
        "content.task.opened",
        "content.item.reviewed",
    ]


async def _refused(answer: Any, status: int, type: str) -> None:
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{type}")


async def test_whoever_wrote_a_text_does_not_review_it(group: Group, unchanged: Unchanged) -> None:
    item = await group.draft()
    path = f"/v1/items/{item['id']}"
    item = (await group.send(EVERYTHING, "PUT", path, TEXT, version=item["version"])).json()
    item = await group.submit(await _revise(group, item, OTHER_TEXT))
    async with unchanged():
        await _refused(await group.review(EVERYTHING, item, "leader"), 403, "same-person")


async def test_a_post_reviews_only_its_own_step(group: Group, unchanged: Unchanged) -> None:
    item = await group.submitted()
    async with unchanged():
        await _refused(await group.review(LEADER, item, "secrecy"), 403, "outside-authority")
        await _refused(await group.review(SECRECY, item, "leader"), 403, "outside-authority")
        await _refused(await group.review(EDITOR, item, "leader"), 403, "outside-authority")


async def test_one_person_does_not_do_both_reviews(group: Group, unchanged: Unchanged) -> None:
    item = await group.submitted()
    item = (await group.review(EVERYTHING, item, "leader")).json()
    async with unchanged():
        await _refused(await group.review(EVERYTHING, item, "secrecy"), 403, "same-person")


async def test_secrecy_does_not_come_before_the_leader(group: Group, unchanged: Unchanged) -> None:
    item = await group.submitted()
    async with unchanged():
        await _refused(await group.review(SECRECY, item, "secrecy"), 409, "out-of-turn")


async def test_a_step_is_not_approved_twice(group: Group, unchanged: Unchanged) -> None:
    item = await group.submitted()
    item = (await group.review(LEADER, item, "leader")).json()
    async with unchanged():
        await _refused(await group.review(EVERYTHING, item, "leader"), 409, "already-approved")


async def test_a_decision_about_another_text_does_not_count(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.submitted()
    async with unchanged():
        refused = await group.review(LEADER, item, "leader", content_hash="0" * 64)
    await _refused(refused, 409, "other-text")
    assert refused.json()["content_hash"] == item["content_hash"]


async def test_a_decision_names_the_version_that_was_read(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.submitted()
    async with unchanged():
        await _refused(
            await group.review(LEADER, {**item, "version": 1}, "leader"), 412, "stale-version"
        )
        decision = {"step": "leader", "verdict": "approve", "content_hash": item["content_hash"]}
        path = f"/v1/items/{item['id']}/reviews"
        await _refused(
            await group.send(LEADER, "POST", path, decision), 428, "precondition-required"
        )


@pytest.mark.parametrize(
    "wrong",
    [{"verdict": "return"}, {"content_hash": "x"}, {"verdict": "maybe"}],
)
async def test_a_decision_that_says_too_little_is_refused(
    group: Group, unchanged: Unchanged, wrong: dict[str, Any]
) -> None:
    item = await group.submitted()
    async with unchanged():
        assert (await group.review(LEADER, item, "leader", **wrong)).status_code == 422


async def test_a_draft_is_not_reviewed_before_it_is_submitted(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.draft()
    async with unchanged():
        await _refused(await group.review(LEADER, item, "leader"), 409, "wrong-stage")


async def test_a_supervisor_reads_drafts_but_decides_nothing(group: Group) -> None:
    supervisor = person(Permission.READ_DRAFTS, at=SUPERVISOR.organization, name="reader")
    item = await group.submitted()
    assert (await group.send(supervisor, "GET", f"/v1/items/{item['id']}")).status_code == 200
    await _refused(await group.review(supervisor, item, "leader"), 403, "outside-authority")


async def test_an_edit_voids_the_approvals(group: Group, announced: Announced) -> None:
    item = await group.cleared()
    revised = await _revise(group, item, OTHER_TEXT)
    assert revised["stage"] == "draft"
    again = await group.submit(revised)
    assert again["stage"] == "in_review"
    refused = await group.release(again)
    assert refused.json()["faults"][0]["code"] == "not_cleared"
    cleared = (await group.review(LEADER, again, "leader")).json()
    assert (await group.review(SECRECY, cleared, "secrecy")).json()["stage"] == "cleared"
    assert (await announced()).count("content.item.reviewed") == 4


async def test_a_text_edited_back_has_its_approvals_back_once_it_is_submitted(
    group: Group,
) -> None:
    item = await group.cleared(**TEXT)
    back = await _revise(group, await _revise(group, item, OTHER_TEXT), TEXT)
    assert back["content_hash"] == item["content_hash"]
    assert (await group.release(back)).status_code == 422
    cleared = await group.submit(back)
    assert cleared["stage"] == "cleared"
    assert (await group.release(cleared)).status_code == 201


async def test_a_text_edited_back_after_one_review_awaits_only_the_other(group: Group) -> None:
    item = await group.submitted(**TEXT)
    item = (await group.review(LEADER, item, "leader")).json()
    back = await _revise(group, await _revise(group, item, OTHER_TEXT), TEXT)
    item = await group.submit(back)
    assert item["stage"] == "in_review"
    assert (await group.review(SECRECY, item, "secrecy")).json()["stage"] == "cleared"


@pytest.mark.parametrize("step", ["leader", "secrecy"])
async def test_a_returned_text_must_pass_both_reviews_again(group: Group, step: str) -> None:
    item = await group.cleared()
    reviewer = {"leader": LEADER, "secrecy": SECRECY}[step]
    returned = await group.review(reviewer, item, step, verdict="return", reason="不妥")
    assert returned.json()["stage"] == "draft", returned.text
    assert returned.json()["approvals"] == []
    assert (await group.release(returned.json())).status_code == 422
    again = await group.submit(returned.json())
    assert again["stage"] == "in_review"
    assert (await group.release(again)).status_code == 422
    again = (await group.review(LEADER, again, "leader")).json()
    again = (await group.review(SECRECY, again, "secrecy")).json()
    assert (await group.release(again)).status_code == 201
