"""What units write among themselves reaches no writer, no public, no other unit."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from shared.auth import Actor, Permission
from tests.services.interaction.conftest import (
    ANSWER,
    CITY,
    CLERK,
    COUNTY,
    DISPATCHER,
    HEAD,
    OFFICE,
    ROADS,
    STRANGER,
    Mailbox,
)
from tests.services.interaction.mailbox.conftest import Library
from tests.support import people

MARKER = "麒麟阁"
NEIGHBOUR = people.person(*Permission, at=f"{CITY}.road", name="neighbour")
FORMER = people.person(at=ROADS, name="former-delegate")
KEY = Actor(
    "client:key", CITY, dict.fromkeys(Permission, (CITY,)), sites=frozenset({"3403210001"})
)
COUNTY_CLERK = people.person(Permission.ANSWER, at=COUNTY, name="county-clerk")
ROUTES: list[tuple[str, str, Any]] = [
    ("GET", "draft", None),
    ("PUT", "draft", {"text": MARKER}),
    ("POST", "draft/entries", {"entry_id": str(uuid4())}),
    ("POST", "draft/submission", {"draft_version": 1}),
    ("POST", "answer", {"text": ANSWER}),
    ("POST", "answer/withdrawal", None),
    ("POST", "answer/review", {"verdict": "approve", "answer_hash": "0" * 64}),
    ("GET", "answers", None),
    ("GET", "notes", None),
    ("POST", "notes", {"text": MARKER}),
]


async def hidden(mailbox: Mailbox) -> dict[str, Any]:
    """Leave the marker in a note, a returned answer, a withdrawn one and a draft."""
    receipt = await mailbox.dispatched()
    number = receipt["number"]
    await mailbox.beside(CLERK, number, "POST", "notes", {"text": MARKER})
    await mailbox.act(CLERK, number, "answer", text=ANSWER + MARKER)
    await mailbox.review(number, "return", f"请删去{MARKER}")
    await mailbox.act(CLERK, number, "answer", text=ANSWER + MARKER)
    await mailbox.act(CLERK, number, "answer/withdrawal")
    return receipt


async def seen_by_the_public(mailbox: Mailbox, receipt: dict[str, Any]) -> str:
    shown = [(await mailbox.follow(receipt["number"], receipt["query_code"])).text]
    number = receipt["number"]
    paths = ("", f"/{number}/publication", f"/{number}")
    shown += [(await mailbox.client.get(f"/v1/public/letters{path}")).text for path in paths]
    quoting = await mailbox.send(HEAD, "GET", f"/v1/published-letters?quoting={MARKER}的")
    return "\n".join([*shown, quoting.text, str(await mailbox.announced())])


async def test_writers_the_public_and_events_hold_nothing_units_write_among_themselves(
    mailbox: Mailbox, library: Library
) -> None:
    receipt = await hidden(mailbox)
    await library.written(title=MARKER, text=f"{MARKER}的口径，仅供内部讨论使用。")
    assert MARKER not in await seen_by_the_public(mailbox, receipt)
    await mailbox.act(CLERK, receipt["number"], "answer", text=ANSWER)
    await mailbox.review(receipt["number"], "approve", "已核实")
    await mailbox.beside(CLERK, receipt["number"], "PUT", "draft", {"text": MARKER})
    await mailbox.act(CLERK, receipt["number"], "answer", text=ANSWER + MARKER)
    assert (await mailbox.act(HEAD, receipt["number"], "publication")).status_code == 200
    public = await seen_by_the_public(mailbox, receipt)
    assert MARKER not in public
    assert ANSWER in public


@pytest.mark.parametrize("actor", [STRANGER, NEIGHBOUR, FORMER, KEY], ids=lambda who: str(who.id))
@pytest.mark.parametrize(("method", "what", "body"), ROUTES)
async def test_who_has_no_authority_over_the_letter_learns_not_even_that_it_exists(
    mailbox: Mailbox, actor: Actor, method: str, what: str, body: Any
) -> None:
    number = (await hidden(mailbox))["number"]
    before = await mailbox.announced()
    version = None if what in {"draft", "draft/entries"} else (await mailbox.row(number)).version
    refused = await mailbox.beside(actor, number, method, what, body, version)
    missing = await mailbox.send(actor, method, f"/v1/letters/{uuid4()}/{what}", body, version)
    assert refused.status_code == missing.status_code == 404
    assert refused.json() | {"request_id": ""} == missing.json() | {"request_id": ""}
    assert await mailbox.announced() == before


@pytest.mark.parametrize(("method", "what", "body"), ROUTES)
async def test_nobody_comes_in_without_a_token_or_with_one_that_ran_out(
    mailbox: Mailbox, method: str, what: str, body: Any
) -> None:
    letter = await mailbox.row((await hidden(mailbox))["number"])
    path = f"/v1/letters/{letter.id}/{what}"
    expired = people.bearer(CLERK, mailbox.clock.now - timedelta(hours=1))
    for headers in ({}, expired):
        match = headers | {"If-Match": f'"{letter.version}"'}
        answer = await mailbox.client.request(method, path, json=body, headers=match)
        assert answer.status_code == 401


@pytest.mark.parametrize("what", ["draft", "answers", "notes"])
async def test_a_unit_the_letter_was_passed_on_to_sees_nothing_the_former_one_wrote(
    mailbox: Mailbox, what: str
) -> None:
    number = (await hidden(mailbox))["number"]
    moved = await mailbox.transferred(number, "340321")
    assert moved.status_code == 200
    shown = await mailbox.beside(COUNTY_CLERK, number, "GET", what)
    if what == "notes":  # for whoever works on the letter, the next unit too
        assert MARKER in shown.text
    else:
        assert MARKER not in shown.text
    opened = await mailbox.read(COUNTY_CLERK, number)
    assert opened.status_code == 200
    assert MARKER not in opened.text
    assert (opened.json()["answer"], opened.json()["draft_saved_at"]) == (None, None)
    assert (await mailbox.beside(CLERK, number, "GET", what)).status_code == 404


@pytest.mark.parametrize(
    "actor",
    [
        DISPATCHER,
        people.person(Permission.REVIEW_ANSWER, at=OFFICE, name="office-head"),
        people.person(Permission.REVIEW_ANSWER, at=ROADS, name="roads-head"),
    ],
    ids=lambda who: str(who.id),
)
async def test_a_working_draft_is_its_own_units_clerks_alone(
    mailbox: Mailbox, actor: Actor
) -> None:
    number = (await hidden(mailbox))["number"]
    assert (await mailbox.beside(CLERK, number, "GET", "draft")).status_code == 200
    assert (await mailbox.beside(actor, number, "GET", "draft")).status_code == 404
    assert (await mailbox.read(actor, number)).json()["draft_saved_at"] is None
    for method, what, body in ROUTES[1:4]:
        version = (await mailbox.row(number)).version if what == "draft/submission" else None
        refused = await mailbox.beside(actor, number, method, what, body, version)
        assert refused.status_code == 403


async def test_kept_answers_to_keyed_requests_hold_nothing_that_was_written(
    mailbox: Mailbox,
) -> None:
    number = (await mailbox.dispatched())["number"]
    letter = await mailbox.row(number)
    headers = people.bearer(CLERK)
    for at, (method, what, body) in enumerate(
        (("PUT", "draft", {"text": MARKER}), ("POST", "notes", {"text": MARKER}))
    ):
        keyed = headers | {"Idempotency-Key": f"key-{at}"}
        answers = [
            await mailbox.client.request(
                method, f"/v1/letters/{letter.id}/{what}", json=body, headers=keyed
            )
            for _ in range(2)
        ]
        assert answers[0].json() == answers[1].json()
        assert MARKER not in answers[1].text
    assert (await mailbox.read(CLERK, number)).json()["notes"] == 1
