"""What the steps of the walk share: who walks, what they found so far, and what is told."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from deploy.local.demonstration.caller import Caller, Unexpected, log_in, log_in_client

T = TypeVar("T")
CITY = "3403000006"
PATIENCE = 15.0
PAUSE = 0.1


@dataclass
class Tour:
    """One walk through the main job."""

    addresses: Mapping[str, str]
    people: Mapping[str, Caller]
    citizen: Caller
    document: str
    say: Callable[[str], None]
    known: dict[str, Any] = field(default_factory=dict)
    steps: int = 0

    def done(self, what: str, address: str) -> None:
        """Tell that a step is done and where it can be seen."""
        self.steps += 1
        self.say(f"  ✓ {self.steps:>2}. {what}\n        {address}")

    def at(self, service: str, path: str) -> str:
        """Return an address of a service."""
        return f"{self.addresses[service]}{path}"

    def expect(self, seen: object, wanted: object, what: str) -> None:
        """Stop the walk where the stack shows something other than what must be."""
        if seen != wanted:
            raise Unexpected(f"{what}: {seen!r}, not {wanted!r}")

    def require(self, holds: object, what: str) -> None:
        """Stop the walk where something does not hold."""
        if not holds:
            raise Unexpected(f"not so: {what}")


async def begin_tour(
    run: Mapping[str, Any], http: httpx.AsyncClient, document: str, say: Callable[[str], None]
) -> Tour:
    """Log everyone in and return the tour."""
    addresses, accounts = run["addresses"], run["accounts"]
    people = {
        login: await log_in(addresses, http, login, password)
        for login, password in accounts.items()
    }
    partner = run["partner"]
    people["partner"] = await log_in_client(
        addresses, http, partner["client_id"], partner["secret"]
    )
    return Tour(addresses, people, Caller(addresses, http, name="citizen"), document, say)


async def eventually(look: Callable[[], Awaitable[T | None]], what: str) -> T:
    """Look again and again for what events still have to bring; a quarter of a minute at most."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if found := await look():
            return found
        await asyncio.sleep(PAUSE)
    raise Unexpected(f"never came: {what}")
