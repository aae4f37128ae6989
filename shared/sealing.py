"""Seals over what the database must not tell: AES-256-GCM under keys derived from one secret.

A seal is bound to what it holds, so that none can stand in for another.
"""

from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
Chance = Callable[[int], bytes]


def derive(secret: str, about: str) -> bytes:
    """Return the key a secret gives for one purpose."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=about.encode()).derive(secret.encode())


def seal(key: bytes, nonce: bytes, plain: bytes, about: str) -> bytes:
    """Close `plain`; `about` says what it is, and must be said again to open it."""
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """Open a seal, or fail if it was tampered with or is about something else."""
    return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())
