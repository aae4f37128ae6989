"""Speaking to the running stack as somebody: REST and GraphQL, by token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

CLIENT_ERROR = 400


class Unexpected(Exception):  # it says what was seen
    """The stack answered something other than the walk expects."""


@dataclass
class Caller:
    """One person, program or citizen in front of the stack."""

    addresses: Mapping[str, str]
    http: httpx.AsyncClient
    token: str = ""
    name: str = "anyone"
    seen: dict[str, Any] = field(default_factory=dict)

    async def rest(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        service: str = "content",
        status: int | None = None,
        **headers: str,
    ) -> httpx.Response:
        """Send a request to a service; anything but `status`, or success, is unexpected."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named["Authorization"] = f"Bearer {self.token}"
        response = await self.http.request(
            method, f"{self.addresses[service]}{path}", json=body, headers=named
        )
        expected = response.status_code < CLIENT_ERROR if status is None else None
        if expected is False or (status is not None and response.status_code != status):
            raise Unexpected(
                f"{method} {path} as {self.name}: {response.status_code} {response.text}"
            )
        return response

    async def ask(self, query: str, **variables: Any) -> Any:
        """Run a GraphQL operation at the gateway and return its one field."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        response = await self.http.post(
            f"{self.addresses['gateway']}/graphql",
            json={"query": query, "variables": variables},
            headers=headers,
        )
        answer = response.json()
        if answer.get("errors"):
            raise Unexpected(f"GraphQL as {self.name}: {answer['errors']}")
        (found,) = answer["data"].values()
        return found

    async def do(self, mutation: str, **variables: Any) -> Any:
        """Run a GraphQL mutation that must not be refused."""
        done = await self.ask(mutation, **variables)
        if done["__typename"] == "Problem":
            raise Unexpected(f"refused as {self.name}: {done}")
        return done

    async def refused(self, mutation: str, kind: str, **variables: Any) -> Any:
        """Run a GraphQL mutation that must be refused with this kind of problem."""
        done = await self.ask(mutation, **variables)
        if done["__typename"] != "Problem" or done["type"] != f"/problems/{kind}":
            raise Unexpected(f"not refused as {kind}: {done}")
        return done


async def log_in(
    addresses: Mapping[str, str], http: httpx.AsyncClient, login: str, password: str
) -> Caller:
    """Return a caller with the token of the person with this login."""
    form = {"grant_type": "password", "username": login, "password": password}
    return await _with_token(addresses, http, login, form)


async def log_in_client(
    addresses: Mapping[str, str], http: httpx.AsyncClient, client_id: str, secret: str
) -> Caller:
    """Return a caller with the token of a program."""
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return await _with_token(addresses, http, "partner", form)


async def _with_token(
    addresses: Mapping[str, str], http: httpx.AsyncClient, name: str, form: dict[str, str]
) -> Caller:
    response = await http.post(f"{addresses['content']}/v1/auth/token", data=form)
    if response.is_error:
        raise Unexpected(f"login of {name}: {response.text}")
    return Caller(addresses, http, response.json()["access_token"], name)
