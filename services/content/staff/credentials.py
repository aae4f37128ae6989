"""Passwords and secrets: hashed, compared, and hard to try out."""

import zlib
from datetime import timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shared.problem import Fault, Invalid, Unauthenticated

SHORTEST_PASSWORD = 12
REFRESHABLE = timedelta(hours=12)
PREFIX = "zb_"


class WrongCredentials(Unauthenticated):
    """Login and password, or client and secret, do not belong together."""

    advice = "账号或密码不正确。"


class Passwords:
    """How passwords are kept: as argon2id hashes, as slow to try as the hasher makes them."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._nobody = hasher.hash("nobody has this password")

    def hashed(self, password: str) -> str:
        """Return the hash of a password that is long enough, or refuse it."""
        if len(password) < SHORTEST_PASSWORD:
            told = f"至少{SHORTEST_PASSWORD}个字符。"
            raise Invalid([Fault("/password", "string_too_short", told)])
        return self._hasher.hash(password)

    def fit(self, password: str, hashed: str | None) -> bool:
        """Say whether a password is the hashed one; it takes as long when there is none."""
        try:
            return self._hasher.verify(hashed or self._nobody, password) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False


SLOW = Passwords(PasswordHasher())


def secret(chance: str) -> str:
    """Return a secret that scanners recognise: prefix, chance, checksum."""
    return f"{PREFIX}{chance}{zlib.crc32(chance.encode()):08x}"


def digest(of: str) -> bytes:
    """Return what is kept of a secret with enough chance in it to need no slow hash."""
    return sha256(of.encode()).digest()
