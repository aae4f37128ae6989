"""Statements that anyone can verify later, anywhere: JSON that carries its own signature.

The member `signature` is a JWS with its payload detached (RFC 7515, appendix F), by Ed25519
(RFC 8037). The payload is the canonical form (RFC 8785) of all other members.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from shared.problem import Unprocessable

ALGORITHM = "Ed25519"
SIGNATURE = "signature"


class Unsigned(Unprocessable):
    """The document is no statement: it carries no signature of the form we write."""

    advice = "不是签名文件：没有可识别的签名。"


class UnknownKey(Unprocessable):
    """The statement names a key that is not among those given."""

    advice = "签名所用的密钥不在所给的公钥之中。"


class ForgedStatement(Unprocessable):
    """The statement is not what the key it names signed."""

    advice = "签名无效：文件被改动过，或不是由该密钥签发。"


@dataclass(frozen=True)
class StatementKeys:
    """The key that signs statements now, and those that signed earlier ones."""

    key: OKPKey
    former: tuple[OKPKey, ...] = ()

    def public(self) -> KeySet:
        """Return every key that verifies a statement of ours, named by thumbprint (RFC 7638)."""
        shown = [
            key.as_dict(private=False) | {"kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM}
            for key in (self.key, *self.former)
        ]
        return KeySet([OKPKey.import_key(key) for key in shown])


def sign(statement: Mapping[str, Any], key: OKPKey) -> dict[str, Any]:
    """Return a statement with its signature; the same one always gets the same."""
    header = {"alg": ALGORITHM, "kid": key.thumbprint()}
    whole = jws.serialize_compact(header, _payload(statement), key, algorithms=[ALGORITHM])
    return {**statement, SIGNATURE: jws.detach_content(whole)}


def verify(statement: Mapping[str, Any], keys: KeySet) -> str:
    """Return which of the keys signed a statement, or refuse it."""
    signature = statement.get(SIGNATURE)
    if not isinstance(signature, str) or signature.count("..") != 1:
        raise Unsigned
    try:
        named = jws.extract_compact(signature.encode(), b"").headers().get("kid")
    except (JoseError, ValueError) as fault:
        raise Unsigned from fault
    key = next((one for one in keys if one.thumbprint() == named), None)
    if key is None:
        raise UnknownKey(kid=str(named))
    try:
        payload = _payload(statement)
        jws.deserialize_compact(signature, key, [ALGORITHM], payload=payload)
    except (JoseError, ValueError) as fault:
        raise ForgedStatement(kid=str(named)) from fault
    return str(named)


def _payload(statement: Mapping[str, Any]) -> bytes:
    return rfc8785.dumps({name: told for name, told in statement.items() if name != SIGNATURE})
