from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI

from services.interaction.citizens.lockout import patience
from services.interaction.citizens.number import numbered
from shared.db import utc_now
from tests.services.interaction.conftest import SITE, Clock, Mailbox
from tests.support.proofs import proof_for
from tests.support.queries import CountQueries

OFFICE, THIEF = "198.51.100.1", "203.0.113.9"
WRONG = "AAAA-AAAA-AAAA-AAAA"
WHAT_ONE_SAYS = {
    "evaluation": {"satisfaction": "satisfied"},
    "reopening": {"reason": "路灯还是不亮"},
    "erasure": {"reason": "本人申请删除"},
    "consent": {"may_publish": True},
}


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = utc_now()  # the library of proofs looks at the machine's clock too
    return clock


async def show(
    mailbox: Mailbox, number: str, code: str, address: str = OFFICE, proof: str | None = None
) -> int:
    headers = {"X-Query-Code": code, "X-Forwarded-For": address}
    if proof is not None:
        headers["X-Proof-Of-Work"] = proof
    answer = await mailbox.client.get(f"/v1/public/letters/{number}", headers=headers)
    return answer.status_code


async def guess(mailbox: Mailbox, address: str) -> None:
    """Show one wrong code for each of as many numbers as an address may be wrong about."""
    for serial in range(1000, 1000 + patience().place_tries):
        number = numbered(SITE, date(2026, 3, 2), serial)
        assert await show(mailbox, number, WRONG, address) == 404


async def test_who_tries_number_after_number_is_stopped_and_no_other_address_is(
    mailbox: Mailbox, clock: Clock
) -> None:
    receipt = await mailbox.write()
    own = (receipt["number"], receipt["query_code"])
    await guess(mailbox, THIEF)
    for code in (WRONG, receipt["query_code"]):
        assert await show(mailbox, receipt["number"], code, THIEF) == 429
    assert await show(mailbox, *own, OFFICE) == 200
    clock.pass_by(minutes=patience().minutes)
    assert await show(mailbox, *own, THIEF) == 200


async def test_an_office_behind_one_address_goes_on_with_a_proof_of_work(
    mailbox: Mailbox,
) -> None:
    receipt = await mailbox.write()
    own = (receipt["number"], receipt["query_code"])
    await guess(mailbox, OFFICE)
    proof = await proof_for(mailbox.client, "letter_status")
    assert await show(mailbox, *own, OFFICE, proof) == 200
    assert await show(mailbox, *own, OFFICE, proof) == 409
    assert await show(mailbox, *own, OFFICE, "forged") == 422


async def test_nobody_locks_a_writer_out_of_their_own_letter(mailbox: Mailbox) -> None:
    receipt = await mailbox.write()
    for _ in range(patience().tries):
        await show(mailbox, receipt["number"], WRONG, THIEF)
    assert await show(mailbox, receipt["number"], receipt["query_code"]) == 429
    proof = await proof_for(mailbox.client, "letter_status")
    assert await show(mailbox, receipt["number"], receipt["query_code"], proof=proof) == 200


async def test_a_wrong_code_with_a_proof_is_wrong_and_counts(
    mailbox: Mailbox, count_queries: CountQueries
) -> None:
    receipt = await mailbox.write()
    unknown = numbered(SITE, date(2026, 3, 2), 77)
    for number in (receipt["number"], unknown):
        proof = await proof_for(mailbox.client, "letter_status")
        with count_queries(3):  # the proof, the digest, one more wrong code
            assert await show(mailbox, number, WRONG, proof=proof) == 404


async def test_an_address_one_makes_up_before_the_proxy_counts_for_nothing(
    mailbox: Mailbox,
) -> None:
    for serial in range(patience().place_tries):
        number = numbered(SITE, date(2026, 3, 2), serial)
        await show(mailbox, number, WRONG, f"1.2.3.{serial % 250}, {THIEF}")
    assert await show(mailbox, numbered(SITE, date(2026, 3, 2), 5000), WRONG, THIEF) == 429


def by_code(app: FastAPI) -> list[tuple[str, str]]:
    """Return method and path of every operation that a query code opens."""
    return [
        (method, path)
        for path, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
        if any(each["name"] == "X-Query-Code" for each in operation.get("parameters", []))
    ]


async def test_no_road_to_what_was_handed_in_is_a_way_around_this(
    mailbox: Mailbox, app: FastAPI
) -> None:
    await guess(mailbox, THIEF)
    roads = by_code(app)
    assert len(roads) >= 10
    for method, path in roads:
        unknown = numbered(SITE, date(2026, 3, 2), 7)
        address = path.replace("{number}", unknown).replace("{attachment_id}", str(UUID(int=1)))
        shown = {"X-Query-Code": WRONG, "X-Forwarded-For": THIEF}
        body = WHAT_ONE_SAYS.get(path.rsplit("/", 1)[-1])
        stopped = await mailbox.client.request(method, address, json=body, headers=shown)
        assert stopped.status_code == 429, (path, stopped.text)
        assert int(stopped.headers["Retry-After"]) > 0
        proof = {"X-Proof-Of-Work": await proof_for(mailbox.client, "letter_status")}
        tried = await mailbox.client.request(method, address, json=body, headers=shown | proof)
        assert tried.status_code == 404, (path, tried.text)
