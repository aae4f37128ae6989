"""Seals over what citizens write: one key for each writing, itself wrapped by the service's.

Whoever destroys the wrapped key of a letter, an opinion or a question has erased it. Seals are
AES-256-GCM, bound to its number and to what they hold, so that none can stand in for another. The
service's key is replaced by naming the new one beside the former, and wrapping every key anew.
"""

import hmac
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from typing import NamedTuple

from cryptography.exceptions import InvalidTag

from shared.sealing import KEY_BYTES, NONCE_BYTES, derive, seal, unseal


class UnknownKey(Exception):
    """Something was sealed under a key that nobody has named."""


class Wrapped(NamedTuple):
    """A writing's key as it may be stored, and the name of what it is wrapped by."""

    key: bytes
    by: str


class WritingKey(NamedTuple):
    """One writing's key, unwrapped for as long as a request needs it."""

    key: bytes
    number: str

    def close(self, nonce: bytes, text: str, what: str) -> bytes:
        """Seal a part of the writing."""
        return seal(self.key, nonce, text.encode(), f"{self.number}/{what}")

    def open(self, sealed: bytes, what: str) -> str:
        """Unseal a part of the writing."""
        return unseal(self.key, sealed, f"{self.number}/{what}").decode()

    def code_digest(self, code: str) -> bytes:
        """Return the one form in which the writing's query code is kept."""
        return self._digest("query code", code)

    def answer_hash(self, text: str) -> str:
        """Return what binds a review to an answer's text, and tells nobody else a word of it."""
        return self._digest("answer", text).hex()

    def _digest(self, what: str, text: str) -> bytes:
        about = derive(self.key.hex(), f"zhengbu writing: {what}")
        return hmac.digest(about, f"{self.number}\n{text}".encode(), "sha256")


class KeptCode(NamedTuple):
    """What a query code is kept as, and the key of what it opens."""

    digest: bytes
    wrapped: Wrapped


class _Master:
    """Keys derived from one secret."""

    def __init__(self, secret: str) -> None:
        self.name = _derived(secret, "name").hex()[:12]
        self.wrapping = _derived(secret, "letter keys")
        self.receipts = _derived(secret, "receipts")
        self.marks = _derived(secret, "marks of writers")
        self.texts = _derived(secret, "sameness of texts")
        self.text_marks = _derived(secret, "marks of texts")


class Keyring:
    """The service's own keys: those of the present secret, and of former ones not yet done with.

    What is new is sealed under the present one; what is old still opens.
    """

    def __init__(self, secret: str, former: Sequence[str] = ()) -> None:
        self._masters = [_Master(each) for each in (secret, *former)]
        self._nobody = self.wrap(WritingKey(bytes(KEY_BYTES), ""), bytes(NONCE_BYTES))

    @property
    def name(self) -> str:
        """What keys wrapped now are noted as wrapped by."""
        return self._present.name

    def wrap(self, key: WritingKey, nonce: bytes) -> Wrapped:
        """Return a writing's key as it may be stored."""
        return Wrapped(seal(self._present.wrapping, nonce, key.key, key.number), self.name)

    def unwrap(self, wrapped: Wrapped, number: str) -> WritingKey:
        """Return the key of the writing with this number."""
        for master in self._masters:
            if master.name == wrapped.by:
                return WritingKey(unseal(master.wrapping, wrapped.key, number), number)
        raise UnknownKey(wrapped.by)

    def nobodys_key(self) -> WritingKey:
        """Return a key of nothing, at the cost of unwrapping one."""
        return self.unwrap(self._nobody, "")

    def marks(self, contact: str) -> list[bytes]:
        """Return what a writer's contact is looked for as, the present form first.

        A mark says that two writings have the same contact, and to nobody without the key which.
        """
        return [hmac.digest(master.marks, contact.encode(), "sha256") for master in self._masters]

    def text_digest(self, text: str) -> bytes:
        """Return what tells that two texts are the same without telling what they say."""
        return hmac.digest(self._present.texts, text.encode(), "sha256")

    def text_marks(self, pieces: Iterable[str]) -> frozenset[int]:
        """Return by what pieces of a text are compared, and told to nobody without the key."""
        key = self._present.text_marks
        digests = (blake2b(each.encode(), digest_size=8, key=key) for each in pieces)
        return frozenset(int.from_bytes(digest.digest(), signed=True) for digest in digests)

    def close_code(self, nonce: bytes, number: str, code: str) -> str:
        """Seal a query code for a receipt that is kept in case its writer asks again."""
        return seal(self._present.receipts, nonce, code.encode(), number).hex()

    def open_code(self, number: str, closed: str) -> str:
        """Return the query code of a kept receipt."""
        for master in self._masters:
            with suppress(InvalidTag):
                return unseal(master.receipts, bytes.fromhex(closed), number).decode()
        raise UnknownKey(number)

    @property
    def _present(self) -> _Master:
        return self._masters[0]


def same(shown: bytes, known: bytes) -> bool:
    """Compare digests in a time that tells nothing."""
    return hmac.compare_digest(shown, known)


def _derived(secret: str, purpose: str) -> bytes:
    return derive(secret, f"zhengbu interaction: {purpose}")
