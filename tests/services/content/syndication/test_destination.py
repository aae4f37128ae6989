from ipaddress import ip_address

import pytest

from services.content.syndication.destination import (
    ForbiddenDestination,
    check_destination,
    networks,
)

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
)
OUTSIDE = ("93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "64:ff9b::8.8.8.8")


@pytest.mark.parametrize("address", INSIDE)
def test_no_one_outside_sends_us_inside(address: str) -> None:
    with pytest.raises(ForbiddenDestination):
        check_destination(ip_address(address), ())


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_may_be_called(address: str) -> None:
    assert check_destination(ip_address(address), ()) == ip_address(address)


def test_a_network_may_be_allowed_and_only_that_one() -> None:
    allowed = networks(["10.0.0.0/8", "::1/128"])
    for address in ("10.1.2.3", "::1", "::ffff:10.1.2.3"):
        check_destination(ip_address(address), allowed)
    for address in ("127.0.0.1", "192.168.0.1", "fe80::1"):
        with pytest.raises(ForbiddenDestination):
            check_destination(ip_address(address), allowed)
