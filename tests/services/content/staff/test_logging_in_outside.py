import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.content.settings import TrustedIssuer
from services.content.staff.outside import LEEWAY
from services.content.staff.router.authorities import Outside
from shared.keys import keys_at
from tests.factories.content import ADMIN, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.services.content.staff.office import admit, refreshing, send, token
from tests.services.content.staff.test_outside import CLAIMS, KEYS, signed

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
IDENTITY = {"issuer": "https://id", "subject": "42"}


class Issuer(BaseHTTPRequestHandler):
    """Publishes its keys on the loopback."""

    def do_GET(self) -> None:  # as the standard library calls it
        body = json.dumps(KEYS.as_dict(private=False)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def jwks_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Issuer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/keys"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
async def trusting(group: Group, app: FastAPI, jwks_url: str) -> Any:
    """A group that trusts an outside issuer, and a person who is linked to it."""
    trusted = TrustedIssuer.model_validate(
        {"issuer": "https://id", "jwks_url": jwks_url, "audience": "zhengbu"}
    )
    async with httpx.AsyncClient() as http:
        outside = {"https://id": Outside(trusted, keys_at(http, jwks_url))}
        app.state.authorities = replace(app.state.authorities, outside=outside)
        someone = await admit(group, "someone", "editor")
        path = f"/v1/people/{someone['id']}/identity"
        done = await group.send(ADMIN, "PUT", path, IDENTITY, version=1)
        assert done.status_code == 200, done.text
        yield done.json()


async def _exchange(group: Group, **claims: Any) -> httpx.Response:
    form = {"grant_type": JWT_BEARER, "assertion": signed({**CLAIMS, **claims})}
    return await token(group, form)


async def test_an_outside_token_is_exchanged_for_ours_once(
    group: Group, trusting: Any, announced: Announced, watch: Watch
) -> None:
    issued = await _exchange(group)
    assert issued.status_code == 200, issued.text
    viewer = (await send(group, issued.json(), "GET", "/v1/viewer")).json()
    assert viewer["id"] == f"person:{trusting['id']}"
    assert (await token(group, refreshing(issued.json()))).status_code == 200
    for _ in range(2):
        again = await _exchange(group)
        assert (again.status_code, again.json()["error"]) == (401, "invalid_grant")
        watch.turn(timedelta(minutes=5) + LEEWAY - timedelta(seconds=1))
    assert (await _exchange(group, jti="2", exp=int(watch().timestamp()) + 60)).status_code == 200
    assert (await announced())[-1] == "content.identity.linked"


async def test_who_is_not_linked_not_trusted_or_barred_gets_no_token(
    group: Group, trusting: Any, unchanged: Unchanged
) -> None:
    async with unchanged():
        for claims in ({"sub": "43"}, {"iss": "https://elsewhere"}, {"aud": "another"}):
            refused = await _exchange(group, **claims)
            assert (refused.status_code, refused.json()["error"]) == (401, "invalid_grant")
    path = f"/v1/people/{trusting['id']}"
    await group.send(ADMIN, "POST", f"{path}/deactivation", version=trusting["version"])
    assert (await _exchange(group)).status_code == 401


async def test_an_identity_is_one_persons_and_of_a_trusted_issuer(
    group: Group, trusting: Any, unchanged: Unchanged
) -> None:
    other = await admit(group, "other")
    path = f"/v1/people/{other['id']}/identity"
    async with unchanged():
        taken = await group.send(ADMIN, "PUT", path, IDENTITY, version=1)
        assert taken.json()["type"] == "/problems/identity-taken"
        unknown = {"issuer": "https://elsewhere", "subject": "42"}
        untrusted = await group.send(ADMIN, "PUT", path, unknown, version=1)
        assert untrusted.json()["faults"][0]["code"] == "untrusted"
    own = f"/v1/people/{trusting['id']}/identity"
    done = await group.send(ADMIN, "DELETE", own, version=trusting["version"])
    assert done.status_code == 200, done.text
    assert (await _exchange(group)).status_code == 401
    assert (await group.send(ADMIN, "PUT", path, IDENTITY, version=1)).status_code == 200
