from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from services.interaction.mailbox.sorting.models import Move
from shared.auth import Actor, Permission
from tests.services.interaction.conftest import (
    ANSWER,
    CITY,
    CLERK,
    COUNTY,
    DISPATCHER,
    HEAD,
    OFFICE,
    OTHER_SITE,
    ROADS,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support import people
from tests.support.queries import CountQueries

COUNTY_CLERK = people.person(Permission.ANSWER, at=COUNTY, name="county-clerk")
OFFICE_CLERK = people.person(Permission.ANSWER, at=OFFICE, name="office-clerk")
WHY = {"reason": "经办人核实，路段由县里养护", "public_reason": "所反映路段由县里负责"}


async def transfer(mailbox: Mailbox, actor: Actor, number: str, to: str) -> Any:
    return await mailbox.act(actor, number, "transfer", organization=to, **WHY)


async def moves(mailbox: Mailbox, actor: Actor, number: str) -> list[dict[str, Any]]:
    found = await mailbox.read(actor, number, "/moves")
    assert found.status_code == 200, found.text
    items: list[dict[str, Any]] = found.json()["items"]
    return items


async def test_a_letter_transferred_twice_and_answered_late_keeps_number_and_clock(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.dispatched()
    number = receipt["number"]
    clock.pass_by(days=3)
    first = await transfer(mailbox, CLERK, number, "340321")
    assert (first.json()["organization"], first.json()["number"]) == (COUNTY, number)
    assert (await mailbox.read(CLERK, number)).status_code == 404
    clock.pass_by(days=10)
    second = await transfer(mailbox, COUNTY_CLERK, number, "office")
    assert second.json()["due_on"] == receipt["due_on"] == "2026-03-23"
    clock.pass_by(days=10)
    assert (await mailbox.act(OFFICE_CLERK, number, "answer", text=ANSWER)).status_code == 200
    answered = await mailbox.review(number, "approve")
    assert (answered.json()["late"], answered.json()["organization"]) == (True, OFFICE)
    way = [
        (move["kind"], move["sender"], move["receiver"], move["decided_for"], move["by"])
        for move in await moves(mailbox, DISPATCHER, number)
    ]
    assert way == [
        ("transferred", COUNTY, OFFICE, COUNTY, "person:county-clerk"),
        ("transferred", ROADS, COUNTY, ROADS, "person:clerk"),
        ("dispatched", None, ROADS, OFFICE, "person:dispatcher"),
    ]
    assert (await moves(mailbox, HEAD, number))[0]["reason"] == WHY["reason"]
    shown = (await mailbox.follow(number, receipt["query_code"])).json()["timeline"]
    assert [(entry["step"], entry["organization"], entry["note"]) for entry in shown[2:4]] == [
        (
            "transferred",
            "340321人民政府",
            f"由市城市管理局转至340321人民政府：{WHY['public_reason']}",
        ),
        (
            "transferred",
            "市政府办公室",
            f"由340321人民政府转至市政府办公室：{WHY['public_reason']}",
        ),
    ]
    assert WHY["reason"] not in str(shown)


async def test_a_transfer_is_announced_without_its_reasons(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    await transfer(mailbox, CLERK, number, "340321")
    type_, data = (await mailbox.announced())[-1]
    assert type_ == "interaction.letter.transferred"
    assert (data["sender"], data["organization"], data["decided_for"]) == (ROADS, COUNTY, ROADS)
    assert not [words for words in WHY.values() if words in str(data)]


async def test_the_third_transfer_is_the_sponsors(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    await transfer(mailbox, CLERK, number, "340321")
    await transfer(mailbox, COUNTY_CLERK, number, "roads")
    refused = await transfer(mailbox, CLERK, number, "340321")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too-many-transfers")
    assert refused.json()["transfers"] == 2
    done = await transfer(mailbox, DISPATCHER, number, "340321")
    assert done.json()["organization"] == COUNTY
    assert (await moves(mailbox, DISPATCHER, number))[0]["decided_for"] == OFFICE


async def test_a_letter_given_back_is_the_clerks_to_dispatch_anew(mailbox: Mailbox) -> None:
    receipt = await mailbox.dispatched()
    number = receipt["number"]
    done = await mailbox.act(CLERK, number, "return", **WHY)
    assert (done.json()["state"], done.json()["organization"]) == ("accepted", None)
    assert done.json()["due_on"] == receipt["due_on"]
    assert (await mailbox.read(CLERK, number)).status_code == 404
    (back, _) = await moves(mailbox, DISPATCHER, number)
    assert (back["kind"], back["sender"], back["receiver"]) == ("given_back", ROADS, OFFICE)
    told = (await mailbox.follow(number, receipt["query_code"])).json()["timeline"][-1]
    assert (told["step_label"], told["organization"]) == ("退回重新分办", None)
    assert told["note"] == f"由市城市管理局退回：{WHY['public_reason']}"
    type_, data = (await mailbox.announced())[-1]
    assert (type_, data["sender"]) == ("interaction.letter.given_back", ROADS)
    again = await mailbox.act(DISPATCHER, number, "dispatch", organization="340321")
    assert again.json()["organization"] == COUNTY


async def test_a_letter_goes_nowhere_twice_and_nowhere_outside(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    for unit, status, problem in (
        ("roads", 409, "/problems/same-unit"),
        ("340400", 409, "/problems/outside-line"),
        ("nobody", 422, "/problems/invalid"),
    ):
        refused = await transfer(mailbox, CLERK, number, unit)
        assert (refused.status_code, refused.json()["type"]) == (status, problem)
    again = await mailbox.act(DISPATCHER, number, "dispatch", organization="340321")
    assert again.json()["type"] == "/problems/already-dispatched"
    wordless = await mailbox.act(CLERK, number, "transfer", organization="340321")
    assert {fault["pointer"] for fault in wordless.json()["faults"]} == {
        "/reason",
        "/public_reason",
    }
    assert len(await mailbox.announced()) == 2


async def test_a_letter_under_review_stays_where_it_is(mailbox: Mailbox) -> None:
    number = (await mailbox.drafted())["number"]
    for act, body in (("transfer", {"organization": "340321"}), ("return", {})):
        refused = await mailbox.act(CLERK, number, act, **WHY, **body)
        assert refused.json()["type"] == "/problems/wrong-state"


@pytest.mark.parametrize(
    ("act", "body"), [("transfer", {"organization": "340321"}), ("return", {})]
)
async def test_moving_a_letter_is_for_its_unit_and_its_site(
    mailbox: Mailbox, act: str, body: dict[str, str]
) -> None:
    number = (await mailbox.dispatched())["number"]
    letter, before = await mailbox.row(number), await mailbox.announced()
    address = f"/v1/letters/{letter.id}/{act}"
    assert (await mailbox.client.post(address, json={**WHY, **body})).status_code == 401
    for actor, status in (
        (HEAD, 403),
        (STRANGER, 404),
        (COUNTY_CLERK, 404),
        (people.person(), 404),
        (people.person(Permission.ANSWER, at=f"{CITY}.road"), 404),
    ):
        refused = await mailbox.act(actor, number, act, **WHY, **body)
        assert refused.status_code == status
    assert await mailbox.announced() == before


async def test_the_way_of_a_letter_is_for_those_who_may_know_of_it(mailbox: Mailbox) -> None:
    number = (await mailbox.dispatched())["number"]
    letter = await mailbox.row(number)
    await transfer(mailbox, CLERK, number, "340321")
    for part in ("moves", "co-handlings"):
        address = f"/v1/letters/{letter.id}/{part}"
        assert (await mailbox.client.get(address)).status_code == 401
        for actor, status in ((CLERK, 404), (people.person(), 404), (COUNTY_CLERK, 200)):
            assert (await mailbox.read(actor, number, f"/{part}")).status_code == status
    old = people.bearer(COUNTY_CLERK, people.NOW.replace(year=2025))
    assert (await mailbox.client.get(address, headers=old)).status_code == 401


async def test_another_sites_clerk_moves_only_their_own(mailbox: Mailbox) -> None:
    number = (await mailbox.write(site_code=OTHER_SITE))["number"]
    refused = await mailbox.act(DISPATCHER, number, "dispatch", organization="roads")
    assert refused.status_code == 404


async def test_a_way_is_read_page_by_page_in_two_queries(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    number = (await mailbox.dispatched())["number"]
    await transfer(mailbox, CLERK, number, "340321")
    letter = await mailbox.row(number)
    address, headers = f"/v1/letters/{letter.id}/moves", people.bearer(DISPATCHER)
    with count_queries(2):
        page = (await mailbox.client.get(f"{address}?first=1", headers=headers)).json()
    rest = await mailbox.client.get(f"{address}?after={page['next']}", headers=headers)
    kinds = [move["kind"] for move in page["items"] + rest.json()["items"]]
    assert kinds == ["transferred", "dispatched"]


async def test_no_move_is_rewritten(mailbox: Mailbox) -> None:
    await mailbox.dispatched()
    for act in (update(Move).values(by="person:nobody"), text("DELETE FROM letter_moves")):
        async with mailbox.sessions() as session:
            with pytest.raises(DBAPIError, match="a move is never changed"):
                await session.execute(act)
