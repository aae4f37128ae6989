from typing import Any

import pytest
from sqlalchemy import text

from shared.auth import Permission
from shared.db import Sessions
from tests.services.interaction.conftest import (
    ANSWER,
    CITY,
    CLERK,
    DISPATCHER,
    HEAD,
    LETTER,
    OFFICE,
    OTHER_SITE,
    STRANGER,
    Mailbox,
)
from tests.support.people import person
from tests.support.queries import CountQueries

ADMINISTRATOR = person(Permission.ADMINISTER, at=OFFICE, name="administrator")
PHONE = {"phone": "+86 138-5520-1234"}


async def test_a_writer_gets_all_that_is_held_and_when_staff_saw_it(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered()
    path = f"/v1/public/letters/{receipt['number']}/export"
    headers = {"X-Query-Code": receipt["query_code"]}
    held = (await mailbox.client.get(path, headers=headers)).json()
    assert (held["title"], held["text"]) == (LETTER["title"], LETTER["text"])
    assert (held["writer_name"], held["writer_phone"]) == ("李小龙", "13855201234")
    assert [answer["text"] for answer in held["answers"]] == [ANSWER]
    assert held["accesses"] == [{"at": "2026-03-02T01:00:00Z", "use_label": "查看来信"}]
    assert "head" not in str(held["accesses"])


async def test_a_draft_is_not_among_what_a_writer_gets(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    path = f"/v1/public/letters/{receipt['number']}/export"
    headers = {"X-Query-Code": receipt["query_code"]}
    assert (await mailbox.client.get(path, headers=headers)).json()["answers"] == []
    wrong = await mailbox.client.get(path, headers={"X-Query-Code": "AAAA"})
    assert wrong.json()["type"] == "/problems/no-such-letter"


async def test_letters_of_one_writer_are_found_however_the_number_is_written(
    mailbox: Mailbox,
) -> None:
    writer = LETTER["writer"]
    spaced = await mailbox.write(writer={**writer, "phone": "138 5520 1234"})
    foreign = await mailbox.write(site_code=OTHER_SITE)
    await mailbox.write(writer={**writer, "phone": "13855201235", "email": None})

    async def found(actor: Any, contact: dict[str, str]) -> list[str]:
        answer = await mailbox.post(actor, "/v1/writers/letters", contact)
        assert answer.status_code == 200, answer.text
        return [letter["number"] for letter in answer.json()["items"]]

    assert await found(DISPATCHER, PHONE) == [spaced["number"]]
    assert await found(HEAD, PHONE) == [foreign["number"], spaced["number"]]
    assert await found(CLERK, PHONE) == []
    assert await found(STRANGER, {"email": "LIXIAOLONG@example.com"}) == [foreign["number"]]
    assert await found(DISPATCHER, {"phone": "13855201236"}) == []
    seen = await mailbox.announced(seen=True)
    assert {data["use"] for _, data in seen} == {"sought"}
    assert "5520" not in str(seen)


@pytest.mark.parametrize("contact", [{}, {"phone": "13855201234", "email": "a@b.cn"}])
async def test_one_contact_is_sought_at_a_time(mailbox: Mailbox, contact: dict[str, str]) -> None:
    answer = await mailbox.post(DISPATCHER, "/v1/writers/letters", contact)
    assert answer.status_code == 422


async def test_an_administrator_takes_out_all_that_is_held_of_a_writer(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    numbers = [(await mailbox.answered())["number"] for _ in range(3)]
    await mailbox.write(site_code=OTHER_SITE)
    page = (await mailbox.post(ADMINISTRATOR, "/v1/writers/export", PHONE)).json()
    assert [held["number"] for held in page["items"]] == numbers[::-1]
    assert page["items"][0]["answers"][0]["text"] == ANSWER
    assert page["items"][0]["accesses"][-1]["use_label"] == "导出来信"
    for actor in (DISPATCHER, HEAD, CLERK):
        held = await mailbox.post(actor, "/v1/writers/export", PHONE)
        assert held.json()["items"] == []
    for first in (1, 3):
        with count_queries(8):  # found, their content, four of what is held, and two to note it
            path = f"/v1/writers/export?first={first}"
            await mailbox.post(ADMINISTRATOR, path, PHONE)


async def test_who_saw_a_letter_is_told_to_those_who_administer_its_site(
    mailbox: Mailbox,
) -> None:
    receipt = await mailbox.drafted()
    await mailbox.read(CLERK, receipt["number"])
    await mailbox.read(STRANGER, receipt["number"])
    letter = await mailbox.row(receipt["number"])
    path = f"/v1/letters/{letter.id}/accesses"
    (seen,) = (await mailbox.get(ADMINISTRATOR, path)).json()["items"]
    assert (seen["by"], seen["use_label"]) == (CLERK.id, "查看来信")
    above = person(Permission.ADMINISTER, at=CITY, name="above")
    assert (await mailbox.get(above, path)).status_code == 200
    for actor in (CLERK, HEAD, STRANGER):
        assert (await mailbox.get(actor, path)).status_code == 404


async def test_marks_tell_no_contact(mailbox: Mailbox, sessions: Sessions) -> None:
    await mailbox.write()
    async with sessions() as session:
        rows = (await session.scalars(text("SELECT mark FROM letter_marks"))).all()
    assert len(rows) == 2
    assert not [row for row in rows if b"13855201234" in row or b"lixiaolong" in row]
