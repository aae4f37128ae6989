from typing import Any

import pytest

from shared.auth import Actor, Permission
from tests.services.interaction.conftest import (
    ANSWER,
    CITY,
    CLERK,
    DISPATCHER,
    HEAD,
    ROADS,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support import people


async def test_dispatching_names_the_unit_and_keeps_the_due_date(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    done = await mailbox.act(DISPATCHER, receipt["number"], "dispatch", organization="roads")
    assert done.status_code == 200
    assert done.headers["ETag"] == '"2"'
    assert (done.json()["state"], done.json()["organization"]) == ("dispatched", ROADS)
    assert done.json()["organization_name"] == "市城市管理局"
    type_, data = (await mailbox.announced())[-1]
    assert type_ == "interaction.letter.dispatched"
    assert (data["organization"], data["due_on"]) == (ROADS, "2026-03-23")


@pytest.mark.parametrize(
    ("unit", "status", "problem"),
    [
        ("340400", 409, "/problems/outside-line"),
        ("340000", 409, "/problems/outside-line"),
        ("nobody", 422, "/problems/invalid"),
    ],
)
async def test_letters_stay_in_their_line(
    mailbox: Mailbox, unit: str, status: int, problem: str
) -> None:
    receipt = await mailbox.write()
    refused = await mailbox.act(DISPATCHER, receipt["number"], "dispatch", organization=unit)
    assert (refused.status_code, refused.json()["type"]) == (status, problem)
    assert len(await mailbox.announced()) == 1


async def test_from_letter_to_answer(mailbox: Mailbox, clock: Clock) -> None:
    receipt = await mailbox.drafted()
    clock.pass_by(days=21)  # 2026-03-23, the due date itself
    assert (await mailbox.review(receipt["number"], "approve")).status_code == 200
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert (status["answer"], status["answered_on"]) == (ANSWER, "2026-03-23")
    assert status["answering_unit"] == "市城市管理局"
    events = await mailbox.announced()
    assert [type_.removeprefix("interaction.") for type_, _ in events] == [
        "letter.received",
        "letter.dispatched",
        "answer.drafted",
        "letter.answered",
    ]
    answered = events[3][1]
    assert (answered["late"], answered["waived"], answered["organization"]) == (False, [], ROADS)


async def test_an_answer_after_the_due_date_is_late(mailbox: Mailbox, clock: Clock) -> None:
    receipt = await mailbox.drafted()
    clock.pass_by(days=22)
    assert (await mailbox.review(receipt["number"], "approve")).json()["late"] is True
    assert (await mailbox.announced())[-1][1]["late"] is True


async def test_a_draft_is_for_clerks_only(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert (status["answer"], status["answered_on"]) == (None, None)
    assert (await mailbox.read(CLERK, receipt["number"])).json()["answer"]["text"] == ANSWER


async def test_a_returned_draft_goes_back_with_its_reason(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    done = await mailbox.review(receipt["number"], "return", "请写明更换日期")
    assert done.json()["state"] == "dispatched"
    seen = (await mailbox.read(CLERK, receipt["number"])).json()["answer"]
    assert (seen["verdict"], seen["reason"]) == ("return", "请写明更换日期")
    type_, data = (await mailbox.announced())[-1]
    assert type_ == "interaction.answer.returned"
    assert "请写明" not in str(data)
    again = await mailbox.act(CLERK, receipt["number"], "answer", text=ANSWER + "特此答复。")
    assert again.json()["state"] == "drafted"
    assert (await mailbox.read(CLERK, receipt["number"])).json()["answer"]["verdict"] is None


async def test_an_author_cannot_review(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    author = people.person(Permission.REVIEW_ANSWER, at=CITY, name="clerk")
    refused = await mailbox.review(receipt["number"], "approve", actor=author)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/own-answer")
    assert (await mailbox.row(receipt["number"])).state == "drafted"


async def test_a_review_holds_for_the_text_that_was_read(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    seen = (await mailbox.read(HEAD, receipt["number"])).json()["answer"]["answer_hash"]
    await mailbox.act(CLERK, receipt["number"], "answer", text="换成了另一份答复。" * 5)
    refused = await mailbox.act(
        HEAD, receipt["number"], "answer/review", verdict="approve", answer_hash=seen
    )
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/answer-changed")


async def test_a_perfunctory_answer_needs_a_reason_to_pass(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted("我们将尽快处理。")
    refused = await mailbox.review(receipt["number"], "approve")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/puts-off")
    assert [found["code"] for found in refused.json()["findings"]] == ["promise", "too_short"]
    assert (await mailbox.announced())[-1][0] == "interaction.answer.drafted"
    waived = await mailbox.review(receipt["number"], "approve", "已电话答复具体时间")
    assert waived.status_code == 200
    assert (await mailbox.announced())[-1][1]["waived"] == ["promise", "too_short"]


@pytest.mark.parametrize(
    ("actor", "act", "body", "status"),
    [
        (HEAD, "dispatch", {"organization": "roads"}, 403),
        (DISPATCHER, "answer", {"text": ANSWER}, 403),
        (CLERK, "dispatch", {"organization": "roads"}, 403),
        (STRANGER, "dispatch", {"organization": "roads"}, 404),
        (STRANGER, "answer", {"text": ANSWER}, 404),
        (people.person(), "answer", {"text": ANSWER}, 404),
    ],
)
async def test_acts_need_their_permission_and_strangers_learn_nothing(
    mailbox: Mailbox, actor: Actor, act: str, body: dict[str, Any], status: int
) -> None:
    receipt = await mailbox.dispatched()
    refused = await mailbox.act(actor, receipt["number"], act, **body)
    assert refused.status_code == status
    assert len(await mailbox.announced()) == 2


@pytest.mark.parametrize("actor", [CLERK, DISPATCHER])
async def test_only_reviewers_review(mailbox: Mailbox, actor: Actor) -> None:
    receipt = await mailbox.drafted()
    refused = await mailbox.review(receipt["number"], "approve", actor=actor)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/outside-authority")


async def test_acts_out_of_turn_are_refused(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    everyone = people.person(*Permission, at=CITY)
    early = await mailbox.act(everyone, receipt["number"], "answer", text=ANSWER)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/wrong-state")
    assert early.json()["state"] == "received"


async def test_a_change_names_the_version_it_read(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    letter = await mailbox.row(receipt["number"])
    address, token = f"/v1/letters/{letter.id}/dispatch", people.bearer(DISPATCHER)
    body = {"organization": "roads"}
    missing = await mailbox.client.post(address, json=body, headers=token)
    stale = await mailbox.client.post(address, json=body, headers=token | {"If-Match": '"7"'})
    nobody = await mailbox.client.post(address, json=body, headers={"If-Match": '"1"'})
    assert (missing.status_code, stale.status_code, nobody.status_code) == (428, 412, 401)


async def test_a_repeated_act_is_done_once_and_its_kept_answer_holds_nothing_personal(
    mailbox: Mailbox,
) -> None:
    receipt = await mailbox.write()
    letter = await mailbox.row(receipt["number"])
    headers = people.bearer(DISPATCHER) | {"If-Match": '"1"', "Idempotency-Key": "k"}
    answers = [
        await mailbox.client.post(
            f"/v1/letters/{letter.id}/dispatch", json={"organization": "roads"}, headers=headers
        )
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert not {"title", "text", "writer_name"} & set(answers[0].json())
    assert len(await mailbox.announced()) == 2
