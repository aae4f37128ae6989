"""Passes to answer with, marks that they were used, and seals over texts.

A mark tells nobody which pass it is of, and those of two surveys cannot be laid side by side.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from uuid import UUID

from services.interaction.citizens.query_code import as_typed
from shared.problem import Forbidden
from shared.sealing import derive, seal, unseal

TOKEN_BYTES = 16
PROOF_BYTES = 16


class UnknownPass(Forbidden):
    """No such pass was handed out to answer this survey with."""

    advice = "参与凭证或邀请码无效，请核对后重试。"


class AnswerKeys:
    """The keys of surveys, all derived from the one secret they are given."""

    def __init__(self, secret: str) -> None:
        self._tokens = _derived(secret, "device tokens")
        self._marks = _derived(secret, "marks of passes")
        self._texts = _derived(secret, "texts of responses")

    def token(self, chance: bytes) -> str:
        """Return a device's token: chance, and the proof that it was handed out here."""
        return urlsafe_b64encode(chance + self._proof(chance)).decode().rstrip("=")

    def device_mark(self, survey_id: UUID, token: str) -> bytes:
        """Return the mark of a device at a survey, or refuse a token that was made elsewhere."""
        try:
            told = urlsafe_b64decode(token.encode() + b"==")
        except ValueError:
            raise UnknownPass from None
        chance, proof = told[:TOKEN_BYTES], told[TOKEN_BYTES:]
        if not hmac.compare_digest(proof, self._proof(chance)):
            raise UnknownPass
        # Of the chance alone: one token can be written in several ways.
        return self._mark(survey_id, chance)

    def code_mark(self, survey_id: UUID, code: str) -> bytes:
        """Return the mark of an invitation, however its code was typed."""
        return self._mark(survey_id, as_typed(code).encode())

    def close(self, nonce: bytes, response_id: UUID, texts: Mapping[str, str]) -> bytes:
        """Seal what a respondent wrote."""
        plain = json.dumps(dict(texts), ensure_ascii=False).encode()
        return seal(self._texts, nonce, plain, str(response_id))

    def open(self, sealed: bytes, response_id: UUID) -> dict[str, str]:
        """Return what a respondent wrote."""
        texts: dict[str, str] = json.loads(unseal(self._texts, sealed, str(response_id)))
        return texts

    def _proof(self, chance: bytes) -> bytes:
        return hmac.digest(self._tokens, chance, "sha256")[:PROOF_BYTES]

    def _mark(self, survey_id: UUID, pass_: bytes) -> bytes:
        return hmac.digest(self._marks, survey_id.bytes + pass_, "sha256")


def _derived(secret: str, purpose: str) -> bytes:
    return derive(secret, f"zhengbu surveys: {purpose}")
