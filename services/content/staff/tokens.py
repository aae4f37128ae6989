"""Access tokens: short-lived, signed with Ed25519, carrying what the bearer may do where."""

from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from shared.auth import ALGORITHM, AUDIENCE, Actor
from shared.settings import DEMONSTRATION

LIFETIME = timedelta(minutes=15)


def sign(
    actor: Actor,
    key: OKPKey,
    *,
    issuer: str,
    token_id: str,
    now: datetime,
    until: datetime | None = None,
) -> str:
    """Return the access token that speaks for `actor` a quarter of an hour, or till `until`."""
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": actor.id,
        "org": actor.organization,
        "grants": {permission: list(paths) for permission, paths in actor.grants.items()},
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime(now, until)).timestamp()),
        "jti": token_id,
        **_scope(actor),
    }
    header = {"alg": ALGORITHM, "kid": key.thumbprint()}
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def lifetime(now: datetime, until: datetime | None) -> timedelta:
    """Return how long a token lives whose authority ends at `until`, if it ends."""
    return LIFETIME if until is None else max(timedelta(), min(LIFETIME, until - now))


def _scope(actor: Actor) -> dict[str, Any]:
    claims: dict[str, Any] = {}
    if actor.sites is not None:
        claims["sites"] = sorted(actor.sites)
    if actor.columns is not None:
        claims["columns"] = sorted(map(str, actor.columns))
    if actor.session:
        claims["sid"] = actor.session
    return claims


def public_keys(*keys: OKPKey) -> KeySet:
    """Return the keys others verify tokens by, named by their thumbprints (RFC 7638)."""
    named = [key.as_dict(private=False) | {"kid": key.thumbprint(), "use": "sig"} for key in keys]
    return KeySet([OKPKey.import_key(key) for key in named])


def signing_key(seed: str) -> OKPKey:
    """Return the Ed25519 key whose private part is this seed of 64 hex digits."""
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed.removeprefix(DEMONSTRATION)))
    return OKPKey.import_key(
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )


def public_key(x: str) -> OKPKey:
    """Return the Ed25519 key that a JWKS shows by this `x`."""
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": x})
