from typing import Any

import pytest

from shared.auth import Permission
from tests.services.interaction.conftest import COUNTY, OFFICE, SITE
from tests.services.interaction.participation.conftest import CLERK, EDITOR, LEADER
from tests.services.interaction.participation.interviews.conftest import (
    GUEST,
    INTERVIEW,
    Studio,
)
from tests.support.people import person

BOTH = person(Permission.EDIT, Permission.REVIEW, at=OFFICE, name="both")
ELSEWHERE = person(Permission.EDIT, Permission.REVIEW, at=COUNTY, name="elsewhere")


async def test_another_person_announces_it_and_the_public_is_told_through_content(
    studio: Studio,
) -> None:
    held = await studio.prepared()
    assert (await studio.act(held, "announcement", EDITOR)).status_code == 403
    own = await studio.done(BOTH, "POST", "/interviews", INTERVIEW)
    refused = await studio.act(own, "announcement", BOTH)
    assert refused.json()["type"] == "/problems/own-interview"
    announced = (await studio.act(held, "announcement", LEADER)).json()
    assert (announced["state_label"], announced["announced_by"]) == ("预告", LEADER.id)
    *_, event, told = await studio.announced()
    assert event[0] == "interaction.interview.announced"
    assert (told[1]["kind"], told[1]["moment"]) == ("interview", "announced")
    assert told[1]["title"] == "在线访谈预告：谈谈城市路灯改造"
    assert told[1]["paragraphs"][1:] == [
        "访谈时间：2026年3月3日09:00",
        "答复单位：市城市管理局",
        "访谈嘉宾：市城市管理局局长张建国",
        "公众可在访谈开始前和进行中提问。",
    ]


async def test_the_record_becomes_content_with_questions_and_answers(studio: Studio) -> None:
    held = await studio.live()
    question, receipt = await studio.approved(held)
    await studio.say(held, "欢迎各位网友。")
    await studio.say(held, "四月底完工。", question_id=question["id"], **GUEST)
    wrong = await studio.say(held, "谢谢大家关助。")
    await studio.say(held, "谢谢大家关注。", replaces=wrong["sequence"])
    ended = (await studio.act(held, "end")).json()
    assert (ended["state_label"], ended["ended_by"]) == ("已结束，实录整理中", EDITOR.id)
    published = (await studio.act(held, "publication", LEADER)).json()
    assert (published["state"], published["published_by"]) == ("published", LEADER.id)
    *_, event, told = await studio.announced()
    counts = {"questions": 1, "answered": 1}
    assert event[1] == {"interview_id": held["id"], "site_code": SITE, **counts}
    assert (told[1]["moment"], told[1]["author"]) == ("result", EDITOR.id)
    assert told[1]["paragraphs"][3:] == [
        "主持人：欢迎各位网友。",
        "网友提问：我是***，电话***。东海大道何时完工？",
        "张建国：四月底完工。",
        "主持人：谢谢大家关注。",
    ]
    assert (await studio.status(receipt))["answered_in"] == 2


async def test_nobody_publishes_what_they_entered_or_prepared(studio: Studio) -> None:
    held = await studio.live()
    done = await studio.enter(held, "欢迎。", BOTH)
    assert done.status_code == 201
    await studio.act(held, "end")
    refused = await studio.act(held, "publication", BOTH)
    assert refused.json()["type"] == "/problems/own-interview"
    assert (await studio.act(held, "publication", EDITOR)).status_code == 403
    assert (await studio.act(held, "publication", LEADER)).status_code == 200


async def test_a_question_without_an_answer_or_a_reason_keeps_the_record_back(
    studio: Studio,
) -> None:
    held = await studio.live()
    question, _ = await studio.approved(held)
    waiting = await studio.found(held, await studio.ask(held))
    await studio.act(held, "end")
    refused = (await studio.act(held, "publication", LEADER)).json()
    assert refused["type"] == "/problems/questions-unsettled"
    assert (refused["held"], refused["unanswered"]) == (1, 1)
    await studio.moderate(question, "decline", reason="时间所限，请另行来信")
    await studio.moderate(waiting, "decline", reason="重复")
    assert (await studio.act(held, "publication", LEADER)).status_code == 200


async def test_a_correction_replaces_visibly_and_what_it_replaced_is_read_no_more(
    studio: Studio,
) -> None:
    held = await studio.live()
    question, _ = await studio.approved(held)
    await studio.say(held, "五月完工。", question_id=question["id"], **GUEST)
    await studio.say(held, "四月完工。", replaces=1, **GUEST)
    first, second = (await studio.public(held, "/entries"))["items"]
    assert (first["text"], first["replaced_by"]) == (None, 2)
    assert (second["text"], second["replaces"]) == ("四月完工。", 1)
    assert second["question"]["id"] == question["id"]
    (asked,) = (await studio.public(held, "/questions"))["items"]
    assert asked["answered_in"] == 2
    again = await studio.enter(held, "三月完工。", replaces=1, **GUEST)
    assert (again.status_code, again.json()["replaced_by"]) == (409, 2)
    nowhere = await studio.enter(held, "三月完工。", replaces=9, **GUEST)
    assert nowhere.json()["faults"][0]["pointer"] == "/replaces"
    assert "完工" not in str(await studio.announced())


@pytest.mark.parametrize(
    ("over", "pointer"),
    [
        ({"organization": "340400"}, "/organization"),
        ({"ends_at": "2026-03-03T09:00:00+08:00"}, ""),
        ({"guests": []}, "/guests"),
        ({"site_code": "9999999999"}, "/site_code"),
        ({"starts_at": 1772500000}, "/starts_at"),
    ],
)
async def test_what_is_wrong_with_it_is_named(
    studio: Studio, over: dict[str, Any], pointer: str
) -> None:
    refused = await studio.send(EDITOR, "POST", "/interviews", {**INTERVIEW, **over})
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["pointer"] == pointer
    assert await studio.announced() == []


async def test_it_is_not_announced_for_a_time_that_is_over_and_its_text_then_stays(
    studio: Studio,
) -> None:
    held = await studio.announced_one()
    text = {name: value for name, value in INTERVIEW.items() if name != "site_code"}
    path = f"/interviews/{held['id']}"
    changed = await studio.send(EDITOR, "PUT", path, text, version=held["version"])
    assert changed.json()["type"] == "/problems/not-now"
    late = await studio.prepared()
    renamed = await studio.done(
        EDITOR, "PUT", f"/interviews/{late['id']}", text | {"title": "新"}, version=1
    )
    assert renamed["title"] == "新"
    studio.clock.pass_by(days=2)
    refused = await studio.act(late, "announcement", LEADER)
    assert [fault["code"] for fault in refused.json()["faults"]] == ["past"]


async def test_only_the_sites_own_people_hold_it(studio: Studio) -> None:
    assert (await studio.send(None, "POST", "/interviews", INTERVIEW)).status_code == 401
    assert (await studio.send(ELSEWHERE, "POST", "/interviews", INTERVIEW)).status_code == 403
    held = await studio.live()
    path = f"/interviews/{held['id']}"
    said = {"speaker": "host", "text": "好"}
    for actor, status in ((None, 401), (ELSEWHERE, 404), (CLERK, 403), (LEADER, 403)):
        entered = await studio.send(actor, "POST", f"{path}/entries", said)
        ended = await studio.send(actor, "POST", f"{path}/end", version=held["version"])
        assert (entered.status_code, ended.status_code) == (status, status)
    stale = await studio.send(EDITOR, "POST", f"{path}/end", version=9)
    assert stale.status_code == 412


async def test_the_same_entry_sent_twice_is_said_once(studio: Studio) -> None:
    held = await studio.live()
    said = {"speaker": "host", "text": "好"}
    path = f"/interviews/{held['id']}/entries"
    for _ in range(2):
        await studio.done(EDITOR, "POST", path, said, Idempotency_Key="once")
    assert len((await studio.public(held, "/entries"))["items"]) == 1
