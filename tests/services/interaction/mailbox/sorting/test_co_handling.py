from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.auth import Actor, Permission
from tests.services.interaction.conftest import (
    CLERK,
    COUNTY,
    DISPATCHER,
    HEAD,
    OFFICE,
    ROADS,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support import people

COUNTY_CLERK = people.person(Permission.ANSWER, at=COUNTY, name="county-clerk")
OFFICE_CLERK = people.person(Permission.ANSWER, at=OFFICE, name="office-clerk")
ASKED = {"organization": "340321", "due_on": "2026-03-10", "question": "李小龙所述路段是否县管？"}
OPINION = "李小龙所述路段由我县养护，已派人检修。"
WHY = {"reason": "县管道路", "public_reason": "路段属县管"}


async def say(
    mailbox: Mailbox, actor: Actor | None, asked: dict[str, Any], act: str, **body: str
) -> httpx.Response:
    headers = {"If-Match": f'"{asked["version"]}"'}
    headers |= people.bearer(actor, mailbox.clock.now) if actor else {}
    address = f"/v1/co-handlings/{asked['id']}/{act}"
    return await mailbox.client.post(address, json=body or None, headers=headers)


async def seen(mailbox: Mailbox, actor: Actor, number: str) -> list[dict[str, Any]]:
    found = await mailbox.read(actor, number, "/co-handlings")
    assert found.status_code == 200, found.text
    items: list[dict[str, Any]] = found.json()["items"]
    return items


async def asking(mailbox: Mailbox) -> tuple[str, dict[str, Any]]:
    """A letter with the roads department, which asks the county for help."""
    number = (await mailbox.dispatched())["number"]
    asked = await mailbox.act(CLERK, number, "co-handlings", **ASKED)
    assert asked.status_code == 201, asked.text
    return number, asked.json()


async def test_one_unit_answers_and_those_dispatched_with_it_help(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.write()
    number = receipt["number"]
    helping = [ASKED, {**ASKED, "organization": "office"}]
    done = await mailbox.act(
        DISPATCHER, number, "dispatch", organization="roads", co_handlers=helping
    )
    assert (done.status_code, done.json()["organization"]) == (200, ROADS)
    assert (await mailbox.read(COUNTY_CLERK, number)).status_code == 200
    (own,) = await seen(mailbox, COUNTY_CLERK, number)
    assert (own["organization_name"], own["question"]) == ("340321人民政府", ASKED["question"])
    clock.pass_by(days=9)
    given = await say(mailbox, COUNTY_CLERK, own, "opinion", text=OPINION)
    assert (given.status_code, given.json()["given_by"]) == (200, "person:county-clerk")
    assert OPINION not in given.text
    opinions = {
        each["organization"]: each["opinion"] for each in await seen(mailbox, CLERK, number)
    }
    assert opinions == {COUNTY: OPINION, OFFICE: None}
    timeline = (await mailbox.follow(number, receipt["query_code"])).json()["timeline"]
    assert [(entry["step"], entry["organization"]) for entry in timeline[1:]] == [
        ("dispatched", "市城市管理局"),
        ("co_handled", "340321人民政府"),
        ("co_handled", "市政府办公室"),
    ]
    assert OPINION not in str(timeline)
    events = await mailbox.announced()
    assert events[-1][0] == "interaction.letter.co_handling_opinion_given"
    assert events[-1][1]["late"] is True
    for words in (OPINION, ASKED["question"], "李小龙"):
        assert words not in str(events)


async def test_a_unit_sees_the_letter_only_while_it_is_asked(mailbox: Mailbox) -> None:
    number, asked = await asking(mailbox)
    assert (await mailbox.read(COUNTY_CLERK, number)).status_code == 200
    listed = await mailbox.client.get("/v1/letters", headers=people.bearer(COUNTY_CLERK))
    assert [letter["number"] for letter in listed.json()["items"]] == [number]
    await say(mailbox, COUNTY_CLERK, asked, "opinion", text=OPINION)
    assert (await mailbox.read(COUNTY_CLERK, number)).status_code == 404
    again = await mailbox.act(CLERK, number, "co-handlings", **ASKED)
    assert again.status_code == 201
    taken = await say(mailbox, DISPATCHER, again.json(), "withdrawal")
    assert taken.json()["withdrawn_at"] is not None
    assert (await mailbox.read(COUNTY_CLERK, number)).status_code == 404


async def test_an_answered_letter_is_nobodys_to_help_with(mailbox: Mailbox) -> None:
    number, asked = await asking(mailbox)
    await mailbox.act(CLERK, number, "answer", text="已核实，将于三月二十日前更换全部路灯。" * 3)
    assert (await mailbox.read(COUNTY_CLERK, number)).status_code == 200
    assert (await mailbox.review(number, "approve", "已核实")).status_code == 200
    assert (await mailbox.read(COUNTY_CLERK, number)).status_code == 404
    late = await say(mailbox, COUNTY_CLERK, asked, "opinion", text=OPINION)
    assert late.status_code == 404


async def test_whoever_helps_does_nothing_else(mailbox: Mailbox) -> None:
    number, asked = await asking(mailbox)
    for act, body in (
        ("answer", {"text": OPINION}),
        ("transfer", {"organization": "office", **WHY}),
        ("return", WHY),
        ("dispatch", {"organization": "340321"}),
        ("co-handlings", {**ASKED, "organization": "office"}),
    ):
        assert (await mailbox.act(COUNTY_CLERK, number, act, **body)).status_code == 403, act
    assert (await say(mailbox, COUNTY_CLERK, asked, "withdrawal")).status_code == 403


async def test_helpers_do_not_see_what_other_helpers_say(mailbox: Mailbox) -> None:
    number, _ = await asking(mailbox)
    other = await mailbox.act(CLERK, number, "co-handlings", **{**ASKED, "organization": "office"})
    await say(mailbox, OFFICE_CLERK, other.json(), "opinion", text="办公室意见")
    assert [each["organization"] for each in await seen(mailbox, COUNTY_CLERK, number)] == [COUNTY]
    assert len(await seen(mailbox, HEAD, number)) == 2


async def test_an_opinion_is_given_once_and_for_the_version_read(mailbox: Mailbox) -> None:
    number, asked = await asking(mailbox)
    stale = await say(mailbox, COUNTY_CLERK, {**asked, "version": 7}, "opinion", text=OPINION)
    assert stale.status_code == 412
    given = await say(mailbox, COUNTY_CLERK, asked, "opinion", text=OPINION)
    headed = people.person(*Permission, at="340000.340300", name="all")
    for act, body in (("opinion", {"text": "另一意见"}), ("withdrawal", {})):
        again = await say(mailbox, headed, given.json(), act, **body)
        assert again.json()["type"] == "/problems/not-asked-to-help"
    assert (await seen(mailbox, CLERK, number))[0]["opinion"] == OPINION


async def test_help_is_asked_in_the_line_by_a_day_and_of_each_unit_once(mailbox: Mailbox) -> None:
    number, _ = await asking(mailbox)
    before = await mailbox.announced()
    for over, problem in (
        ({}, "/problems/asked-already"),
        ({"organization": "roads"}, "/problems/same-unit"),
        ({"organization": "340400"}, "/problems/outside-line"),
        ({"organization": "nobody"}, "/problems/invalid"),
        ({"organization": "office", "due_on": "2026-03-24"}, "/problems/invalid"),
        ({"organization": "office", "due_on": "2026-03-01"}, "/problems/invalid"),
    ):
        refused = await mailbox.act(CLERK, number, "co-handlings", **{**ASKED, **over})
        assert refused.json()["type"] == problem
    assert await mailbox.announced() == before


async def test_every_wrong_day_of_a_dispatch_is_named(mailbox: Mailbox) -> None:
    number = (await mailbox.write())["number"]
    helping = [
        {**ASKED, "due_on": day, "organization": code}
        for day, code in (
            ("2026-03-24", "340321"),
            ("2026-03-01", "office"),
        )
    ]
    refused = await mailbox.act(
        DISPATCHER, number, "dispatch", organization="roads", co_handlers=helping
    )
    assert [fault["pointer"] for fault in refused.json()["faults"]] == [
        "/co_handlers/0/due_on",
        "/co_handlers/1/due_on",
    ]
    assert (await mailbox.row(number)).state == "received"


async def test_who_is_asked_changes_with_the_way_of_the_letter(mailbox: Mailbox) -> None:
    number, _ = await asking(mailbox)
    await mailbox.act(CLERK, number, "transfer", organization="340321", **WHY)
    (own,) = await seen(mailbox, COUNTY_CLERK, number)
    assert own["withdrawn_at"] is not None  # it answers now, and helps nobody
    await mailbox.act(COUNTY_CLERK, number, "co-handlings", **{**ASKED, "organization": "office"})
    assert (await mailbox.read(OFFICE_CLERK, number)).status_code == 200
    await mailbox.act(COUNTY_CLERK, number, "return", **WHY)
    assert (await mailbox.read(OFFICE_CLERK, number)).status_code == 404
    kinds = [move["kind"] for move in (await mailbox.read(HEAD, number, "/moves")).json()["items"]]
    assert kinds == [
        "given_back",
        "released",
        "asked",
        "transferred",
        "released",
        "asked",
        "dispatched",
    ]


async def test_a_merged_letters_helpers_are_asked_no_more(mailbox: Mailbox) -> None:
    number, _ = await asking(mailbox)
    lead = (await mailbox.write())["number"]
    letter = await mailbox.row(number)
    await mailbox.act(DISPATCHER, lead, "merger", letters=[str(letter.id)])
    assert (await mailbox.read(COUNTY_CLERK, number)).status_code == 404
    await mailbox.act(DISPATCHER, number, "parting", words="另行办理")
    await mailbox.act(DISPATCHER, number, "dispatch", organization="roads")
    assert (await mailbox.read(COUNTY_CLERK, number)).status_code == 404


@pytest.mark.parametrize(("act", "body"), [("opinion", {"text": OPINION}), ("withdrawal", {})])
async def test_co_handlings_of_others_are_not_found(
    mailbox: Mailbox, act: str, body: dict[str, str]
) -> None:
    _, asked = await asking(mailbox)
    before = await mailbox.announced()
    assert (await say(mailbox, None, asked, act, **body)).status_code == 401
    other = people.person(*Permission, at="340000.340400", name="other")
    for actor in (other, people.person(), OFFICE_CLERK):
        assert (await say(mailbox, actor, asked, act, **body)).status_code == 404
    guessed = await say(mailbox, STRANGER, {**asked, "id": uuid4()}, act, **body)
    assert guessed.status_code == 404
    assert await mailbox.announced() == before
