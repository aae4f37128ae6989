"""Who acts in a test, and the token that proves it."""

from datetime import UTC, datetime

from argon2 import PasswordHasher
from joserfc.jwk import KeySet, OKPKey

from services.content.staff.credentials import Passwords
from services.content.staff.tokens import public_keys, sign
from shared.auth import Actor, Permission
from shared.statements import StatementKeys

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, 09:00 in Bengbu
ISSUER = "zhengbu"
KEY = OKPKey.generate_key("Ed25519")
STATEMENT_KEYS = StatementKeys(OKPKey.generate_key("Ed25519"), (OKPKey.generate_key("Ed25519"),))
CITY = "340000.340300"


async def keys(_: datetime) -> KeySet:
    return public_keys(KEY)


def person(*permissions: Permission, at: str = CITY, name: str = "editor") -> Actor:
    """Someone who holds these permissions at one organization and below."""
    return Actor(f"person:{name}", at, dict.fromkeys(permissions, (at,)))


def bearer(actor: Actor, now: datetime = NOW) -> dict[str, str]:
    token = sign(actor, KEY, issuer=ISSUER, token_id="1", now=now)  # noqa: S106  # an id
    return {"Authorization": f"Bearer {token}"}


FOUNDING_SECRET = "founding secret of the tests"  # noqa: S105  # of the tests
PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # at once
