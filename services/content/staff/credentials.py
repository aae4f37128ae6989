"""Passwords and secrets: hashed, compared, and hard to try out."""

import hmac
import zlib
from datetime import timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shared.problem import Fault, Invalid, TooManyRequests, Unauthenticated

MOST_FAILURES = 10
FORGOTTEN_AFTER = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
REFRESHABLE = timedelta(hours=12)
PREFIX = "zb_"

hasher = PasswordHasher()
NOBODY = hasher.hash("nobody has this password")


class WrongCredentials(Unauthenticated):
    """Login and password, or client and secret, do not belong together."""

    advice = "账号或密码不正确。"


class TooManyFailures(TooManyRequests):
    """Logging in with this name failed too often; wait a while."""

    advice = "该账号登录失败次数过多，请十五分钟后再试。"


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


def secret_fits(given: str, kept: bytes) -> bool:
    """Say whether a secret is the one whose digest was kept, in constant time."""
    return hmac.compare_digest(digest(given), kept)
