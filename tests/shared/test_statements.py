import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc.jwk import OKPKey

from shared.statements import (
    ForgedStatement,
    StatementKeys,
    UnknownKey,
    Unsigned,
    sign,
    verify,
)

OLD, NEW = OKPKey.generate_key("Ed25519"), OKPKey.generate_key("Ed25519")
TOLD = {"type": "test", "b": [1, "县", None], "a": {"y": 1, "x": True}}


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check_independently(statement: dict[str, Any], published: dict[str, Any]) -> None:
    """Verify as RFC 7515 and 8785 say, by nothing of ours: raise if it does not hold."""
    told = {name: value for name, value in statement.items() if name != "signature"}
    head, nothing, signature = statement["signature"].split(".")
    assert nothing == ""
    header = json.loads(raw(head))
    assert header["alg"] == "Ed25519"
    (key,) = [each for each in published["keys"] if each["kid"] == header["kid"]]
    signed = f"{head}.{_url(rfc8785.dumps(told))}".encode()
    Ed25519PublicKey.from_public_bytes(raw(key["x"])).verify(raw(signature), signed)


def _url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def test_a_statement_verifies_whatever_the_order_of_its_members() -> None:
    keys = StatementKeys(NEW).public()
    signed = sign(TOLD, NEW)
    assert signed == sign(dict(reversed(TOLD.items())), NEW)
    assert verify(signed, keys) == NEW.thumbprint()
    assert verify(json.loads(json.dumps(signed, indent=4)), keys) == NEW.thumbprint()


def test_cryptography_alone_verifies_it_and_refuses_a_changed_one() -> None:
    published = StatementKeys(NEW, (OLD,)).public().as_dict(private=False)
    signed = sign(TOLD, NEW)
    check_independently(signed, published)
    with pytest.raises(InvalidSignature):
        check_independently({**signed, "b": [1, "市", None]}, published)


def test_what_a_former_key_signed_verifies_until_the_key_is_published_no_more() -> None:
    signed = sign(TOLD, OLD)
    assert verify(signed, StatementKeys(NEW, (OLD,)).public()) == OLD.thumbprint()
    with pytest.raises(UnknownKey):
        verify(signed, StatementKeys(NEW).public())


def test_published_keys_hold_nothing_private() -> None:
    for key in StatementKeys(NEW, (OLD,)).public().as_dict(private=False)["keys"]:
        assert key.keys() == {"kty", "crv", "x", "kid", "use", "alg"}


@pytest.mark.parametrize(
    "change",
    [{"b": []}, {"added": 1}, {"a": {"y": 1, "x": 1}}, {"type": "other"}, {"b": float("nan")}],
)
def test_any_change_is_found(change: dict[str, Any]) -> None:
    with pytest.raises(ForgedStatement):
        verify({**sign(TOLD, NEW), **change}, StatementKeys(NEW).public())


def test_a_statement_that_names_another_key_than_signed_it_is_forged() -> None:
    head = sign(TOLD, OLD)["signature"].partition("..")[0]
    forged = {**TOLD, "signature": f"{head}..{sign(TOLD, NEW)['signature'].partition('..')[2]}"}
    with pytest.raises(ForgedStatement):
        verify(forged, StatementKeys(NEW, (OLD,)).public())


@pytest.mark.parametrize("signature", [None, 1, "", "a.b.c", "..", "e30..e30", "??..??"])
def test_what_carries_no_signature_of_ours_is_no_statement(signature: Any) -> None:
    with pytest.raises((Unsigned, UnknownKey)):
        verify({**TOLD, "signature": signature}, StatementKeys(NEW).public())


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}])
def test_no_other_algorithm_is_believed(header: dict[str, str]) -> None:
    header |= {"kid": NEW.thumbprint()}
    forged = f"{_url(json.dumps(header).encode())}..{_url(b'x' * 64)}"
    with pytest.raises((ForgedStatement, Unsigned)):
        verify({**TOLD, "signature": forged}, StatementKeys(NEW).public())
