"""Which addresses the outside may make us call."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from shared.problem import Problem

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SCHEMES = {"http": 80, "https": 443}
HIGHEST_PORT = 65535
WEB = frozenset(SCHEMES.values())
HERE = "localhost"
LOOPBACK = IPv4Address("127.0.0.1")
NAT64 = IPv6Network("64:ff9b::/96")
GLOBAL_UNICAST = IPv6Network("2000::/3")
# Special by the registries of IANA, and public to the older tables of `ipaddress`.
SPECIAL: tuple[Network, ...] = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2001::/23"),
    IPv6Network("3fff::/20"),
)


class ForbiddenDestination(Problem):
    """The address lies inside, or is not of the web: no one outside may send us there."""

    advice = "目标地址不允许访问。"


@dataclass(frozen=True)
class Allowed:
    """What may be called: public addresses at these ports, and these networks at any."""

    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = WEB


def networks(listed: Iterable[str]) -> tuple[Network, ...]:
    """Return networks as a setting lists them."""
    return tuple(ip_network(network) for network in listed)


def check_address(scheme: str, host: str, port: int, user_info: str) -> None:
    """Refuse what is no plain address of the web; a name or password is never handed on."""
    if scheme not in SCHEMES or not host or user_info or not 0 < port <= HIGHEST_PORT:
        raise ForbiddenDestination


def check_host(host: str, port: int, allowed: Allowed) -> None:
    """Refuse what is forbidden whatever a look-up says; where a name leads is seen when called."""
    named = host.strip("[]").rstrip(".").lower()
    if named == HERE or named.endswith(f".{HERE}"):  # RFC 6761
        check_destination(LOOPBACK, port, allowed)
        return
    try:
        address = ip_address(named)
    except ValueError:
        if not allowed.networks and port not in allowed.ports:
            raise ForbiddenDestination from None
    else:
        check_destination(address, port, allowed)


def check_destination(address: Address, port: int, allowed: Allowed) -> Address:
    """Refuse private, loopback, link-local and other special addresses unless allowed."""
    reached = _reached(address)
    if any(one in network for network in allowed.networks for one in (address, reached)):
        return address
    if _is_public(reached) and port in allowed.ports:
        return address
    raise ForbiddenDestination


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    special = any(address in network for network in SPECIAL)
    return address.is_global and not address.is_multicast and not special


def _reached(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one only wraps, or else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or address
