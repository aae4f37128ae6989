import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OKPKey

from services.content.staff.tokens import LIFETIME, public_keys, sign
from shared.auth import (
    ALGORITHM,
    AUDIENCE,
    Actor,
    InvalidToken,
    OutsideAuthority,
    Permission,
    system,
    upward,
    verify,
    within,
)
from tests.support.people import CITY, ISSUER, KEY, NOW, person

KEYS = public_keys(KEY)
EDITOR = person(Permission.EDIT, Permission.REVIEW)
GOOD = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "sub": "person:editor",
    "org": CITY,
    "grants": {"edit": [CITY]},
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 900,
}


def signed(key: OKPKey = KEY, **claims: Any) -> str:
    claims = {name: value for name, value in {**GOOD, **claims}.items() if value is not None}
    header = {"alg": ALGORITHM, "kid": KEY.thumbprint()}
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def read(token: str, **named: Any) -> Actor:
    return verify(token, KEYS, **{"issuer": ISSUER, "now": NOW, **named})


def part(document: Any) -> str:
    return urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("path", "reach", "inside"),
    [
        ("340000.340300", "340000.340300", True),
        ("340000.340300.340321", "340000.340300", True),
        ("340000", "340000.340300", False),
        ("340000.340300", "340000.3403", False),
        ("340000.3403", "340000.340300", False),
        ("340000.340300-zfb", "340000.340300", False),
        ("340000.340300", "", False),
        ("", "340000", False),
    ],
)
def test_authority_reaches_an_organization_and_what_stands_below_it(
    path: str, reach: str, *, inside: bool
) -> None:
    assert within(path, reach) is inside
    assert person(Permission.EDIT, at=reach).may(Permission.EDIT, path) is inside


def test_a_permission_does_not_bring_another() -> None:
    assert not EDITOR.may(Permission.RELEASE, CITY)


def test_what_an_actor_may_not_do_is_refused_by_the_permission_that_lacks() -> None:
    EDITOR.require(Permission.EDIT, CITY)
    with pytest.raises(OutsideAuthority) as refused:
        EDITOR.require(Permission.EDIT, "340000")
    assert refused.value.members == {"permission": "edit"}


@given(st.sampled_from(Permission), st.text())
def test_a_process_is_granted_nothing(permission: Permission, path: str) -> None:
    assert not system("relay").may(permission, path)


SITES, COLUMNS = ["3403000006", "3403210001"], [UUID(int=1), UUID(int=2)]
somewhere = st.none() | st.sampled_from(SITES)
some_column = st.none() | st.sampled_from(COLUMNS)
scopes = st.tuples(
    st.none() | st.frozensets(st.sampled_from(SITES)),
    st.none() | st.frozensets(st.sampled_from(COLUMNS)),
)


@given(scopes, somewhere, some_column)
def test_a_scope_shuts_out_every_place_that_is_not_named_inside_it(
    scope: tuple[frozenset[str] | None, frozenset[UUID] | None],
    site: str | None,
    column: UUID | None,
) -> None:
    narrowed = replace(EDITOR, sites=scope[0], columns=scope[1])
    inside = (scope[0] is None or site in scope[0]) and (scope[1] is None or column in scope[1])
    assert narrowed.may(Permission.EDIT, CITY, site_code=site, column_id=column) is inside
    assert narrowed.may(Permission.EDIT, CITY) is (scope == (None, None))
    assert not narrowed.may(Permission.RELEASE, CITY, site_code=site, column_id=column)
    assert not narrowed.may(Permission.EDIT, "340000", site_code=site, column_id=column)


@given(scopes)
def test_a_scope_travels_in_the_token(
    scope: tuple[frozenset[str] | None, frozenset[UUID] | None],
) -> None:
    narrowed = replace(EDITOR, sites=scope[0], columns=scope[1], session="s")
    token = sign(narrowed, KEY, issuer=ISSUER, token_id="1", now=NOW)  # noqa: S106  # an id
    assert read(token) == narrowed


def test_a_token_lives_no_longer_than_what_it_says_is_sure() -> None:
    until = NOW + timedelta(minutes=3)
    token = sign(EDITOR, KEY, issuer=ISSUER, token_id="1", now=NOW, until=until)  # noqa: S106
    assert read(token, now=until - timedelta(seconds=1)) == EDITOR
    with pytest.raises(InvalidToken):
        read(token, now=until)
    later = sign(EDITOR, KEY, issuer=ISSUER, token_id="1", now=NOW, until=NOW + LIFETIME * 2)  # noqa: S106
    with pytest.raises(InvalidToken):
        read(later, now=NOW + LIFETIME)


def test_a_token_speaks_for_its_actor() -> None:
    token = sign(EDITOR, KEY, issuer=ISSUER, token_id="1", now=NOW)  # noqa: S106  # an id
    assert read(token) == EDITOR
    assert read(token, now=NOW + LIFETIME - timedelta(seconds=1)) == EDITOR


def test_a_token_ends_with_its_lifetime() -> None:
    token = sign(EDITOR, KEY, issuer=ISSUER, token_id="1", now=NOW)  # noqa: S106  # an id
    with pytest.raises(InvalidToken):
        read(token, now=NOW + LIFETIME)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "another"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"exp": None},
        {"exp": int(NOW.timestamp()) - 1},
        {"nbf": int(NOW.timestamp()) + 60},
        {"sub": None},
        {"org": None},
        {"grants": None},
        {"grants": {"rule_the_world": [CITY]}},
        {"grants": [CITY]},
        {"grants": {"edit": 340300}},
        {"sites": 3403000006},
        {"columns": ["3403000006"]},
        {"columns": 7},
    ],
    ids=str,
)
def test_a_token_with_other_claims_is_refused(claims: dict[str, Any]) -> None:
    assert read(signed()).may(Permission.EDIT, CITY)
    with pytest.raises(InvalidToken):
        read(signed(**claims))


def test_a_token_signed_by_another_key_is_refused() -> None:
    with pytest.raises(InvalidToken):
        read(signed(OKPKey.generate_key("Ed25519")))


def test_a_token_that_claims_to_need_no_signature_is_refused() -> None:
    for algorithm in ("none", "None", ALGORITHM):
        with pytest.raises(InvalidToken):
            read(f"{part({'alg': algorithm, 'kid': KEY.thumbprint()})}.{part(GOOD)}.")


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused() -> None:
    for secret in (KEY.as_pem(private=False), str(KEY.as_dict(private=False)["x"]).encode()):
        text = f"{part({'alg': 'HS256', 'kid': KEY.thumbprint()})}.{part(GOOD)}"
        seal = urlsafe_b64encode(hmac.digest(secret, text.encode(), "sha256")).rstrip(b"=")
        with pytest.raises(InvalidToken):
            read(f"{text}.{seal.decode()}")


def test_a_token_whose_claims_were_rewritten_is_refused() -> None:
    header, _, signature = signed().split(".")
    with pytest.raises(InvalidToken):
        read(f"{header}.{part({**GOOD, 'sub': 'person:mayor'})}.{signature}")


@given(st.one_of(st.text(), st.from_regex(r"[\w-]*\.[\w-]*\.[\w-]*", fullmatch=True)))
def test_whatever_is_no_token_is_refused_as_one(token: str) -> None:
    with pytest.raises(InvalidToken):
        read(token)


def test_the_way_up_begins_with_the_organization_itself() -> None:
    assert upward("340000.340300.office") == [
        "340000.340300.office",
        "340000.340300",
        "340000",
    ]
