from datetime import date
from typing import Any

import pytest

from services.interaction.mailbox.clocks import schedule
from services.interaction.mailbox.clocks.telling.queries import on_watch
from services.interaction.mailbox.letters.models import Letter, Step
from shared.auth import Permission
from shared.contracts.letters import LetterStep
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import (
    ANSWER,
    CITY,
    CLERK,
    COUNTY,
    DISPATCHER,
    OFFICE,
    OTHER_SITE,
    ROADS,
    STRANGER,
    Clock,
    Mailbox,
    hear,
)
from tests.services.interaction.mailbox.clocks.recounts.test_recounts import NEW_YEAR, TO_DECEMBER
from tests.support import people

OTHER_WRITER = {"name": "王晓明", "phone": "13955212345", "email": "wangxiaoming@example.com"}
REPEAT = {
    "title": "路灯为什么还不修",
    "text": "我是王晓明，东海大道路灯坏了很久。",
    "writer": OTHER_WRITER,
}
NAMED = "李小龙先生：您和王晓明反映的路灯，电话13855201234已联系，于三月九日全部更换完毕。"


async def merge(mailbox: Mailbox, lead: dict[str, Any], *others: dict[str, Any]) -> Any:
    letters = [str((await mailbox.row(other["number"])).id) for other in others]
    return await mailbox.act(DISPATCHER, lead["number"], "merger", letters=letters)


async def status(mailbox: Mailbox, receipt: dict[str, Any]) -> dict[str, Any]:
    found = await mailbox.follow(receipt["number"], receipt["query_code"])
    assert found.status_code == 200, found.text
    shown: dict[str, Any] = found.json()
    return shown


async def rows(mailbox: Mailbox, *receipts: dict[str, Any]) -> list[Letter]:
    return [await mailbox.row(receipt["number"]) for receipt in receipts]


async def test_several_letters_are_merged_at_once_and_say_so(mailbox: Mailbox) -> None:
    lead = await mailbox.dispatched()
    others = [await mailbox.write(**REPEAT), await mailbox.dispatched(**REPEAT)]
    done = await merge(mailbox, lead, *others)
    assert (done.status_code, done.json()["number"]) == (200, lead["number"])
    for letter in await rows(mailbox, *others):
        assert (letter.state, letter.organization) == ("merged", ROADS)
    events = [(type_, data["number"]) for type_, data in (await mailbox.announced())[-2:]]
    assert sorted(events) == sorted(
        ("interaction.letter.merged", other["number"]) for other in others
    )
    told = (await status(mailbox, others[0]))["timeline"][1]
    assert (told["step_label"], told["organization"]) == ("并入相同来信", "市城市管理局")


async def test_a_merged_letters_code_shows_where_the_lead_is_and_nothing_of_its_writer(
    mailbox: Mailbox, clock: Clock
) -> None:
    lead, other = await mailbox.write(), await mailbox.write(**REPEAT)
    await merge(mailbox, lead, other)
    clock.pass_by(hours=1)
    await mailbox.act(DISPATCHER, lead["number"], "dispatch", organization="roads")
    clock.pass_by(hours=1)
    why = {"reason": "李小龙家不归我局管", "public_reason": "李小龙所述路段属县管"}
    await mailbox.act(CLERK, lead["number"], "transfer", organization="340321", **why)
    shown = await status(mailbox, other)
    assert shown["state"] == "merged"
    assert [(entry["step"], entry["organization"]) for entry in shown["timeline"]] == [
        ("received", None),
        ("merged", None),
        ("dispatched", "市城市管理局"),
        ("transferred", "340321人民政府"),
    ]
    assert "李小龙" not in str(shown)
    assert lead["number"] not in str(shown)
    assert other["number"] not in str(await status(mailbox, lead))


async def test_all_writers_get_the_answer_each_by_their_own_clock(
    mailbox: Mailbox, clock: Clock
) -> None:
    early = await mailbox.write(**REPEAT)
    clock.pass_by(days=7)
    lead = await mailbox.drafted(NAMED)
    await merge(mailbox, lead, early)
    clock.pass_by(days=15)  # 2026-03-24: after the first's due date, before the lead's
    assert (await mailbox.review(lead["number"], "approve")).status_code == 200
    own, others = await status(mailbox, lead), await status(mailbox, early)
    assert own["answer"] == NAMED
    assert others["state"] == "answered"
    assert (others["answering_unit"], others["answered_on"]) == ("市城市管理局", "2026-03-24")
    assert "三月九日全部更换完毕" in others["answer"]
    for personal in ("李小龙", "王晓明", "13855201234"):
        assert personal not in others["answer"]
    assert [letter.late for letter in await rows(mailbox, lead, early)] == [False, True]
    answered = [
        data for type_, data in await mailbox.announced() if type_.endswith("letter.answered")
    ]
    assert [(data["number"], data["late"]) for data in answered] == [
        (lead["number"], False),
        (early["number"], True),
    ]
    assert [entry["step"] for entry in others["timeline"]][-1] == "answered"


async def test_a_parted_letter_is_handled_by_itself_by_the_clock_it_always_had(
    mailbox: Mailbox, clock: Clock
) -> None:
    other = await mailbox.dispatched(**REPEAT)
    due = (await mailbox.row(other["number"])).due_on
    clock.pass_by(days=1)
    lead = await mailbox.drafted()
    await merge(mailbox, lead, other)
    parted = await mailbox.act(DISPATCHER, other["number"], "parting", words="地点不同。")
    assert (parted.json()["state"], parted.json()["organization"]) == ("accepted", None)
    assert (parted.json()["lead_id"], parted.json()["due_on"]) == (None, str(due))
    assert (await mailbox.review(lead["number"], "approve")).status_code == 200
    shown = await status(mailbox, other)
    assert (shown["answer"], shown["state"]) == (None, "accepted")
    assert [(entry["step"], entry["note"]) for entry in shown["timeline"]][-2:] == [
        ("merged", None),
        ("unmerged", "地点不同。"),
    ]
    assert (await mailbox.read(CLERK, other["number"])).status_code == 404
    await mailbox.act(DISPATCHER, other["number"], "dispatch", organization="roads")
    clock.pass_by(days=21)  # 2026-03-24: the lead is due today, this letter was yesterday
    own = "您反映的另一路段已于三月二十日修复。"
    await mailbox.act(CLERK, other["number"], "answer", text=own)
    done = await mailbox.review(other["number"], "approve", "已核实")
    assert (done.json()["state"], done.json()["late"]) == ("answered", True)
    assert (await status(mailbox, other))["answer"] == own
    assert (await status(mailbox, lead))["answer"] == ANSWER


async def test_merging_into_a_merged_letter_follows_to_the_lead(mailbox: Mailbox) -> None:
    lead, second, third = [await mailbox.write() for _ in range(3)]
    await merge(mailbox, lead, second)
    done = await merge(mailbox, second, third)
    assert done.json()["number"] == lead["number"]
    first, _, last = await rows(mailbox, lead, second, third)
    assert last.lead_id == first.id


async def test_what_waits_for_a_letter_goes_with_it_into_another(mailbox: Mailbox) -> None:
    lead, second, third = await mailbox.dispatched(), await mailbox.write(), await mailbox.write()
    await merge(mailbox, second, third)
    assert (await merge(mailbox, lead, second)).status_code == 200
    first, *others = await rows(mailbox, lead, second, third)
    assert {other.lead_id for other in others} == {first.id}
    assert {other.organization for other in others} == {ROADS}
    await mailbox.act(CLERK, lead["number"], "answer", text=ANSWER)
    await mailbox.review(lead["number"], "approve")
    assert (await status(mailbox, third))["state"] == "answered"


async def test_no_letter_leads_itself_by_any_way_round(mailbox: Mailbox) -> None:
    lead, other = await mailbox.write(), await mailbox.write()
    for one, another in ((lead, lead), (lead, other)):
        await merge(mailbox, one, another)
    back = await merge(mailbox, other, lead)
    assert (back.status_code, back.json()["faults"][0]["code"]) == (422, "itself")
    twice = await merge(mailbox, lead, other)
    assert twice.json()["faults"][0]["code"] == "wrong_state"


async def test_letters_stay_in_their_mailbox_and_hidden_ones_are_unknown(mailbox: Mailbox) -> None:
    lead = await mailbox.write()
    foreign, answered = await mailbox.write(site_code=OTHER_SITE), await mailbox.answered()
    hidden = await merge(mailbox, lead, foreign, answered)
    assert [fault["code"] for fault in hidden.json()["faults"]] == ["unknown", "wrong_state"]
    everywhere = people.person(Permission.DISPATCH, at=CITY)
    foreign_id = str((await mailbox.row(foreign["number"])).id)
    seen = await mailbox.act(everywhere, lead["number"], "merger", letters=[foreign_id])
    assert seen.json()["faults"][0]["code"] == "other_mailbox"
    assert (await mailbox.row(foreign["number"])).state == "received"
    into = await mailbox.act(STRANGER, lead["number"], "merger", letters=[foreign_id])
    assert into.status_code == 404


@pytest.mark.parametrize("act", ["refusal", "merger"])
async def test_nobody_is_left_waiting_for_an_answer_that_will_not_come(
    mailbox: Mailbox, act: str
) -> None:
    lead, other = await mailbox.write(), await mailbox.write()
    await merge(mailbox, lead, other)
    if act == "refusal":
        refused = await mailbox.act(DISPATCHER, lead["number"], "refusal", reason="illegal")
        assert refused.json()["type"] == "/problems/leads-others"
    else:
        done = await mailbox.answered()
        refused = await merge(mailbox, done, lead)
        assert refused.json()["type"] == "/problems/wrong-state"
    assert (await mailbox.row(lead["number"])).state == "received"


async def test_a_merged_letter_goes_wherever_its_lead_goes(mailbox: Mailbox) -> None:
    lead, other = await mailbox.dispatched(), await mailbox.write(**REPEAT)
    await merge(mailbox, lead, other)
    assert (await mailbox.read(CLERK, other["number"])).status_code == 200
    why = {"reason": "县管道路", "public_reason": "路段属县管"}
    await mailbox.act(CLERK, lead["number"], "transfer", organization="340321", **why)
    county = people.person(Permission.ANSWER, at=COUNTY)
    assert (await mailbox.read(CLERK, other["number"])).status_code == 404
    assert (await mailbox.read(county, other["number"])).json()["lead_id"] is not None
    await mailbox.act(county, lead["number"], "return", **why)
    assert (await mailbox.row(other["number"])).organization is None


async def test_the_clock_of_a_merged_letter_runs_on(
    mailbox: Mailbox, begin: BeginAs, sessions: Sessions, clock: Clock
) -> None:
    clock.pass_by(days=TO_DECEMBER)
    done, lead, other = await mailbox.answered(), await mailbox.write(), await mailbox.write()
    await merge(mailbox, lead, other)
    await hear(begin, NEW_YEAR)
    while await schedule.recount(sessions, begin, clock.now):
        pass
    assert (await mailbox.row(other["number"])).due_on == date(2027, 1, 12)
    assert (await mailbox.row(done["number"])).due_on == date(2027, 1, 8)
    clock.pass_by(days=30)
    while await schedule.tell(sessions, begin, on_watch, clock.now):
        pass
    told = await mailbox.announced()
    overdue = [data["number"] for type_, data in told if type_.endswith("letter.overdue")]
    assert sorted(overdue) == sorted([lead["number"], other["number"]])


async def test_an_erased_letter_waits_for_nothing(mailbox: Mailbox) -> None:
    lead, other = await mailbox.drafted(), await mailbox.write(**REPEAT)
    await merge(mailbox, lead, other)
    asked = await mailbox.client.post(
        f"/v1/public/letters/{other['number']}/erasure",
        json={"reason": "本人申请删除"},
        headers={"X-Query-Code": other["query_code"]},
    )
    administrator = people.person(Permission.ADMINISTER, at=OFFICE, name="administrator")
    path = f"/v1/letter-erasures/{asked.json()['id']}/decision"
    done = await mailbox.post(administrator, path, {"erase": True}, asked.json()["version"])
    assert done.status_code == 200, done.text
    assert (await mailbox.review(lead["number"], "approve")).status_code == 200
    assert (await mailbox.row(other["number"])).state == "merged"
    parted = await mailbox.act(DISPATCHER, other["number"], "parting", words="另行办理")
    assert parted.status_code == 410


async def test_an_erased_letter_is_merged_with_nothing(mailbox: Mailbox) -> None:
    other, lead = await mailbox.write(), await mailbox.write()
    async with mailbox.sessions.begin() as session:
        letter = await session.get_one(Letter, (await mailbox.row(other["number"])).id)
        letter.erased_on = date(2026, 3, 2)
    refused = await merge(mailbox, lead, other)
    assert refused.json()["faults"][0]["code"] == "unknown"
    assert (await merge(mailbox, other, lead)).status_code == 404


async def test_a_leads_days_and_what_becomes_of_it_later_are_its_own(
    mailbox: Mailbox, clock: Clock
) -> None:
    other = await mailbox.write(**REPEAT)
    clock.pass_by(days=1)
    lead = await mailbox.write()
    await merge(mailbox, lead, other)
    clock.pass_by(hours=1)
    await mailbox.act(DISPATCHER, lead["number"], "dispatch", organization="roads")
    clock.pass_by(hours=1)
    await mailbox.act(CLERK, lead["number"], "answer", text=ANSWER)
    await mailbox.review(lead["number"], "approve")
    clock.pass_by(days=30)
    async with mailbox.sessions.begin() as session:
        again = await mailbox.row(lead["number"])
        session.add(Step.of(again, LetterStep.DISPATCHED, clock.now))
    told = (await status(mailbox, other))["timeline"]
    assert [entry["step"] for entry in told] == ["received", "merged", "dispatched", "answered"]
    assert {entry["due_on"] for entry in told} == {other["due_on"]}
    assert other["due_on"] != lead["due_on"]
