from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.destination import (
    NAT64,
    Address,
    Allowed,
    ForbiddenDestination,
    check_address,
    check_destination,
    check_host,
    networks,
)

WEB = Allowed()
INSIDE = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104  # an address to refuse
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::127.0.0.1",
    "2002:0a00:0001::1",
    "2001:0:0a00:1::1",
    "192.0.0.8",
    "192.88.99.1",
    "fec0::1",
    "::7f00:1",
    "64:ff9b:1::a00:1",
    "3fff::1",
    "4000::1",
)
OUTSIDE = ("93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "64:ff9b::8.8.8.8")


ANYWHERE = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6))


@pytest.mark.parametrize("address", INSIDE)
def test_no_one_outside_sends_us_inside(address: str) -> None:
    with pytest.raises(ForbiddenDestination):
        check_destination(ip_address(address), 443, WEB)


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_may_be_called(address: str) -> None:
    assert check_destination(ip_address(address), 443, WEB) == ip_address(address)


def test_a_network_may_be_allowed_at_any_port_and_only_that_one() -> None:
    allowed = Allowed(networks(["10.0.0.0/8", "::1/128"]))
    for address in ("10.1.2.3", "::1", "::ffff:10.1.2.3"):
        check_destination(ip_address(address), 8080, allowed)
    for address in ("127.0.0.1", "192.168.0.1", "fe80::1"):
        with pytest.raises(ForbiddenDestination):
            check_destination(ip_address(address), 80, allowed)


def test_public_addresses_answer_at_the_ports_of_the_web_or_at_those_allowed() -> None:
    public = ip_address(OUTSIDE[0])
    for port in (22, 25, 5432, 6379, 8080):
        with pytest.raises(ForbiddenDestination):
            check_destination(public, port, WEB)
    assert check_destination(public, 8080, Allowed(ports=frozenset({8080}))) == public


def _wrapped(address: IPv4Address) -> list[IPv6Address]:
    return [
        IPv6Address(f"::ffff:{address}"),
        IPv6Address(f"64:ff9b::{address}"),
        IPv6Address(b"\x20\x02" + address.packed + bytes(10)),
    ]


def _may_be_called(address: Address) -> bool:
    try:
        return check_destination(address, 443, WEB) == address
    except ForbiddenDestination:
        return False


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_alike_in_whatever_it_is_wrapped(address: IPv4Address) -> None:
    assert {_may_be_called(each) for each in _wrapped(address)} == {_may_be_called(address)}


@given(ANYWHERE)
def test_nothing_special_is_ever_called(address: Address) -> None:
    assume(isinstance(address, IPv4Address) or not _wraps(address))
    special = (
        address.is_private,
        address.is_loopback,
        address.is_link_local,
        address.is_multicast,
        address.is_unspecified,
        address.is_reserved,
    )
    assert not (any(special) and _may_be_called(address))


def _wraps(address: IPv6Address) -> bool:
    """Say whether an address stands for another one."""
    return any((address.ipv4_mapped, address.sixtofour)) or address in NAT64


@given(ANYWHERE, st.integers(1, 65535))
def test_without_a_setting_only_the_webs_ports_are_called(address: Address, port: int) -> None:
    try:
        check_destination(address, port, WEB)
    except ForbiddenDestination:
        return
    assert port in {80, 443}


@pytest.mark.parametrize(
    ("scheme", "host", "port", "user_info"),
    [
        ("ftp", "a.gov.cn", 21, ""),
        ("file", "", 0, ""),
        ("gopher", "a.gov.cn", 70, ""),
        ("", "a.gov.cn", 80, ""),
        ("https", "", 443, ""),
        ("https", "a.gov.cn", 443, "user"),
        ("https", "a.gov.cn", 443, ":secret"),
        ("https", "a.gov.cn", 65536, ""),
    ],
)
def test_only_plain_addresses_of_the_web_are_called(
    scheme: str, host: str, port: int, user_info: str
) -> None:
    with pytest.raises(ForbiddenDestination):
        check_address(scheme, host, port, user_info)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "localhost", "LOCALHOST.", "a.localhost", "169.254.169.254"]
)
def test_a_host_that_lies_inside_is_seen_without_a_look_up(host: str) -> None:
    with pytest.raises(ForbiddenDestination):
        check_host(host, 80, Allowed())


def test_a_name_is_let_pass_until_it_is_looked_up() -> None:
    check_host("partner.example.org", 443, Allowed())
    check_host("localhost", 8000, Allowed(networks(["127.0.0.0/8"])))
    check_host("partner.example.org", 8000, Allowed(networks(["127.0.0.0/8"])))
    with pytest.raises(ForbiddenDestination):
        check_host("partner.example.org", 8000, Allowed())


def test_http_and_https_are_of_the_web() -> None:
    for scheme in ("http", "https"):
        check_address(scheme, "a.gov.cn", 8443, "")
