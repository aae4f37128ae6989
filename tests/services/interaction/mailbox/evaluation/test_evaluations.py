from typing import Any

import httpx
import pytest
from sqlalchemy import text

from services.interaction.mailbox.evaluation import schedule
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import (
    ANSWER,
    CLERK,
    DISPATCHER,
    HEAD,
    STRANGER,
    Clock,
    Mailbox,
)

CONTENT = {"satisfaction": "satisfied", "solved": True}
UNHAPPY = {"satisfaction": "dissatisfied", "comment": "路灯还是不亮，请再来看看。"}
WHY = {"reason": "路灯修好两天又坏了"}


async def say(mailbox: Mailbox, receipt: dict[str, Any], act: str, body: Any) -> httpx.Response:
    return await mailbox.client.post(
        f"/v1/public/letters/{receipt['number']}/{act}",
        json=body,
        headers={"X-Query-Code": receipt["query_code"]},
    )


async def status(mailbox: Mailbox, receipt: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    return shown


async def test_a_content_writer_settles_the_matter_once(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered()
    said = await say(mailbox, receipt, "evaluation", CONTENT)
    assert (said.status_code, said.json()["satisfaction_label"]) == (201, "满意")
    shown = await status(mailbox, receipt)
    assert (shown["state_type"], shown["state_label"]) == ("resolved", "已办结")
    assert [step["step"] for step in shown["timeline"]][-2:] == ["evaluated", "resolved"]
    again = await say(mailbox, receipt, "evaluation", CONTENT)
    assert again.json()["type"] == "/problems/already-evaluated"


async def test_an_unhappy_writers_letter_stays_answered_and_the_words_stay_inside(
    mailbox: Mailbox, sessions: Sessions
) -> None:
    receipt = await mailbox.answered()
    said = await say(mailbox, receipt, "evaluation", UNHAPPY)
    assert "comment" not in said.json()
    assert (await status(mailbox, receipt))["state_type"] == "answered"
    assert UNHAPPY["comment"] not in str(await mailbox.announced())
    async with sessions() as session:
        (row,) = (await session.execute(text("SELECT * FROM letter_evaluations"))).all()
    assert UNHAPPY["comment"].encode() not in row.sealed_comment
    letter = await mailbox.row(receipt["number"])
    for actor, seen in ((CLERK, 200), (HEAD, 200), (STRANGER, 404)):
        found = await mailbox.get(actor, f"/v1/letters/{letter.id}/evaluations")
        assert found.status_code == seen
    assert (await mailbox.get(HEAD, f"/v1/letters/{letter.id}/evaluations")).json()[0][
        "comment"
    ] == UNHAPPY["comment"]
    listed = await mailbox.get(HEAD, "/v1/letter-evaluations", satisfaction="dissatisfied")
    assert [each["number"] for each in listed.json()["items"]] == [receipt["number"]]
    assert UNHAPPY["comment"] not in listed.text
    assert (await mailbox.get(STRANGER, "/v1/letter-evaluations")).json()["items"] == []


async def test_a_letter_without_an_answer_is_not_evaluated(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    said = await say(mailbox, receipt, "evaluation", CONTENT)
    assert said.json()["type"] == "/problems/not-answered"
    asked = await say(mailbox, receipt, "reopening", WHY)
    assert asked.json()["type"] == "/problems/not-answered"


async def test_a_reopened_letter_owes_a_further_answer_and_tells_why(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.answered()
    await say(mailbox, receipt, "evaluation", UNHAPPY)
    clock.pass_by(days=2)
    reopened = await say(mailbox, receipt, "reopening", WHY)
    assert (reopened.status_code, reopened.json()["state"]) == (200, "dispatched")
    assert reopened.json()["due_on"] == "2026-03-25"
    shown = await status(mailbox, receipt)
    assert (shown["timeline"][-1]["step"], shown["timeline"][-1]["note"]) == (
        "reopened",
        WHY["reason"],
    )
    letter = await mailbox.row(receipt["number"])
    assert (letter.reopened, letter.satisfaction, letter.organization) == (
        1,
        None,
        CLERK.organization,
    )
    drafted = await mailbox.act(CLERK, receipt["number"], "answer", text=f"{ANSWER}另已复查。")
    assert drafted.status_code == 200, drafted.text
    await mailbox.review(receipt["number"], "approve", "已核实")
    said = await say(mailbox, receipt, "evaluation", CONTENT)
    assert said.json()["round"] == 2
    assert (await status(mailbox, receipt))["state_type"] == "resolved"


async def test_a_writer_asks_twice_and_in_time(mailbox: Mailbox, clock: Clock) -> None:
    receipt = await mailbox.answered()
    clock.pass_by(days=29)  # 2026-03-31: twenty-one working days after the answer
    late = await say(mailbox, receipt, "reopening", WHY)
    assert late.json()["type"] == "/problems/too-late-to-reopen"
    clock.pass_by(days=-29)
    for _ in range(2):
        assert (await say(mailbox, receipt, "reopening", WHY)).status_code == 200
        await mailbox.act(CLERK, receipt["number"], "answer", text=ANSWER)
        await mailbox.review(receipt["number"], "approve", "已核实")
    often = await say(mailbox, receipt, "reopening", WHY)
    assert often.json()["type"] == "/problems/reopened-often"


async def test_a_site_closes_a_letter_unresolved_and_says_why(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered()
    closure = {"outcome": "unresolved", "reason": "所涉路段不属本市管辖，已告知来信人。"}
    refused = await mailbox.act(CLERK, receipt["number"], "closure", **closure)
    assert refused.status_code == 403
    done = await mailbox.act(HEAD, receipt["number"], "closure", **closure)
    assert (done.json()["state_type"], done.json()["state_label"]) == (
        "unresolved",
        "已终结（未解决）",
    )
    shown = await status(mailbox, receipt)
    assert shown["timeline"][-1]["note"] == closure["reason"]
    reopened = await mailbox.act(DISPATCHER, receipt["number"], "reopening", **WHY)
    assert reopened.json()["state"] == "dispatched"


async def test_after_twenty_working_days_silence_counts_as_content_and_is_said_to(
    mailbox: Mailbox, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    receipt = await mailbox.answered()
    clock.pass_by(days=28)  # 2026-03-30, the last day
    assert await schedule.evaluate_by_default(sessions, begin, clock.now) == 0
    clock.pass_by(days=1)
    assert await schedule.evaluate_by_default(sessions, begin, clock.now) == 1
    assert await schedule.evaluate_by_default(sessions, begin, clock.now) == 0
    assert (await status(mailbox, receipt))["state_type"] == "resolved"
    assert (await mailbox.row(receipt["number"])).satisfaction is None
    evaluated, ended = (await mailbox.announced())[-2:]
    assert evaluated[1]["by_default"] is True
    assert ended[1]["outcome"] == "resolved"


async def test_a_link_shows_and_only_its_use_uses_it_up(mailbox: Mailbox) -> None:
    letter = await mailbox.row((await mailbox.answered())["number"])
    path = f"/v1/letters/{letter.id}/evaluation-link"
    link = (await mailbox.post(CLERK, path)).json()
    headers = {"X-Evaluation-Token": link["token"]}
    for _ in range(2):
        shown = await mailbox.client.get("/v1/public/evaluation", headers=headers)
        assert (shown.json()["number"], shown.json()["answering_unit"]) == (
            letter.number,
            "市城市管理局",
        )
        assert "路灯" not in shown.text
    said = await mailbox.client.post("/v1/public/evaluation", json=CONTENT, headers=headers)
    assert said.status_code == 201
    for ask in (mailbox.client.get, mailbox.client.post):
        body = {} if ask == mailbox.client.get else {"json": CONTENT}
        used = await ask("/v1/public/evaluation", headers=headers, **body)  # type: ignore[operator]
        assert (used.status_code, used.json()["type"]) == (404, "/problems/no-such-link")


async def test_a_link_does_not_outlive_its_time_or_its_answer(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.answered()
    letter = await mailbox.row(receipt["number"])
    path = f"/v1/letters/{letter.id}/evaluation-link"
    link = (await mailbox.post(CLERK, path)).json()
    headers = {"X-Evaluation-Token": link["token"]}
    clock.pass_by(days=60)
    assert (await mailbox.client.get("/v1/public/evaluation", headers=headers)).status_code == 404
    clock.pass_by(days=-60)
    await say(mailbox, receipt, "reopening", WHY)
    await mailbox.act(CLERK, receipt["number"], "answer", text=ANSWER)
    assert (await mailbox.client.get("/v1/public/evaluation", headers=headers)).status_code == 404


async def test_a_link_is_given_by_those_who_know_the_letter(mailbox: Mailbox) -> None:
    answered = await mailbox.row((await mailbox.answered())["number"])
    strange = await mailbox.post(STRANGER, f"/v1/letters/{answered.id}/evaluation-link")
    assert strange.status_code == 404
    open_letter = await mailbox.row((await mailbox.drafted())["number"])
    early = await mailbox.post(CLERK, f"/v1/letters/{open_letter.id}/evaluation-link")
    assert early.json()["type"] == "/problems/not-answered"


async def test_the_public_reads_what_a_writer_said_of_a_published_answer(
    mailbox: Mailbox,
) -> None:
    receipt = await mailbox.published()
    await say(mailbox, receipt, "evaluation", {"satisfaction": "fairly"})
    (shown,) = (await mailbox.get(None, "/v1/public/letters")).json()["items"]
    assert shown["satisfaction"] == "fairly"


@pytest.mark.parametrize("act", ["evaluation", "reopening"])
async def test_a_wrong_code_says_nothing(mailbox: Mailbox, act: str) -> None:
    receipt = await mailbox.answered() | {"query_code": "AAAA"}
    said = await say(mailbox, receipt, act, CONTENT if act == "evaluation" else WHY)
    assert said.json()["type"] == "/problems/no-such-letter"
    assert (await mailbox.row(receipt["number"])).state.value == "answered"
