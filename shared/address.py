"""Where a request comes from, as far as that can be known."""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
NEIGHBOURHOOD = 64
"""The prefix of IPv6 within which whoever has one address has them all."""


def networks(listed: Sequence[str]) -> tuple[Network, ...]:
    """Return these networks, or refuse one that is none."""
    return tuple(ip_network(network) for network in listed)


def client_address(peer: str | None, forwarded: str, trusted: Sequence[Network]) -> str:
    """Return the nearest address that is no trusted proxy's.

    `X-Forwarded-For` is read from the right, each entry only on the word of a trusted proxy:
    what stands further left may be anybody's invention.
    """
    here = _address(peer or "")
    entries = [entry.strip() for entry in forwarded.split(",") if entry.strip()]
    while entries and here is not None and any(here in network for network in trusted):
        told = _address(entries.pop())
        if told is None:
            break
        here = told
    return _neighbourhood(here) if here is not None else ""


def _address(text: str) -> Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _neighbourhood(address: Address) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), NEIGHBOURHOOD), strict=False))
    return str(address)


def address_digest(key: bytes, address: str) -> bytes:
    """Return what is kept of an address: equal ones are known again, and none can be read."""
    return hmac.digest(key, address.encode(), sha256)
