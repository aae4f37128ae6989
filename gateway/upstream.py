"""A service as one request of the gateway sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from gateway.public_state import PublicStates
from shared.upstream import Refusal, call

V = TypeVar("V")


class UnreadableAnswerError(Exception):
    """A service answered otherwise than its contract says; tells where, never what."""


@dataclass
class Upstream:
    """One service, called with what the reader brought along: their token and idempotency key."""

    http: httpx.AsyncClient
    headers: Mapping[str, str]
    shown: Mapping[str, str] = field(default_factory=dict)
    written: int = 0
    states: PublicStates = field(default_factory=PublicStates)

    async def get(self, view: type[V], path: str, /, **parameters: Any) -> V:
        """Return what stands at a path, or where it leads to, as a `view`; None is not sent."""
        named = {name: value for name, value in parameters.items() if value is not None}
        try:
            response = await call(
                self.http,
                "GET",
                path,
                params=named,
                headers={**self._identity(), **self.states.asking()},
                follow_redirects=True,
            )
        except Refusal as refusal:
            # What is not there is not there in one state only.
            self.states.note(refusal.told)
            raise
        self.states.note(response.headers)
        return _read(view, response.content)

    async def post(
        self,
        view: type[V],
        path: str,
        body: BaseModel | None = None,
        *,
        version: int | None = None,
        method: str = "POST",
    ) -> V:
        """Do what a path does and return its answer; the version goes along as If-Match."""
        headers = self._identity()
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if key := self.headers.get("idempotency-key"):
            # One operation may write several times; each write needs a key of its own.
            headers["Idempotency-Key"] = f"{key}:{self.written}"
            self.written += 1
        content = None
        if body is not None:
            content = body.model_dump_json(by_alias=True, exclude_none=True)
            headers["Content-Type"] = "application/json"
        response = await call(self.http, method, path, content=content, headers=headers)
        return _read(view, response.content)

    def showing(self, credentials: Mapping[str, str]) -> Self:
        """Return the same service, shown these headers besides."""
        return replace(self, shown={**self.shown, **credentials})

    def _identity(self) -> dict[str, str]:
        token = self.headers.get("authorization")
        return {**self.shown, **({"Authorization": token} if token else {})}


def _read(view: type[V], content: bytes) -> V:
    try:
        return TypeAdapter(view).validate_json(content)
    except ValidationError as fault:
        # What pydantic says quotes the answer, which may hold a secret, and faults are logged.
        found = [(each["type"], each["loc"]) for each in fault.errors(include_input=False)]
        raise UnreadableAnswerError(found) from None


def segment(text: str) -> str:
    """Return what a reader wrote as one segment of a path, which cannot lead elsewhere."""
    return quote(text, safe="", errors="replace").replace(".", "%2E")
