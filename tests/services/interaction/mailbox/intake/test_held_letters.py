from typing import Any

import pytest

from services.interaction.admission.gate import Gate
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.intake import schedule
from services.interaction.mailbox.intake.holding import Mark, holding
from services.interaction.mailbox.intake.models import LetterMark
from shared.auth import Actor, Permission
from shared.db import Sessions
from shared.ids import new_id
from tests.services.interaction.conftest import (
    CITY,
    CLERK,
    DISPATCHER,
    HEAD,
    LETTER,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support import people
from tests.support.queries import CountQueries

ADVERT = {"title": "代开发票", "text": "专业代开发票，欢迎来电咨询。"}
ELSEWHERE = people.person(Permission.DISPATCH, at=f"{CITY}.roads", name="elsewhere")


async def held(mailbox: Mailbox, actor: Actor, **asked: Any) -> list[dict[str, Any]]:
    answer = await mailbox.client.get(
        "/v1/held-letters", params=asked, headers=people.bearer(actor, mailbox.clock.now)
    )
    assert answer.status_code == 200, answer.text
    letters: list[dict[str, Any]] = answer.json()["items"]
    return letters


async def listed(mailbox: Mailbox, actor: Actor, **asked: str) -> list[str]:
    headers = people.bearer(actor, mailbox.clock.now)
    page = (await mailbox.client.get("/v1/letters", params=asked, headers=headers)).json()
    return [letter["number"] for letter in page["items"]]


async def test_a_held_letter_looks_received_to_its_writer(mailbox: Mailbox) -> None:
    plain, advert = await mailbox.write(), await mailbox.write(**ADVERT)
    statuses = [
        (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
        for receipt in (plain, advert)
    ]
    assert (await mailbox.row(advert["number"])).state == "held"
    assert set(plain) == set(advert)
    for status in statuses:
        del status["number"]
    assert statuses[0] == statuses[1]
    assert statuses[1]["state_label"] == "待受理"


async def test_clerks_see_what_is_held_and_every_reason(mailbox: Mailbox) -> None:
    await mailbox.write()
    receipt = await mailbox.write(**ADVERT)
    (letter,) = await held(mailbox, DISPATCHER)
    assert (letter["number"], letter["title"]) == (receipt["number"], "代开发票")
    assert letter["reasons"] == [{"rule": "listed_words", "label": "含有常见广告用语"}]
    assert letter["held_at"] == "2026-03-02T01:00:00Z"


async def test_what_is_held_stands_in_no_other_list_and_is_told_without_its_number(
    mailbox: Mailbox,
) -> None:
    receipt = await mailbox.write(**ADVERT)
    for actor in (DISPATCHER, HEAD, CLERK):
        assert await listed(mailbox, actor) == []
        assert await listed(mailbox, actor, state="held") == []
    ((kind, told),) = await mailbox.announced()
    letter = await mailbox.row(receipt["number"])
    assert (kind, told) == (
        "interaction.letter.held",
        {
            "letter_id": str(letter.id),
            "kind": "complaint",
            "channel": "web",
            "site_code": letter.site_code,
            "received_on": "2026-03-02",
        },
    )


async def test_a_cleared_letter_is_received_with_the_clock_it_came_with(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.write(**ADVERT)
    clock.pass_by(days=2)
    cleared = await mailbox.act(DISPATCHER, receipt["number"], "clearance")
    assert (cleared.status_code, cleared.json()["state"]) == (200, "received")
    assert cleared.json()["due_on"] == receipt["due_on"]
    assert await held(mailbox, DISPATCHER) == []
    assert await listed(mailbox, DISPATCHER) == [receipt["number"]]
    kinds = [kind for kind, _ in await mailbox.announced()]
    assert kinds == ["interaction.letter.held", "interaction.letter.received"]
    status = (await mailbox.follow(receipt["number"], receipt["query_code"])).json()
    assert [entry["step_label"] for entry in status["timeline"]] == ["收到来信"]
    sent = await mailbox.act(DISPATCHER, receipt["number"], "dispatch", organization="roads")
    assert sent.status_code == 200


async def test_only_what_is_held_is_cleared_and_at_the_version_read(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    refused = await mailbox.act(DISPATCHER, receipt["number"], "clearance")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/wrong-state")
    letter = await mailbox.row((await mailbox.write(**ADVERT))["number"])
    for version, status in ((None, 428), ('"9"', 412)):
        headers = people.bearer(DISPATCHER) | ({"If-Match": version} if version else {})
        path = f"/v1/letters/{letter.id}/clearance"
        assert (await mailbox.client.post(path, headers=headers)).status_code == status


@pytest.mark.parametrize("actor", [CLERK, HEAD, STRANGER, ELSEWHERE, people.person()])
async def test_who_may_not_clear_it_does_not_know_of_it(mailbox: Mailbox, actor: Actor) -> None:
    receipt = await mailbox.write(**ADVERT)
    assert await held(mailbox, actor) == []
    assert (await mailbox.read(actor, receipt["number"])).status_code == 404
    for act in ("clearance", "dispatch"):
        body = {"organization": "roads"} if act == "dispatch" else {}
        assert (await mailbox.act(actor, receipt["number"], act, **body)).status_code == 404


async def test_nobody_without_a_token_sees_or_clears_what_is_held(mailbox: Mailbox) -> None:
    receipt = await mailbox.write(**ADVERT)
    letter = await mailbox.row(receipt["number"])
    assert (await mailbox.client.get("/v1/held-letters")).status_code == 401
    path = f"/v1/letters/{letter.id}/clearance"
    assert (await mailbox.client.post(path, headers={"If-Match": '"1"'})).status_code == 401
    assert receipt["number"] not in (await mailbox.client.get("/v1/public/letters")).text
    public = await mailbox.client.get(f"/v1/public/letters/{receipt['number']}/publication")
    assert public.status_code == 404


async def test_the_same_words_from_many_are_held_and_the_writers_of_the_first_are_not(
    mailbox: Mailbox,
) -> None:
    most = holding().repeated_text.letters
    for number in range(most + 1):
        writer = {"name": "李小龙", "phone": f"1385520{number:04}"}
        await mailbox.write_again(writer=writer)
    (letter,) = await held(mailbox, DISPATCHER)
    assert [reason["rule"] for reason in letter["reasons"]] == ["repeated_text"]
    assert len(await listed(mailbox, DISPATCHER)) == most


async def test_letters_count_from_their_own_address_however_many_come_from_others(
    mailbox: Mailbox, gate: Gate
) -> None:
    await _flood(mailbox, gate, "198.51.100.1", holding().same_place.letters)
    await _flood(mailbox, gate, "198.51.100.2", holding().same_place.letters - 1)
    for number, address in enumerate(("198.51.100.1", "198.51.100.2", "198.51.100.3")):
        answer = await _from(mailbox, address, f"第{number}封来信")
        assert answer.status_code == 201
    assert [letter["title"] for letter in await held(mailbox, DISPATCHER)] == ["第0封来信"]


async def test_ten_thousand_letters_from_one_address_end_with_a_named_refusal(
    mailbox: Mailbox, gate: Gate, clock: Clock, count_queries: CountQueries
) -> None:
    minutes = holding().same_place.minutes
    await _flood(mailbox, gate, "198.51.100.1", holding().refused - 1)
    assert (await _from(mailbox, "198.51.100.1", "最后一封")).status_code == 201
    announced = await mailbox.announced()
    with count_queries(2):  # the site, and what came before
        refused = await _from(mailbox, "198.51.100.1", "再来一封")
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-letters")
    assert int(refused.headers["Retry-After"]) == minutes * 60
    assert await mailbox.announced() == announced
    assert (await _from(mailbox, "198.51.100.2", "邻居来信")).status_code == 201
    clock.pass_by(minutes=minutes)
    assert (await _from(mailbox, "198.51.100.1", "一小时后")).status_code == 201


async def test_marks_are_forgotten_once_they_hold_nothing(
    mailbox: Mailbox, sessions: Sessions, clock: Clock
) -> None:
    await mailbox.write()
    clock.pass_by(minutes=holding().repeated_text.minutes - 1)
    assert await schedule.forget_marks(sessions, clock.now) == 0
    clock.pass_by(minutes=1)
    assert await schedule.forget_marks(sessions, clock.now) == len(Mark)


def test_a_mark_is_known_again_under_its_key_and_for_its_purpose_only(keyring: Keyring) -> None:
    marks = {
        ring.text_digest(f"{what}\n{text}")
        for ring in (keyring, Keyring("another secret of the mailbox"))
        for what in (Mark.PHONE, Mark.TEXT)
        for text in ("13855201234", "13855201235")
    }
    assert len(marks) == 8
    assert keyring.text_digest(f"{Mark.PHONE}\n13855201234") in marks


async def _from(mailbox: Mailbox, address: str, title: str) -> Any:
    writer = {"name": "李小龙", "phone": f"139{sum(map(ord, title)):08}"}
    return await mailbox.client.post(
        "/v1/public/letters",
        json={**LETTER, "title": title, "writer": writer},
        headers={"X-Forwarded-For": address},
    )


async def _flood(mailbox: Mailbox, gate: Gate, address: str, letters: int) -> None:
    """Leave the marks of so many letters from an address."""
    async with mailbox.sessions.begin() as session:
        session.add_all(
            LetterMark(digest=gate.place(address), at=mailbox.clock.now, letter_id=new_id())
            for _ in range(letters)
        )
