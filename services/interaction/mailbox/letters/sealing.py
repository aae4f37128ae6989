"""Seals over what citizens write: one key for each letter, itself wrapped by the mailbox's.

Whoever destroys a letter's wrapped key has erased the letter. Seals are AES-256-GCM, bound to the
letter's number and to what they hold, so that none can stand in for another.
"""

import hmac
from hashlib import sha256
from typing import NamedTuple

from shared.sealing import derive, seal, unseal

NO_DIGEST = bytes(sha256().digest_size)


class LetterKey(NamedTuple):
    """One letter's key, unwrapped for as long as a request needs it."""

    key: bytes
    number: str

    def close(self, nonce: bytes, text: str, what: str) -> bytes:
        """Seal a part of the letter."""
        return seal(self.key, nonce, text.encode(), f"{self.number}/{what}")

    def open(self, sealed: bytes, what: str) -> str:
        """Unseal a part of the letter."""
        return unseal(self.key, sealed, f"{self.number}/{what}").decode()


class Keyring:
    """The mailbox's own keys, all derived from the one secret it is given."""

    def __init__(self, secret: str) -> None:
        self._wrapping = _derived(secret, "letter keys")
        self._codes = _derived(secret, "query codes")
        self._answers = _derived(secret, "answers")

    def wrap(self, letter: LetterKey, nonce: bytes) -> bytes:
        """Return a letter's key as it may be stored."""
        return seal(self._wrapping, nonce, letter.key, letter.number)

    def unwrap(self, wrapped: bytes, number: str) -> LetterKey:
        """Return the key of the letter with this number."""
        return LetterKey(unseal(self._wrapping, wrapped, number), number)

    def code_digest(self, number: str, code: str) -> bytes:
        """Return the one form in which a query code is kept."""
        return _digest(self._codes, number, code)

    def answer_hash(self, number: str, text: str) -> str:
        """Return what binds a review to an answer's text, and tells nobody else a word of it."""
        return _digest(self._answers, number, text).hex()

    def close_code(self, nonce: bytes, number: str, code: str) -> str:
        """Seal a query code for a receipt that is kept in case its writer asks again."""
        return seal(self._codes, nonce, code.encode(), number).hex()

    def open_code(self, number: str, closed: str) -> str:
        """Return the query code of a kept receipt."""
        return unseal(self._codes, bytes.fromhex(closed), number).decode()


def same(shown: bytes, known: bytes) -> bool:
    """Compare digests in a time that tells nothing."""
    return hmac.compare_digest(shown, known)


def _derived(secret: str, purpose: str) -> bytes:
    return derive(secret, f"zhengbu interaction: {purpose}")


def _digest(key: bytes, number: str, text: str) -> bytes:
    return hmac.digest(key, f"{number}\n{text}".encode(), "sha256")
