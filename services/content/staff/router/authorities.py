"""What the routes of the staff are told, and where their requests come from."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request
from joserfc.jwk import KeySet, OKPKey

from services.content.settings import TrustedIssuer
from services.content.staff.commands import standing
from services.content.staff.commands.logging_in import Place
from services.content.staff.credentials import SLOW, Passwords
from services.content.staff.tokens import public_keys
from shared.address import Network, address_digest
from shared.keys import Keys
from shared.requests import Begin, BeginAct, RequestUnitOfWork, address_of


@dataclass(frozen=True)
class Outside:
    """An issuer whose word is taken, and how to get its keys."""

    issuer: TrustedIssuer
    keys: Keys


@dataclass(frozen=True)
class Authorities:
    """What only this capability is told: how to sign and hash, who may found, whom it believes."""

    signing_key: OKPKey
    founding_secret: str
    further_keys: tuple[OKPKey, ...] = ()
    outside: Mapping[str, Outside] = field(default_factory=dict)
    trusted_proxies: tuple[Network, ...] = ()
    passwords: Passwords = SLOW

    def public_keys(self) -> KeySet:
        """Return every key that verifies a token of ours now."""
        return public_keys(self.signing_key, *self.further_keys)

    def address_key(self) -> bytes:
        """Return the key that addresses are digested with; it changes with the signing key."""
        return sha256(b"addresses" + self.signing_key.as_bytes(private=True)).digest()


async def authorities(request: Request) -> Authorities:
    """Return what this application is told."""
    found: Authorities = request.app.state.authorities
    return found


WithAuthorities = Annotated[Authorities, Depends(authorities)]


async def place(request: Request, holds: WithAuthorities) -> Place:
    """Return where a request comes from, in no form that anybody can read back."""
    address = address_of(request, holds.trusted_proxies)
    device = "".join(filter(str.isprintable, request.headers.get("user-agent", "")))
    return Place(address_digest(holds.address_key(), address), device)


FromPlace = Annotated[Place, Depends(place)]


async def _begin_at_present(begin: BeginAct) -> Begin:
    @asynccontextmanager
    async def begin_at_present() -> AsyncIterator[RequestUnitOfWork]:
        async with begin() as uow:
            yield replace(uow, actor=await standing.present(uow))

    return begin_at_present


BeginAtPresent = Annotated[Begin, Depends(_begin_at_present)]
"""Begins as `BeginAct`, for a bearer as they stand now: what is given out outlasts tokens."""
