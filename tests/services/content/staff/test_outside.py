from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from services.content.settings import TrustedIssuer
from services.content.staff.credentials import WrongCredentials
from services.content.staff.outside import LEEWAY, LONGEST, believe, claimed_issuer
from tests.support.people import NOW

KEY = ECKey.generate_key("P-256", parameters={"kid": "1"})
KEYS = KeySet([ECKey.import_key(KEY.as_dict(private=False) | {"kid": "1"})])
TRUSTED = TrustedIssuer.model_validate(
    {"issuer": "https://id", "jwks_url": "https://id/keys", "audience": "zhengbu"}
)
CLAIMS = {
    "iss": "https://id",
    "aud": "zhengbu",
    "sub": "42",
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 300,
}


def signed(claims: dict[str, Any], key: Any = KEY, alg: str = "ES256") -> str:
    return jwt.encode({"alg": alg, "kid": "1"}, claims, key, algorithms=[alg])


def test_an_issuer_is_believed_about_its_subject_until_its_word_ends() -> None:
    token = signed(CLAIMS)
    assert claimed_issuer(token) == "https://id"
    said = believe(token, KEYS, TRUSTED, NOW)
    assert (said.issuer, said.subject) == ("https://id", "42")
    assert said.expires_at == NOW + timedelta(minutes=5) + LEEWAY
    believe(signed(CLAIMS | {"aud": ["another", "zhengbu"]}), KEYS, TRUSTED, NOW)


def test_the_same_word_with_another_signature_is_the_same_word() -> None:
    first, second = (believe(signed(CLAIMS), KEYS, TRUSTED, NOW) for _ in range(2))
    assert first.digest == second.digest
    assert believe(signed(CLAIMS | {"jti": "2"}), KEYS, TRUSTED, NOW).digest != first.digest


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"exp": int((NOW - LEEWAY).timestamp())},
        {"exp": int((NOW + LONGEST).timestamp()) + 1},
        {"exp": 10**20},
        {"exp": "tomorrow"},
        {"iat": int((NOW + LEEWAY).timestamp()) + 1},
        {"nbf": int((NOW + LEEWAY).timestamp()) + 1},
        {"sub": None},
        {"sub": 42},
        *({name: ...} for name in CLAIMS),
    ],
    ids=str,
)
def test_what_an_issuer_does_not_say_of_us_now_is_refused(claims: dict[str, Any]) -> None:
    said = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not ...}
    with pytest.raises(WrongCredentials):
        believe(signed(said), KEYS, TRUSTED, NOW)


def test_nobody_else_speaks_for_an_issuer() -> None:
    for forged in (
        signed(CLAIMS, ECKey.generate_key("P-256")),
        signed(CLAIMS, OctKey.import_key(b"x" * 32), "HS256"),
        signed(CLAIMS, RSAKey.generate_key(2048), "RS256"),
        signed(CLAIMS).rpartition(".")[0] + ".",
        "a.b.c",
        "",
    ):
        with pytest.raises(WrongCredentials):
            believe(forged, KEYS, TRUSTED, NOW)


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "e30.e30.", "e30.W10.x", "é.é.é"])
def test_what_is_no_token_claims_no_issuer(token: str) -> None:
    with pytest.raises(WrongCredentials):
        claimed_issuer(token)
