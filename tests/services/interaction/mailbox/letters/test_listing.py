from typing import Any

import pytest

from shared.auth import Permission
from tests.services.interaction.conftest import (
    CITY,
    CLERK,
    DISPATCHER,
    HEAD,
    OTHER_SITE,
    SITE,
    STRANGER,
    Clock,
    Mailbox,
)
from tests.support import people
from tests.support.queries import CountQueries


async def listed(mailbox: Mailbox, **asked: Any) -> list[str]:
    answer = await mailbox.client.get(
        "/v1/letters", params=asked, headers=people.bearer(HEAD, mailbox.clock.now)
    )
    assert answer.status_code == 200, answer.text
    return [letter["number"] for letter in answer.json()["items"]]


async def test_letters_are_found_by_what_clerks_ask_for(
    mailbox: Mailbox, clock: Clock, count_queries: CountQueries
) -> None:
    late = (await mailbox.dispatched())["number"]
    clock.pass_by(days=22)
    urgent = (await mailbox.write(kind="praise"))["number"]
    await mailbox.act(DISPATCHER, urgent, "urgency", method="PUT", urgency="urgent")
    foreign = (await mailbox.write(site_code=OTHER_SITE, kind="consultation"))["number"]
    for asked, expected in (
        ({}, [foreign, urgent, late]),
        ({"state": "received"}, [foreign, urgent]),
        ({"state_type": "waiting"}, [foreign, urgent]),
        ({"state_type": "open"}, [late]),
        ({"state_type": "answered"}, []),
        ({"kind": "praise"}, [urgent]),
        ({"urgency": "urgent"}, [urgent]),
        ({"site_code": SITE}, [urgent, late]),
        ({"organization": "roads"}, [late]),
        ({"organization": "340321"}, []),
        ({"organization": "nobody"}, []),
        ({"number": f" {late} ".strip()}, [late]),
        ({"number": "3403000006-20260302-9999-17"}, []),
        ({"overdue": True}, [late]),
        ({"overdue": True, "kind": "praise"}, []),
    ):
        with count_queries(1):
            assert await listed(mailbox, **asked) == expected, asked


async def test_what_waits_for_a_letter_is_listed_by_it(mailbox: Mailbox) -> None:
    lead, other = [(await mailbox.write())["number"] for _ in range(2)]
    letters = {number: str((await mailbox.row(number)).id) for number in (lead, other)}
    await mailbox.act(DISPATCHER, lead, "merger", letters=[letters[other]])
    assert await listed(mailbox, lead_id=letters[lead]) == [other]
    assert await listed(mailbox, lead_id=letters[other]) == []


async def test_an_answered_letter_is_overdue_no_more(mailbox: Mailbox, clock: Clock) -> None:
    number = (await mailbox.drafted())["number"]
    clock.pass_by(days=30)
    assert await listed(mailbox, overdue=True) == [number]
    await mailbox.review(number, "approve")
    assert await listed(mailbox, overdue=True) == []


async def test_what_waits_at_the_desk_is_counted_in_one_query(
    mailbox: Mailbox, clock: Clock, count_queries: CountQueries
) -> None:
    await mailbox.dispatched()
    await mailbox.answered()
    clock.pass_by(days=22)
    await mailbox.write()
    await mailbox.write(site_code=OTHER_SITE)
    for actor, received, dispatched, overdue in (
        (HEAD, 2, 1, 1),
        (DISPATCHER, 1, 1, 1),
        (CLERK, 0, 1, 1),
        (STRANGER, 1, 0, 0),
        (people.person(), 0, 0, 0),
    ):
        headers = people.bearer(actor, clock.now)
        with count_queries(1):
            found = (await mailbox.client.get("/v1/letter-counts", headers=headers)).json()
        counted = {each["state"]: each["letters"] for each in found["states"]}
        assert counted == {
            "held": 0,
            "received": received,
            "accepted": 0,
            "dispatched": dispatched,
            "drafted": 0,
        }
        assert (found["overdue"], found["at_most"]) == (overdue, 1000)
    assert (await mailbox.client.get("/v1/letter-counts")).status_code == 401


@pytest.mark.parametrize("asked", ["state=lost", "number=%00", "organization=%25", "unit=roads"])
async def test_what_nobody_can_ask_for_is_refused(mailbox: Mailbox, asked: str) -> None:
    headers = people.bearer(people.person(Permission.DISPATCH, at=CITY))
    answer = await mailbox.client.get(f"/v1/letters?{asked}", headers=headers)
    assert answer.status_code == 422
