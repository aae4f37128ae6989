"""What an outside issuer says of somebody (OpenID Connect), and whether to believe it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.content.settings import TrustedIssuer
from services.content.staff.credentials import WrongCredentials, digest

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "Ed25519")
"""Only signatures of which the issuer alone has the private part."""
LEEWAY = timedelta(minutes=1)
LONGEST = timedelta(days=1)
REFUSED = (JoseError, ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError)


class Assertion(NamedTuple):
    """That an issuer vouches for a subject, until when, and by which token."""

    issuer: str
    subject: str
    expires_at: datetime
    digest: bytes


def claimed_issuer(token: str) -> str:
    """Return who a token says it is from, which only its signature can prove."""
    try:
        claims = json.loads(jws.extract_compact(token.encode()).payload)
        return str(claims["iss"])
    except REFUSED as fault:
        raise WrongCredentials(error="invalid_grant") from fault


def believe(token: str, keys: KeySet, by: TrustedIssuer, now: datetime) -> Assertion:
    """Return what an issuer's token says, or refuse one not its own, not for us, or old."""
    try:
        claims: Mapping[str, Any] = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        registry = jwt.JWTClaimsRegistry(
            now=lambda: int(now.timestamp()),
            leeway=int(LEEWAY.total_seconds()),
            iss={"essential": True, "value": by.issuer},
            aud={"essential": True, "value": by.audience},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        registry.validate(dict(claims))
        expires_at = datetime.fromtimestamp(claims["exp"], UTC) + LEEWAY
    except REFUSED as fault:
        raise WrongCredentials(error="invalid_grant") from fault
    if expires_at > now + LONGEST:
        raise WrongCredentials(error="invalid_grant")
    # The signature is left out: some can be rewritten into others that hold as well.
    return Assertion(by.issuer, claims["sub"], expires_at, digest(token.rpartition(".")[0]))
