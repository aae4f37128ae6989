from typing import Any

import pytest
from sqlalchemy import select, text

from services.interaction.mailbox.letters.models import SealedContent, WriterMark
from services.interaction.mailbox.privacy import schedule
from shared.auth import Permission
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import (
    ANSWER,
    CLERK,
    DISPATCHER,
    HEAD,
    LETTER,
    OFFICE,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support.people import person

ADMINISTRATOR = person(Permission.ADMINISTER, at=OFFICE, name="administrator")
ASKING = {"reason": "本人申请删除"}


async def asked_by_writer(mailbox: Mailbox, receipt: dict[str, Any]) -> dict[str, Any]:
    answer = await mailbox.client.post(
        f"/v1/public/letters/{receipt['number']}/erasure",
        json=ASKING,
        headers={"X-Query-Code": receipt["query_code"]},
    )
    assert answer.status_code == 201, answer.text
    request: dict[str, Any] = answer.json()
    return request


async def erased(mailbox: Mailbox) -> dict[str, Any]:
    receipt = await mailbox.published()
    request = await asked_by_writer(mailbox, receipt)
    path = f"/v1/letter-erasures/{request['id']}/decision"
    done = await mailbox.post(ADMINISTRATOR, path, {"erase": True}, request["version"])
    assert done.status_code == 200, done.text
    assert done.json()["state_label"] == "已删除"
    return receipt


async def test_an_erased_letter_leaves_no_word_behind(
    mailbox: Mailbox, sessions: Sessions
) -> None:
    receipt = await erased(mailbox)
    async with sessions() as session:
        assert (await session.scalars(select(SealedContent))).all() == []
        assert (await session.scalars(select(WriterMark))).all() == []
        left = "SELECT count(*) FROM letter_steps WHERE sealed_note IS NOT NULL"
        assert await session.scalar(text(left)) == 0
    status = await mailbox.follow(receipt["number"], receipt["query_code"])
    unknown = await mailbox.follow("3403000006-20260302-9999-99", receipt["query_code"])
    assert (status.status_code, status.json()["type"]) == (404, unknown.json()["type"])
    page = await mailbox.get(None, f"/v1/public/letters/{receipt['number']}/publication")
    assert page.status_code == 404


async def test_clerks_see_that_it_was_there_and_cannot_work_on_it(mailbox: Mailbox) -> None:
    receipt = await erased(mailbox)
    (listed,) = (await mailbox.get(HEAD, "/v1/letters")).json()["items"]
    assert (listed["title"], listed["erased_on"]) == (None, "2026-03-02")
    assert (listed["answered_on"], listed["published_on"]) == ("2026-03-02", None)
    opened = await mailbox.read(HEAD, receipt["number"])
    assert (opened.status_code, opened.json()["type"]) == (410, "/problems/erased")
    published = await mailbox.act(HEAD, receipt["number"], "publication")
    assert published.json()["type"] == "/problems/erased"


async def test_what_is_announced_tells_nothing_of_the_writer(mailbox: Mailbox) -> None:
    await erased(mailbox)
    told = await mailbox.announced()
    assert [type_ for type_, _ in told][-3:] == [
        "interaction.erasure.asked",
        "interaction.letter.unpublished",
        "interaction.letter.erased",
    ]
    words = (*LETTER["writer"].values(), LETTER["title"], LETTER["text"], ANSWER, ASKING["reason"])
    assert not [word for word in words if word in str(told)]


async def test_an_open_letter_is_not_erased(mailbox: Mailbox) -> None:
    receipt = await mailbox.drafted()
    letter = await mailbox.row(receipt["number"])
    answer = await mailbox.post(DISPATCHER, f"/v1/letters/{letter.id}/erasure", ASKING)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/still-open")


async def test_who_asked_does_not_decide_and_nobody_asks_twice(mailbox: Mailbox) -> None:
    both = person(Permission.ADMINISTER, Permission.DISPATCH, at=OFFICE, name="both")
    letter = await mailbox.row((await mailbox.answered())["number"])
    path = f"/v1/letters/{letter.id}/erasure"
    request = (await mailbox.post(both, path, ASKING)).json()
    again = await mailbox.post(DISPATCHER, path, ASKING)
    assert again.json()["type"] == "/problems/erasure-already-asked"
    decision = f"/v1/letter-erasures/{request['id']}/decision"
    own = await mailbox.post(both, decision, {"erase": True}, request["version"])
    assert own.json()["type"] == "/problems/own-request"
    why = await mailbox.post(ADMINISTRATOR, decision, {"erase": False}, request["version"])
    assert why.json()["faults"][0]["pointer"] == "/reason"
    no = {"erase": False, "reason": "应归档保存"}
    refused = await mailbox.post(ADMINISTRATOR, decision, no, request["version"])
    assert refused.json()["state"] == "refused"
    assert (await mailbox.read(HEAD, (await mailbox.row(letter.number)).number)).status_code == 200
    anew = await mailbox.post(DISPATCHER, path, ASKING)
    assert anew.status_code == 201


@pytest.mark.parametrize(
    ("actor", "status"), [(CLERK, 403), (HEAD, 403), (STRANGER, 404), (person(), 404)]
)
async def test_asking_takes_authority_over_the_site(
    mailbox: Mailbox, actor: Any, status: int
) -> None:
    letter = await mailbox.row((await mailbox.answered())["number"])
    answer = await mailbox.post(actor, f"/v1/letters/{letter.id}/erasure", ASKING)
    assert answer.status_code == status


async def test_a_wrong_code_asks_nothing_and_counts(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered()
    path = f"/v1/public/letters/{receipt['number']}/erasure"
    for _ in range(10):
        wrong = await mailbox.client.post(path, json=ASKING, headers={"X-Query-Code": "AAAA"})
        assert wrong.json()["type"] == "/problems/no-such-letter"
    code = {"X-Query-Code": receipt["query_code"]}
    locked = await mailbox.client.post(path, json=ASKING, headers=code)
    assert (locked.status_code, int(locked.headers["Retry-After"]) > 0) == (429, True)
    assert (await mailbox.get(ADMINISTRATOR, "/v1/letter-erasures")).json()["items"] == []


async def test_requests_are_listed_for_those_who_decide(mailbox: Mailbox) -> None:
    receipt = await mailbox.answered()
    await asked_by_writer(mailbox, receipt)
    for actor, count in ((ADMINISTRATOR, 1), (DISPATCHER, 1), (CLERK, 0), (STRANGER, 0)):
        page = (await mailbox.get(actor, "/v1/letter-erasures", state="asked")).json()
        assert len(page["items"]) == count
        assert "本人申请删除" not in str(page)


async def test_after_its_years_a_letter_is_erased_by_rule(
    mailbox: Mailbox, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    old, still_open = await mailbox.published(), await mailbox.dispatched()
    clock.pass_by(days=3652)
    assert await schedule.end_retention(sessions, begin, clock.now) == 0
    clock.pass_by(days=2)
    assert await schedule.end_retention(sessions, begin, clock.now) == 1
    assert await schedule.end_retention(sessions, begin, clock.now) == 0
    assert (await mailbox.row(old["number"])).erased_on is not None
    assert (await mailbox.row(still_open["number"])).erased_on is None
    type_, data = (await mailbox.announced())[-1]
    assert (type_, data["by_rule"]) == ("interaction.letter.erased", True)
