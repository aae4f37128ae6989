import pytest

from tests.services.interaction.participation.conftest import CLERK, EDITOR, LEADER
from tests.services.interaction.participation.interviews.conftest import (
    GUEST,
    QUESTION,
    Studio,
)
from tests.support.queries import CountQueries

PERSONAL = ("李小龙", "13855201234", "lixiaolong")


async def test_a_question_goes_from_handed_in_to_approved_to_answered(studio: Studio) -> None:
    held = await studio.announced_one()
    receipt = await studio.ask(held)
    assert receipt["number"].startswith("3403000006-20260302-w")
    assert (await studio.status(receipt))["state"] == "held"
    question = await studio.moderate(await studio.found(held, receipt))
    assert (await studio.status(receipt))["state_label"] == "已通过审核"
    studio.clock.pass_by(days=1)
    await studio.act(held, "start")
    await studio.say(held, "四月底。", question_id=question["id"], **GUEST)
    status = await studio.status(receipt)
    assert (status["answered_in"], status["title"]) == (1, held["title"])
    (shown,) = (await studio.public(held, "/questions"))["items"]
    assert shown["text"] == "我是***，电话***。东海大道何时完工？"


async def test_one_declined_tells_whoever_asked_alone_why(studio: Studio) -> None:
    held = await studio.announced_one()
    receipt = await studio.ask(held)
    await studio.moderate(await studio.found(held, receipt), "decline", reason="与主题无关")
    status = await studio.status(receipt)
    assert (status["state"], status["reason"]) == ("declined", "与主题无关")
    assert (await studio.public(held, "/questions"))["items"] == []
    assert not [word for word in (*PERSONAL, "与主题") if word in str(await studio.announced())]


async def test_only_approved_questions_of_the_same_interview_are_answered(
    studio: Studio,
) -> None:
    held = await studio.live()
    other = await studio.announced_one(
        starts_at="2026-03-05T09:00:00+08:00", ends_at="2026-03-05T10:00:00+08:00"
    )
    waiting = await studio.found(held, await studio.ask(held))
    foreign, _ = await studio.approved(other)
    for wrong in (waiting, foreign):
        refused = await studio.enter(held, "好。", question_id=wrong["id"], **GUEST)
        assert [fault["code"] for fault in refused.json()["faults"]] == ["not_approved"]
    assert (await studio.public(held, "/entries"))["items"] == []


async def test_what_was_answered_before_all_stays_readable(studio: Studio) -> None:
    held = await studio.live()
    question, _ = await studio.approved(held)
    await studio.say(held, "好。", question_id=question["id"], **GUEST)
    path = f"/questions/{question['id']}/moderation"
    given = {"act": "decline", "reason": "反悔"}
    refused = await studio.send(CLERK, "POST", path, given, version=question["version"] + 1)
    assert refused.json()["type"] == "/problems/answered-already"


@pytest.mark.parametrize("state", ["prepared", "ended"])
async def test_questions_come_only_from_the_announcement_to_the_end(
    studio: Studio, state: str
) -> None:
    held = await (studio.prepared() if state == "prepared" else studio.live())
    if state == "ended":
        await studio.act(held, "end")
    path = f"/public/interviews/{held['id']}/questions"
    refused = await studio.send(None, "POST", path, QUESTION)
    assert refused.status_code == (404 if state == "prepared" else 409)


async def test_a_wrong_code_tells_nothing_and_only_clerks_moderate(studio: Studio) -> None:
    held = await studio.announced_one()
    receipt = await studio.ask(held)
    path = f"/public/questions/{receipt['number']}"
    wrong = await studio.send(None, "GET", path, X_Query_Code="AAAA")
    assert wrong.json()["type"] == "/problems/no-such-question"
    question = await studio.found(held, receipt)
    one = f"/questions/{question['id']}"
    for actor in (EDITOR, LEADER):
        refused = await studio.send(
            actor, "POST", f"{one}/moderation", {"act": "approve"}, version=1
        )
        assert refused.status_code == 403
    opened = await studio.done(CLERK, "GET", one)
    assert (opened["name"], "李小龙" in opened["masked"]) == ("李小龙", False)


async def test_pages_cost_as_many_queries_however_much_was_asked_and_said(
    studio: Studio, count_queries: CountQueries
) -> None:
    held = await studio.live()
    for _ in range(4):
        question, _ = await studio.approved(held)
        await studio.say(held, "好。", question_id=question["id"], **GUEST)
    for actor, path, queries in (
        (None, "/public/interviews", 1),
        (None, f"/public/interviews/{held['id']}", 1),
        (None, f"/public/interviews/{held['id']}/questions", 2),
        (None, f"/public/interviews/{held['id']}/entries", 2),
        (CLERK, "/interviews", 1),
        (CLERK, f"/interviews/{held['id']}/questions", 2),
    ):
        with count_queries(queries):
            await studio.done(actor, "GET", path)
