import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from altcha import Challenge, Payload, Solution, solve_challenge

from services.interaction.admission.challenge import (
    ProofExpired,
    ProofForAnotherForm,
    ProofForged,
    ProofMissing,
    challenge,
    proven,
    work,
)
from shared.contracts.admission import Form
from shared.db import utc_now
from shared.problem import Problem
from tests.support.proofs import solved

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW = utc_now()  # the library looks at the machine's clock


def first_try(length: int) -> bytes:
    return bytes(length)


def made(form: Form = Form.LETTER, key: bytes = KEY) -> Challenge:
    return Challenge.from_dict(challenge(form, key, NOW, first_try))


PROOF = solved(made())


def told(proof: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(base64.b64decode(proof))
    return document


def shown(document: dict[str, Any]) -> str:
    return base64.b64encode(json.dumps(document).encode()).decode()


def test_a_proof_that_holds_is_known_again_until_it_expires() -> None:
    proof = proven(PROOF, Form.LETTER, KEY, NOW)
    assert proof == proven(PROOF, Form.LETTER, KEY, NOW)
    assert proof.digest != proven(solved(made()), Form.LETTER, KEY, NOW).digest
    assert proof.until == NOW.replace(microsecond=0) + timedelta(minutes=work().minutes)


def test_it_takes_as_many_tries_as_the_figures_say() -> None:
    solution = solve_challenge(made())
    assert solution is not None
    assert work().fewest_tries <= solution.counter < work().most_tries


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_proof_is_named_missing_and_another_way_is_told(nothing: str | None) -> None:
    with pytest.raises(ProofMissing) as missing:
        proven(nothing, Form.LETTER, KEY, NOW)
    assert "打电话" in missing.value.detail


def test_a_proof_for_another_form_is_named_so() -> None:
    with pytest.raises(ProofForAnotherForm):
        proven(PROOF, Form.LETTER_STATUS, KEY, NOW)


def test_a_proof_expires_by_the_clock_that_is_passed_in() -> None:
    later = NOW + timedelta(minutes=work().minutes)
    proven(PROOF, Form.LETTER, KEY, later - timedelta(seconds=1))
    with pytest.raises(ProofExpired):
        proven(PROOF, Form.LETTER, KEY, later)


def test_a_proof_made_long_ago_is_expired() -> None:
    old = Challenge.from_dict(challenge(Form.LETTER, KEY, NOW - timedelta(days=1), first_try))
    with pytest.raises(ProofExpired):
        proven(solved(old), Form.LETTER, KEY, NOW)


def test_a_proof_under_another_key_is_forged() -> None:
    with pytest.raises(ProofForged):
        proven(solved(made(key=OTHER_KEY)), Form.LETTER, KEY, NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"cost": 1},
        {"expiresAt": 99_999_999_999},
        {"expiresAt": None},
        {"expiresAt": "99999999999"},
        {"data": {"form": "letter_status"}},
        {"data": None},
        {"keyPrefix": "", "keySignature": None},
        {"salt": "00"},
        {"nonce": 7},
        {"algorithm": "SHA-256"},
    ],
)
def test_nothing_a_challenge_says_can_be_said_otherwise(change: dict[str, Any]) -> None:
    document = told(PROOF)
    document["challenge"]["parameters"] |= change
    with pytest.raises(ProofForged):
        proven(shown(document), Form.LETTER, KEY, NOW)


def test_no_part_can_be_moved_into_another() -> None:
    """The splicing that ALTCHA's first version allowed: digits that change sides."""
    document = told(PROOF)
    parameters = document["challenge"]["parameters"]
    parameters["nonce"], parameters["salt"] = (
        parameters["nonce"] + parameters["salt"][:2],
        parameters["salt"][2:],
    )
    with pytest.raises(ProofForged):
        proven(shown(document), Form.LETTER, KEY, NOW)


def test_a_solution_of_another_challenge_or_a_guess_is_forged() -> None:
    asked, other = made(), made()
    solution = solve_challenge(other)
    assert solution is not None
    for wrong in (solution, Solution(1000, "00" * 32)):
        with pytest.raises(ProofForged):
            proven(Payload(asked, wrong).to_base64(), Form.LETTER, KEY, NOW)


@pytest.mark.parametrize(
    "odd",
    [
        "x",
        "Zm9v",
        "....",
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b"null").decode(),
        base64.b64encode(b'{"challenge": 1, "solution": 2}').decode(),
        base64.b64encode(b'{"challenge": {"parameters": []}, "solution": {}}').decode(),
        base64.b64encode(b"[" * 1500).decode(),
        base64.b64encode(b"\xff\xfe").decode(),
        "é",
    ],
)
def test_what_is_no_payload_at_all_is_forged_and_no_fault(odd: str) -> None:
    with pytest.raises(ProofForged):
        proven(odd, Form.LETTER, KEY, NOW)


@pytest.mark.parametrize("place", ["parameters", "solution", "challenge"])
@pytest.mark.parametrize("value", [None, 1, "x", [], {}, True])
def test_a_payload_with_odd_parts_is_refused_and_no_fault(place: str, value: object) -> None:
    document = told(PROOF)
    inside = document["challenge"] if place == "parameters" else document
    inside[place] = value
    with pytest.raises(Problem) as refused:
        proven(shown(document), Form.LETTER, KEY, NOW)
    assert refused.value.status == 422
