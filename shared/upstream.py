"""Talking to another process: deadlines, safe retries, and its problems as exceptions."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import httpx
from structlog.contextvars import get_contextvars

from shared.problem import Problem, Unavailable

DEADLINE = httpx.Timeout(10.0, connect=2.0)
SAFE = frozenset({"GET", "HEAD"})
TRIES = 3


class Refusal(Problem):
    """Another service refused."""

    def __init__(self, document: dict[str, Any], status: int, told: Mapping[str, str]) -> None:
        """Carry the service's own problem document, unchanged, and the headers it came with."""
        super().__init__(document.get("detail", ""))
        self._document = document
        self.told = told
        self.status = status  # type: ignore[misc]  # as the service said

    def document(self) -> dict[str, Any]:
        """Return the problem as the service wrote it."""
        return self._document


class UpstreamAway(Unavailable):
    """Another service cannot be reached."""


async def call(http: httpx.AsyncClient, method: str, path: str, **request: Any) -> httpx.Response:
    """Send one request under the current request id; repeat a safe one while the other is away."""
    headers = {
        "X-Request-Id": str(get_contextvars().get("request_id", "")),
        **request.pop("headers", {}),
    }
    tries = TRIES if method in SAFE else 1
    for attempt in range(1, tries + 1):
        try:
            response = await http.request(method, path, headers=headers, **request)
        except httpx.TransportError as fault:
            if attempt == tries:
                raise UpstreamAway from fault
            await asyncio.sleep(0.1 * attempt)
        else:
            return _refuse_problems(response)
    raise UpstreamAway


def _refuse_problems(response: httpx.Response) -> httpx.Response:
    if not response.is_error:
        return response
    if response.headers.get("content-type", "").startswith("application/problem+json"):
        with suppress(ValueError):
            document = response.json()
            if isinstance(document, dict):
                raise Refusal(document, response.status_code, response.headers)
    raise UpstreamAway
