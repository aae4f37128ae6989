"""Which addresses the outside may make us call."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from shared.problem import Problem

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NAT64 = IPv6Network("64:ff9b::/96")


class ForbiddenDestination(Problem):
    """The address lies inside, where no one outside may send us."""

    advice = "目标地址不允许访问。"


def networks(listed: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks that may be called although they are not public."""
    return tuple(ip_network(network) for network in listed)


def check_destination(address: Address, allowed: Iterable[Network]) -> Address:
    """Refuse private, loopback, link-local and other special addresses unless allowed."""
    reached = _reached(address)
    if reached.is_global and not reached.is_multicast:
        return address
    if any(reached in network for network in allowed if network.version == reached.version):
        return address
    raise ForbiddenDestination


def _reached(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one only wraps, or else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or address
