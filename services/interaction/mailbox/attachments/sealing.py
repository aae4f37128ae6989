"""Seals over files: one key for each, so that a file changes hands without being sealed anew.

The mailbox's key wraps a file's key until a letter names the file, and the letter's key does from
then on: whoever destroys a letter's key has erased its files. A second wrapping, which the worker
can open, is destroyed once the file was judged.
"""

from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from services.interaction.citizens.sealing import Keyring, Wrapped, WritingKey
from shared.sealing import derive, seal, unseal


class FileKey(NamedTuple):
    """One file's key, unwrapped for as long as it is needed."""

    key: bytes
    file: UUID

    def close(self, nonce: bytes, data: bytes, what: str) -> bytes:
        """Seal the file, its name or what was made of it."""
        return seal(self.key, nonce, data, f"{self.file}/{what}")

    def open(self, sealed: bytes, what: str) -> bytes:
        """Unseal what `close` sealed."""
        return unseal(self.key, sealed, f"{self.file}/{what}")


class JudgingKey:
    """What the worker holds: it opens files that wait to be judged, and nothing else."""

    def __init__(self, secret: str) -> None:
        self._key = derive(secret, "zhengbu interaction: attachments to judge")

    def wrap(self, file: FileKey, nonce: bytes) -> bytes:
        """Return a file's key as the worker finds it."""
        return seal(self._key, nonce, file.key, f"attachment {file.file}")

    def unwrap(self, wrapped: bytes, file: UUID) -> FileKey:
        """Return the key of a file that waits to be judged."""
        return FileKey(unseal(self._key, wrapped, f"attachment {file}"), file)


def wrap_for_mailbox(file: FileKey, keyring: Keyring, nonce: bytes) -> Wrapped:
    """Return the key of a file that no letter names yet, as it may be stored."""
    return keyring.wrap(WritingKey(file.key, f"attachment {file.file}"), nonce)


def unwrap_for_mailbox(wrapped: Wrapped, file: UUID, keyring: Keyring) -> FileKey:
    """Return the key of a file that no letter names yet."""
    return FileKey(keyring.unwrap(wrapped, f"attachment {file}").key, file)


def wrap_for_letter(file: FileKey, letter: WritingKey, nonce: bytes) -> bytes:
    """Return the key of a letter's file, as it may be stored."""
    return seal(letter.key, nonce, file.key, f"{letter.number}/attachment {file.file}")


def unwrap_for_letter(wrapped: bytes, file: UUID, letter: WritingKey) -> FileKey:
    """Return the key of a letter's file."""
    return FileKey(unseal(letter.key, wrapped, f"{letter.number}/attachment {file}"), file)


def claim_digest(claim: str) -> bytes:
    """Return the one form in which a claim is kept; it is too long to be tried out."""
    return sha256(claim.encode()).digest()
