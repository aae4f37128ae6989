from uuid import uuid4

from shared.auth import Permission
from tests.services.interaction.conftest import OFFICE, SITE
from tests.services.interaction.participation.conftest import EDITOR, LEADER
from tests.services.interaction.participation.consultations.conftest import Hall
from tests.support.people import person

BOTH = person(Permission.EDIT, Permission.REVIEW, at=OFFICE, name="both")


async def test_the_report_closes_it_beside_the_draft_and_becomes_content(hall: Hall) -> None:
    held = await hall.opened()
    first, _ = await hall.approved(held)
    second, _ = await hall.approved(held, text="罚款太重。", paragraph=1)
    declined = await hall.found(held, await hall.give(held))
    await hall.moderate(declined, "decline", reason="重复")
    await hall.answer(held, first)
    await hall.answer(held, second, decision="not_adopted", gist="降低罚款", reason="依上位法。")
    await hall.end()
    await hall.reported(held)
    closed = (await hall.publish(held)).json()
    assert (closed["state"], closed["reported_by"]) == ("closed", LEADER.id)
    shown = await hall.public(held)
    assert (shown["state_label"], shown["report"]) == ("已公布采纳情况", closed["report"])
    answers = [opinion["answer"] for opinion in (await hall.public(held, "/opinions"))["items"]]
    assert [answer["decision_label"] for answer in answers] == ["部分采纳", "未采纳"]
    groups = (await hall.public(held, "/answers"))["items"]
    assert [(group["gist"], group["opinions"]) for group in groups] == [
        ("扩大适用范围", 1),
        ("降低罚款", 1),
    ]
    *_, event, told = await hall.announced()
    counts = {"opinions": 2, "adopted": 0, "partly": 1, "not_adopted": 1, "late": False}
    assert event[1] == {"consultation_id": held["id"], "site_code": SITE, **counts}
    assert (told[1]["moment"], told[1]["author"]) == ("result", EDITOR.id)
    assert told[1]["paragraphs"] == [
        "征集期间收到意见，研究情况如下。",
        "本次征集共收到有效意见2条，其中采纳0条，部分采纳1条，未采纳1条。",
        "意见：扩大适用范围\n采纳情况：部分采纳\n理由：县城另行规定。",
        "意见：降低罚款\n采纳情况：未采纳\n理由：依上位法。",
    ]


async def test_it_is_not_closed_while_one_opinion_has_no_answer(hall: Hall) -> None:
    held = await hall.opened()
    opinion, _ = await hall.approved(held)
    waiting = await hall.found(held, await hall.give(held))
    await hall.end()
    await hall.reported(held)
    refused = (await hall.publish(held)).json()
    assert refused["type"] == "/problems/opinions-unsettled"
    assert (refused["held"], refused["unanswered"]) == (1, 1)
    await hall.answer(held, opinion)
    await hall.moderate(waiting, "decline", reason="重复")
    assert (await hall.publish(held)).status_code == 200


async def test_without_a_report_it_stays_as_it_is_and_nobody_publishes_their_own(
    hall: Hall,
) -> None:
    held = await hall.opened()
    await hall.end()
    assert (await hall.publish(held)).json()["type"] == "/problems/out-of-sequence"
    now = await hall.read(held)
    path = f"/consultations/{held['id']}/report"
    new = {"summary": "没有收到意见。"}
    await hall.done(BOTH, "PUT", path, new, version=now["version"])
    assert (await hall.publish(held, BOTH)).json()["type"] == "/problems/own-consultation"
    assert (await hall.publish(held, EDITOR)).status_code == 403
    assert (await hall.public(held))["report"] is None, "written is not published"
    assert (await hall.publish(held)).status_code == 200
    assert (await hall.publish(held)).json()["type"] == "/problems/out-of-sequence"


async def test_a_report_is_written_only_once_it_has_ended(hall: Hall) -> None:
    held = await hall.opened()
    path = f"/consultations/{held['id']}/report"
    early = await hall.send(EDITOR, "PUT", path, {"summary": "早"}, version=held["version"])
    assert early.json()["type"] == "/problems/out-of-sequence"


async def test_opinions_leave_the_answer_they_had_and_an_empty_one_is_gone(hall: Hall) -> None:
    held = await hall.opened()
    first, _ = await hall.approved(held)
    second, _ = await hall.approved(held)
    both = (await hall.answer(held, first, second)).json()
    assert both["opinions"] == 2
    moved = (await hall.answer(held, second, decision="adopted")).json()
    path = f"/consultations/{held['id']}/answers"
    listed = (await hall.done(EDITOR, "GET", path))["items"]
    assert [answer["opinions"] for answer in listed] == [1, 1]
    await hall.answer(held, first, decision="adopted")
    listed = (await hall.done(EDITOR, "GET", path))["items"]
    assert both["id"] not in [answer["id"] for answer in listed]
    new = {"decision": "partly", "gist": "改", "reason": "改"}
    one = f"/consultation-answers/{moved['id']}"
    changed = await hall.done(EDITOR, "PUT", one, new, version=moved["version"])
    assert (changed["decision_label"], changed["opinions"]) == ("部分采纳", 1)
    assert (await hall.send(EDITOR, "PUT", one, new, version=moved["version"])).status_code == 412


async def test_only_approved_opinions_of_the_same_consultation_are_answered(hall: Hall) -> None:
    held, other = await hall.opened(), await hall.opened()
    approved, _ = await hall.approved(held)
    foreign, _ = await hall.approved(other)
    waiting = await hall.found(held, await hall.give(held))
    for wrong in (foreign, waiting, {"id": str(uuid4())}):
        refused = await hall.answer(held, approved, wrong)
        assert [fault["code"] for fault in refused.json()["faults"]] == ["not_approved"]
    listed = await hall.done(EDITOR, "GET", f"/consultations/{held['id']}/answers")
    assert listed["items"] == []
    assert (await hall.public(held, "/answers"))["items"] == []
