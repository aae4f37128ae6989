from datetime import timedelta
from typing import Any

import httpx
import pytest
from joserfc.jwk import KeySet, OKPKey

from services.content.staff.tokens import public_keys
from shared.keys import FRESH, Keys, keys_at
from shared.problem import NotFound, Unavailable
from tests.support.people import NOW

OLD, NEW = (OKPKey.generate_key("Ed25519") for _ in range(2))
URL = "http://issuer/.well-known/jwks.json"
AWAY = httpx.ConnectError("away")
ODD = [
    AWAY,
    httpx.Response(500, text="Traceback"),
    httpx.Response(200, text="<html>"),
    httpx.Response(200, json={"error": "odd"}),
    httpx.Response(200, json={"keys": [{"kty": "odd"}]}),
    httpx.Response(200, json=["odd"]),
    httpx.Response(
        404, json=NotFound().document(), headers={"Content-Type": "application/problem+json"}
    ),
]


class Issuer:
    """Publishes the keys it is given, or answers something else."""

    def __init__(self, *keys: OKPKey) -> None:
        self.asked = 0
        self.answer: httpx.Response | Exception = AWAY
        if keys:
            self.publish(*keys)

    def publish(self, *keys: OKPKey) -> None:
        self.answer = httpx.Response(200, json=public_keys(*keys).as_dict())

    def __call__(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def keys(self) -> Keys:
        return keys_at(httpx.AsyncClient(transport=httpx.MockTransport(self)), URL)


def names(keys: KeySet) -> set[Any]:
    return {key.kid for key in keys.keys}


async def test_keys_are_asked_for_once_in_half_a_minute() -> None:
    issuer = Issuer(OLD)
    keys = issuer.keys()
    for seconds in (0, 10, 30):
        assert names(await keys(NOW + timedelta(seconds=seconds))) == {OLD.thumbprint()}
    assert issuer.asked == 1


async def test_a_rotation_is_seen_after_half_a_minute() -> None:
    issuer = Issuer(OLD)
    keys = issuer.keys()
    await keys(NOW)
    issuer.publish(OLD, NEW)
    assert names(await keys(NOW + FRESH)) == {OLD.thumbprint()}
    later = await keys(NOW + FRESH + timedelta(seconds=1))
    assert names(later) == {OLD.thumbprint(), NEW.thumbprint()}


@pytest.mark.parametrize("answer", ODD, ids=str)
async def test_while_the_issuer_is_away_its_last_known_keys_serve(
    answer: httpx.Response | Exception,
) -> None:
    issuer = Issuer(OLD)
    keys = issuer.keys()
    await keys(NOW)
    issuer.answer = answer
    assert names(await keys(NOW + timedelta(hours=1))) == {OLD.thumbprint()}


@pytest.mark.parametrize("answer", ODD, ids=str)
async def test_who_never_saw_a_key_refuses_for_now(answer: httpx.Response | Exception) -> None:
    issuer = Issuer()
    issuer.answer = answer
    keys = issuer.keys()
    with pytest.raises(Unavailable):
        await keys(NOW)
    issuer.publish(OLD)
    assert names(await keys(NOW)) == {OLD.thumbprint()}


async def test_an_issuer_that_is_away_is_not_asked_at_every_request() -> None:
    issuer = Issuer(OLD)
    keys = issuer.keys()
    await keys(NOW)
    issuer.answer = AWAY
    await keys(NOW + timedelta(minutes=1))
    asked = issuer.asked
    await keys(NOW + timedelta(minutes=1, seconds=20))
    assert issuer.asked == asked
