from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from services.content.staff.tokens import LIFETIME, public_key, sign, signing_key
from shared.auth import ANYONE, AUDIENCE, Actor, verify
from tests.factories.content import ADMIN, EDITOR, Group
from tests.support.people import ISSUER, KEY, NOW, bearer

LATER = NOW + timedelta(minutes=5)
CLAIMS = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "sub": "person:1",
    "org": "340000",
    "grants": {"administer": ["340000"]},
    "exp": int(LATER.timestamp()),
}


def _signed(claims: dict[str, Any], key: OKPKey = KEY, alg: str = "Ed25519") -> str:
    header = {"alg": alg, "kid": key.thumbprint()}
    return jwt.encode(header, claims, key, algorithms=[alg])


def _without(claim: str) -> dict[str, Any]:
    return {name: value for name, value in CLAIMS.items() if name != claim}


def _unsigned() -> str:
    return _signed(CLAIMS).rpartition(".")[0] + "."


STRANGE = {
    "expired": _signed({**CLAIMS, "exp": int(NOW.timestamp()) - 1}),
    "signed by another key": _signed(CLAIMS, OKPKey.generate_key("Ed25519")),
    "of another issuer": _signed({**CLAIMS, "iss": "elsewhere"}),
    "for another audience": _signed({**CLAIMS, "aud": "elsewhere"}),
    "without an end": _signed(_without("exp")),
    "without a subject": _signed(_without("sub")),
    "without grants": _signed(_without("grants")),
    "with an unknown permission": _signed({**CLAIMS, "grants": {"everything": ["340000"]}}),
    "with grants of another shape": _signed({**CLAIMS, "grants": [1]}),
    "without its signature": _unsigned(),
    "with a changed payload": _signed(CLAIMS).replace(".", ".x", 1),
    "not a token": "not.a.token",
    "of one letter": "x",
}


@pytest.mark.parametrize("token", STRANGE.values(), ids=STRANGE.keys())
async def test_a_strange_token_is_refused_and_never_taken_for_none(
    client: httpx.AsyncClient, token: str
) -> None:
    refused = await client.get("/v1/viewer", headers={"Authorization": f"Bearer {token}"})
    assert refused.status_code == 401, refused.text
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["type"] == "/problems/invalid-token"


async def test_the_claims_of_these_tests_are_good_when_nothing_is_wrong_with_them(
    client: httpx.AsyncClient,
) -> None:
    token = {"Authorization": f"Bearer {_signed(CLAIMS)}"}
    assert (await client.get("/v1/viewer", headers=token)).json()["id"] == "person:1"


async def test_a_token_holds_for_its_lifetime_and_not_longer(client: httpx.AsyncClient) -> None:
    at_the_end = bearer(ADMIN, NOW - LIFETIME + timedelta(seconds=1))
    assert (await client.get("/v1/viewer", headers=at_the_end)).status_code == 200
    too_old = bearer(ADMIN, NOW - LIFETIME - timedelta(seconds=1))
    assert (await client.get("/v1/viewer", headers=too_old)).status_code == 401


async def test_without_a_token_nobody_is_somebody(client: httpx.AsyncClient) -> None:
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer"}):
        refused = await client.get("/v1/viewer", headers=headers)
        assert (refused.status_code, refused.json()["type"]) == (401, "/problems/unauthenticated")


async def test_a_viewer_learns_what_they_may_do_where(client: httpx.AsyncClient) -> None:
    viewer = (await client.get("/v1/viewer", headers=bearer(EDITOR))).json()
    assert viewer["id"] == EDITOR.id
    assert {grant["permission"]: tuple(grant["organizations"]) for grant in viewer["grants"]} == {
        permission.value: paths for permission, paths in EDITOR.grants.items()
    }


async def test_a_token_of_a_person_without_posts_may_nothing(group: Group) -> None:
    nobody = Actor("person:nobody", "340000.340300")
    item = await group.submitted()
    new = {"code": "1", "name": "x", "kind": "office", "level": "city", "parent": "340300"}
    new_item = {"title": "x", "body": "x", "source": "x", "kind": "news"}
    place = {"site_code": item["site_code"], "column_id": item["column_id"]}
    person = {"login": "x.x", "name": "x", "organization": "340300", "password": "x" * 12}
    hidden = ("POST", f"/v1/items/{item['id']}/submission", None)
    wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
    for method, path, body, status in (
        ("POST", "/v1/organizations", {**new, "code": "xx"}, 403),
        ("POST", "/v1/people", person, 403),
        ("POST", "/v1/items", {**new_item, **place}, 403),
        (*hidden, 404),
        ("POST", "/v1/releases", wanted, 404),
        ("POST", "/v1/subscriptions", {"url": "https://example.org/"}, 403),
        ("GET", f"/v1/items/{item['id']}", None, 404),
    ):
        done = await group.send(nobody, method, path, body, version=item["version"])
        assert done.status_code == status, (path, done.text)
    assert (await group.send(nobody, "GET", "/v1/items")).json()["items"] == []


async def test_the_published_keys_have_no_private_part(client: httpx.AsyncClient) -> None:
    published = await client.get("/.well-known/jwks.json")
    (key,) = published.json()["keys"]
    assert "d" not in key
    assert (key["kty"], key["crv"], key["use"]) == ("OKP", "Ed25519", "sig")
    assert "max-age" in published.headers["Cache-Control"]
    token = sign(ADMIN, KEY, issuer=ISSUER, token_id="1", now=NOW)  # noqa: S106  # an id
    verifier = OKPKey.import_key(key)
    assert jwt.decode(token, verifier, algorithms=["Ed25519"]).header["kid"] == key["kid"]


async def test_another_key_may_be_published_beside_the_one_that_signs(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    last = OKPKey.generate_key("Ed25519")
    shown = public_key(str(last.as_dict(private=False)["x"]))
    app.state.authorities = replace(app.state.authorities, further_keys=(shown,))
    published = KeySet.import_key_set((await client.get("/.well-known/jwks.json")).json())
    assert [key.kid for key in published.keys] == [KEY.thumbprint(), last.thumbprint()]
    token = sign(ADMIN, last, issuer=ISSUER, token_id="1", now=NOW)  # noqa: S106  # an id
    assert verify(token, published, issuer=ISSUER, now=NOW).id == ADMIN.id


def test_a_seed_always_makes_the_same_key_and_its_thumbprint_names_it() -> None:
    seed = "1f" * 32
    assert signing_key(seed).thumbprint() == signing_key(seed).thumbprint()
    assert signing_key("demonstration-" + seed).thumbprint() == signing_key(seed).thumbprint()
    assert signing_key("2f" * 32).thumbprint() != signing_key(seed).thumbprint()


def test_anyone_is_granted_nothing() -> None:
    assert ANYONE.grants == {}
