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

hasher = PasswordHasher()
NOBODY = hasher.hash("nobody has this password")


class WrongCredentials(Unauthenticated):
    """Login and password, or client and secret, do not belong together."""

    advice = "账号或密码不正确。"


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password that is long enough, or refuse it."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid([Fault("/password", "string_too_short", f"至少{SHORTEST_PASSWORD}个字符。")])
    return hasher.hash(password)


def password_fits(password: str, hashed: str | None) -> bool:
    """Say whether a password is the hashed one; it takes as long when there is none."""
    try:
        return hasher.verify(hashed or NOBODY, password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def secret(chance: str) -> str:
    """Return a secret that scanners recognise: prefix, chance, checksum."""
    return f"{PREFIX}{chance}{zlib.crc32(chance.encode()):08x}"


def digest(of: str) -> bytes:
    """Return what is kept of a secret with enough chance in it to need no slow hash."""
    return sha256(of.encode()).digest()
