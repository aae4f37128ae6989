from uuid import uuid4

import pytest

from shared.auth import Permission
from tests.services.interaction.conftest import ANSWER, CITY, CLERK, HEAD, ROADS, Mailbox
from tests.support import people
from tests.support.queries import CountQueries

COLLEAGUE = people.person(Permission.ANSWER, at=ROADS, name="colleague")
POLICY = str(uuid4())


async def test_a_draft_is_saved_again_and_again_and_asks_nobody(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    first = await mailbox.beside(CLERK, number, "PUT", "draft", {"text": "经核查"})
    assert (first.status_code, first.headers["ETag"]) == (200, '"1"')
    assert "text" not in first.json()
    body = {"text": ANSWER, "policies": [POLICY]}
    again = await mailbox.beside(COLLEAGUE, number, "PUT", "draft", body, 1)
    assert again.headers["ETag"] == '"2"'
    draft = (await mailbox.beside(CLERK, number, "GET", "draft")).json()
    assert (draft["text"], draft["policies"]) == (ANSWER, [POLICY])
    assert draft["writers"] == ["person:clerk", "person:colleague"]
    assert (await mailbox.row(number)).state == "dispatched"
    assert [type_ for type_, _ in await mailbox.announced()][2:] == ["interaction.answer.begun"]
    opened = (await mailbox.read(CLERK, number)).json()
    assert (opened["answer"], opened["draft_saved_at"]) == (None, draft["saved_at"])


async def test_nobody_writes_over_a_colleague(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    stale = await mailbox.beside(CLERK, number, "PUT", "draft", {"text": "甲"}, 1)
    assert stale.status_code == 412
    await mailbox.beside(CLERK, number, "PUT", "draft", {"text": "甲"})
    unread = await mailbox.beside(COLLEAGUE, number, "PUT", "draft", {"text": "乙"})
    assert unread.status_code == 428
    await mailbox.beside(CLERK, number, "PUT", "draft", {"text": "甲乙"}, 1)
    stale = await mailbox.beside(COLLEAGUE, number, "PUT", "draft", {"text": "乙"}, 1)
    assert stale.status_code == 412
    assert (await mailbox.beside(CLERK, number, "GET", "draft")).json()["text"] == "甲乙"


async def test_a_draft_is_submitted_as_it_was_read(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    nothing = await mailbox.act(CLERK, number, "draft/submission", draft_version=1)
    assert nothing.status_code == 412
    body = {"text": ANSWER, "policies": [POLICY]}
    await mailbox.beside(CLERK, number, "PUT", "draft", body)
    other = await mailbox.act(CLERK, number, "draft/submission", draft_version=2)
    assert other.status_code == 412
    done = await mailbox.act(CLERK, number, "draft/submission", draft_version=1)
    assert (done.status_code, done.json()["state"]) == (200, "drafted")
    seen = (await mailbox.read(HEAD, number)).json()["answer"]
    assert (seen["text"], seen["policies"], seen["round"]) == (ANSWER, [POLICY], 1)
    assert (await mailbox.review(number, "approve")).status_code == 200
    assert (await mailbox.announced())[-1][1]["policies"] == [POLICY]


async def test_whoever_had_a_hand_in_a_draft_cannot_review_it(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    both = people.person(Permission.ANSWER, Permission.REVIEW_ANSWER, at=CITY, name="both")
    await mailbox.beside(both, number, "PUT", "draft", {"text": "经核查"})
    await mailbox.beside(CLERK, number, "PUT", "draft", {"text": ANSWER}, 1)
    await mailbox.act(CLERK, number, "draft/submission", draft_version=2)
    refused = await mailbox.review(number, "approve", "好", actor=both)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/own-answer")
    await mailbox.review(number, "return", "请补充")
    await mailbox.act(CLERK, number, "draft/submission", draft_version=2)
    refused = await mailbox.review(number, "approve", "好", actor=both)
    assert refused.json()["type"] == "/problems/own-answer"


async def test_a_submitted_draft_is_withdrawn_and_submitted_again(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    number = receipt["number"]
    seen = (await mailbox.read(HEAD, number)).json()["answer"]["answer_hash"]
    done = await mailbox.act(CLERK, number, "answer/withdrawal")
    assert (done.status_code, done.json()["state"]) == (200, "dispatched")
    type_, data = (await mailbox.announced())[-1]
    assert (type_, data["answer_hash"]) == ("interaction.answer.withdrawn", seen)
    for act, body in (
        ("answer/withdrawal", {}),
        ("answer/review", {"verdict": "approve", "answer_hash": seen}),
    ):
        refused = await mailbox.act(HEAD if body else CLERK, number, act, **body)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/wrong-state")
    draft = (await mailbox.beside(CLERK, number, "GET", "draft")).json()
    assert draft["text"] == ANSWER
    again = await mailbox.act(CLERK, number, "draft/submission", draft_version=draft["version"])
    assert again.json()["state"] == "drafted"
    assert (await mailbox.read(HEAD, number)).json()["answer"]["withdrawn_at"] is None


async def test_a_draft_is_gone_once_the_writer_has_it_and_none_of_its_versions_comes_back(
    mailbox: Mailbox,
) -> None:
    number = (await mailbox.answered())["number"]
    assert (await mailbox.beside(CLERK, number, "GET", "draft")).status_code == 404
    stale = await mailbox.beside(CLERK, number, "PUT", "draft", {"text": "补充"}, 1)
    assert stale.status_code == 412
    fresh = await mailbox.beside(CLERK, number, "PUT", "draft", {"text": "补充"})
    assert fresh.json()["version"] > 1
    assert fresh.json()["writers"] == ["person:clerk"]


async def test_what_was_written_on_after_submission_stays(mailbox: Mailbox) -> None:
    number = (await mailbox.drafted())["number"]
    mailbox.clock.pass_by(hours=1)
    body = {"text": ANSWER + "另：巡查。"}
    assert (await mailbox.beside(CLERK, number, "PUT", "draft", body, 1)).status_code == 200
    await mailbox.review(number, "approve")
    assert (await mailbox.beside(CLERK, number, "GET", "draft")).json()["text"] == body["text"]


async def test_nothing_is_drafted_before_dispatch(mailbox: Mailbox) -> None:
    number = (await mailbox.write())["number"]
    everyone = people.person(*Permission, at=CITY)
    refused = await mailbox.beside(everyone, number, "PUT", "draft", {"text": "甲"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/wrong-state")
    assert (await mailbox.beside(everyone, number, "GET", "draft")).status_code == 404


async def test_every_round_is_listed_with_what_became_of_it(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    number = (await mailbox.drafted())["number"]
    await mailbox.review(number, "return", "请写明日期")
    await mailbox.act(CLERK, number, "answer", text=ANSWER + "特此答复。")
    letter = await mailbox.row(number)
    for first in (1, 2):
        with count_queries(2):  # the letter, its rounds
            listed = await mailbox.send(
                HEAD, "GET", f"/v1/letters/{letter.id}/answers?first={first}"
            )
        assert len(listed.json()["items"]) == first
    rounds = [(each["round"], each["verdict"], each["reason"]) for each in listed.json()["items"]]
    assert rounds == [(2, None, None), (1, "return", "请写明日期")]


@pytest.mark.parametrize("body", [{"text": ""}, {"text": "字" * 5001}, {"text": "甲", "x": 1}])
async def test_a_draft_is_text_that_somebody_typed(mailbox: Mailbox, body: dict[str, str]) -> None:
    number = (await mailbox.dispatched())["number"]
    assert (await mailbox.beside(CLERK, number, "PUT", "draft", body)).status_code == 422
