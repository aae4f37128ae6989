import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.interaction.admission import schedule
from services.interaction.admission.challenge import work
from services.interaction.admission.gate import Gate
from services.interaction.admission.gate import gate as gate_of
from services.interaction.admission.models import UsedProof
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.letters.models import Letter
from shared.address import networks
from shared.contracts.admission import Form
from shared.db import Sessions, open_readings, open_sessions, utc_now
from shared.uow import beginner
from tests.services.interaction.conftest import (
    CITY,
    LETTER,
    SITE,
    Clock,
    Mailbox,
    hear,
    organization,
    site,
)
from tests.support.houses import house_on
from tests.support.interaction import interaction_over
from tests.support.proofs import challenge_for, proof_for


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = utc_now()  # the library looks at the machine's clock too
    return clock


@pytest.fixture
def gate() -> Gate:
    return gate_of("a secret for the gate", networks(["127.0.0.0/8"]))


async def send(mailbox: Mailbox, proof: str | None, **over: Any) -> httpx.Response:
    headers = {} if proof is None else {"X-Proof-Of-Work": proof}
    return await mailbox.client.post(
        "/v1/public/letters", json={**LETTER, **over}, headers=headers
    )


async def letters(mailbox: Mailbox) -> int:
    async with mailbox.sessions() as session:
        return len((await session.scalars(select(Letter))).all())


async def test_a_letter_with_its_proof_is_taken_in_and_one_without_is_not(
    mailbox: Mailbox,
) -> None:
    refused = await send(mailbox, None)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/proof-missing")
    assert await letters(mailbox) == 0
    taken = await send(mailbox, await proof_for(mailbox.client, "letter"))
    assert taken.status_code == 201, taken.text


async def test_a_proof_is_good_once(mailbox: Mailbox, clock: Clock) -> None:
    proof = await proof_for(mailbox.client, "letter")
    assert (await send(mailbox, proof)).status_code == 201
    clock.pass_by(minutes=work().minutes - 1)
    again = await send(mailbox, proof, title="又一封")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/proof-replayed")
    assert await letters(mailbox) == 1


async def test_a_refused_letter_leaves_its_proof_good(mailbox: Mailbox) -> None:
    proof = await proof_for(mailbox.client, "letter")
    assert (await send(mailbox, proof, addressee="nobody")).status_code == 422
    assert (await send(mailbox, proof)).status_code == 201


async def test_a_request_sent_again_is_answered_again_with_the_same_proof_or_a_new_one(
    mailbox: Mailbox,
) -> None:
    receipts = []
    for proof in (await proof_for(mailbox.client, "letter"),) * 2 + ("stale",):
        headers = {"X-Proof-Of-Work": proof, "Idempotency-Key": "once"}
        answer = await mailbox.client.post("/v1/public/letters", json=LETTER, headers=headers)
        receipts.append(answer.json())
    assert receipts[0]["number"]
    assert receipts[0] == receipts[1] == receipts[2]
    assert await letters(mailbox) == 1


@pytest.mark.parametrize(
    ("form", "minutes", "problem"),
    [
        ("letter_status", 0, "proof-for-another-form"),
        ("letter", 31, "proof-expired"),
    ],
)
async def test_a_proof_that_does_not_hold_is_told_by_its_name(
    mailbox: Mailbox, clock: Clock, form: str, minutes: int, problem: str
) -> None:
    proof = await proof_for(mailbox.client, form)
    clock.pass_by(minutes=minutes)
    refused = await send(mailbox, proof)
    assert (refused.status_code, refused.json()["type"]) == (422, f"/problems/{problem}")


async def test_a_forged_proof_and_an_endless_one_are_refused(mailbox: Mailbox) -> None:
    forged = await send(mailbox, "eyJjaGFsbGVuZ2UiOiAxfQ==")
    assert forged.json()["type"] == "/problems/proof-forged"
    endless = await send(mailbox, "A" * 5_000)
    assert (endless.status_code, endless.json()["type"]) == (422, "/problems/invalid")


async def test_a_challenge_is_the_document_that_was_signed(mailbox: Mailbox) -> None:
    answer = await mailbox.client.get("/v1/public/challenges/letter")
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.json()["parameters"]) == {
        *("algorithm", "cost", "keyLength", "keyPrefix", "keySignature"),
        *("nonce", "salt", "expiresAt", "data"),
    }
    assert (await challenge_for(mailbox.client, "letter")).to_dict() != answer.json()
    unknown = await mailbox.client.get("/v1/public/challenges/ballot")
    assert unknown.status_code == 422


async def test_used_proofs_are_kept_until_they_would_expire(
    mailbox: Mailbox, sessions: Sessions, clock: Clock
) -> None:
    await send(mailbox, await proof_for(mailbox.client, "letter"))
    clock.pass_by(minutes=work().minutes - 1)
    assert await schedule.forget_used_proofs(sessions, clock.now) == 0
    clock.pass_by(minutes=1)
    assert await schedule.forget_used_proofs(sessions, clock.now) == 1
    async with sessions() as session:
        assert (await session.scalars(select(UsedProof))).all() == []


@pytest.fixture
async def open_to_all(
    engine: AsyncEngine, keyring: Keyring, clock: Clock, gate: Gate
) -> AsyncIterator[httpx.AsyncClient]:
    """The service on connections of its own, for what happens at once."""
    sessions = open_sessions(engine)
    await hear(beginner(sessions, clock, "/interaction"), organization(CITY), site(SITE, CITY))
    house = replace(
        house_on(sessions, "/interaction"), readings=open_readings(engine), clock=clock
    )
    app = interaction_over(house, keyring, gate=gate)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://interaction"
    ) as client:
        yield client


async def test_of_many_that_show_one_proof_at_once_one_gets_in(
    open_to_all: httpx.AsyncClient,
) -> None:
    proof = await proof_for(open_to_all, Form.LETTER)
    answers = await asyncio.gather(
        *(
            open_to_all.post(
                "/v1/public/letters",
                json={**LETTER, "title": f"第{number}封"},
                headers={"X-Proof-Of-Work": proof},
            )
            for number in range(6)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
