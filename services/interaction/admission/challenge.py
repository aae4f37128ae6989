"""Challenges and their proofs: made and checked by ALTCHA's own library, each good for one form.

All that a challenge says is signed as one JSON document, so that no part of it can be read as
another. The library looks at the machine's clock too, which can only refuse more.
"""

import hmac
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

import altcha

from shared.contracts.admission import Form
from shared.figures import Figures, Source, read
from shared.problem import Conflict, Unprocessable
from shared.sealing import Chance

COUNTER_BYTES = 8


class Work(Figures):
    """How much work is asked for, and how long there is to do it."""

    source: Source
    algorithm: str
    cost: int
    fewest_tries: int
    most_tries: int
    minutes: int


@cache
def work() -> Work:
    """Return the figures this version was made with."""
    return read(Work, __package__, "proof.yaml")


class ProofMissing(Unprocessable):
    """A proof of work must come with this form."""

    advice = "提交前请先完成页面上的验证；无法完成的，可以打电话、寄信或来访，由工作人员代为登记。"


class ProofForged(Unprocessable):
    """The proof of work does not hold."""

    advice = "验证未通过，请重新验证后提交。"


class ProofExpired(Unprocessable):
    """The proof of work is too old."""

    advice = "验证已过期，请重新验证后提交，已填写的内容不用改。"


class ProofForAnotherForm(Unprocessable):
    """The proof of work was made for another form."""

    advice = "此验证不用于这张表单，请在本页重新验证后提交。"


class ProofReplayed(Conflict):
    """The proof of work was used before."""

    advice = "此验证已经用过，请重新验证后提交。"


class Proof(NamedTuple):
    """A proof that holds: what it is known again by, and until when that matters."""

    digest: bytes
    until: datetime


def challenge(form: Form, key: bytes, now: datetime, chance: Chance) -> dict[str, Any]:
    """Return work that lets one `form` in, as the widget reads it."""
    asked = work()
    spread = asked.most_tries - asked.fewest_tries
    tries = asked.fewest_tries + int.from_bytes(chance(COUNTER_BYTES)) % spread
    made = altcha.create_challenge(
        asked.algorithm,
        asked.cost,
        counter=tries,
        expires_at=now + timedelta(minutes=asked.minutes),
        data={"form": form.value},
        hmac_secret=key,
        hmac_key_secret=_of_solutions(key),
    )
    return made.to_dict()


def proven(shown: str | None, form: Form, key: bytes, now: datetime) -> Proof:
    """Return what a proof is known by, or say which way it does not let this `form` in."""
    if not shown:
        raise ProofMissing
    payload = _read(shown)
    told = payload.challenge.parameters
    result = altcha.verify_solution(payload, key, hmac_key_secret=_of_solutions(key))
    if result.expired:
        raise ProofExpired
    if not result.verified or not isinstance(told.expires_at, int):
        raise ProofForged
    until = datetime.fromtimestamp(told.expires_at, UTC)
    if until <= now:
        raise ProofExpired
    if told.data != {"form": form.value}:
        raise ProofForAnotherForm
    return Proof(sha256(str(payload.challenge.signature).encode()).digest(), until)


def _of_solutions(key: bytes) -> bytes:
    """Return another key: what signs challenges signs nothing else."""
    return hmac.digest(key, b"solutions", sha256)


def _read(shown: str) -> altcha.Payload:
    try:
        return altcha.Payload.from_base64(shown)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ProofForged from None
