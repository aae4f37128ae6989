import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.address import address_digest, client_address, networks

PROXIES = networks(["10.0.0.0/8", "fd00::/8"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "1.2.3.4,203.0.113.7,10.0.0.2", "203.0.113.7"),
        ("10.0.0.1", "1.2.3.4, unknown", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", " , ", "10.0.0.1"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        ("fd00::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "", "fe80::/64"),
        (None, "203.0.113.7", ""),
        ("unix", "203.0.113.7", ""),
    ],
)
def test_the_nearest_address_that_no_trusted_proxy_has_is_the_clients(
    peer: str | None, forwarded: str, address: str
) -> None:
    assert client_address(peer, forwarded, PROXIES) == address


@given(st.text(), st.ip_addresses(v=4).map(str))
def test_nobody_chooses_their_address_without_a_trusted_proxy(text: str, peer: str) -> None:
    assert client_address(peer, text, ()) == peer
    behind = client_address("10.0.0.1", f"{text}, 203.0.113.7", PROXIES)
    assert behind == "203.0.113.7"


def test_a_digest_knows_an_address_again_under_its_key_only() -> None:
    assert address_digest(b"k", "a") == address_digest(b"k", "a")
    assert len({address_digest(k, a) for k in (b"k", b"l") for a in ("a", "b")}) == 4
    assert b"203.0.113.7" not in address_digest(b"k", "203.0.113.7")
