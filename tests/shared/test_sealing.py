import pytest
from cryptography.exceptions import InvalidTag

from shared.sealing import NONCE_BYTES, derive, seal, unseal

KEY = derive("a secret of the tests", "one purpose")
NONCE = bytes(NONCE_BYTES)


def test_what_was_sealed_is_read_again_by_who_says_what_it_is() -> None:
    sealed = seal(KEY, NONCE, "渠道密钥".encode(), "channel/secret")
    assert "渠道密钥".encode() not in sealed
    assert unseal(KEY, sealed, "channel/secret").decode() == "渠道密钥"


@pytest.mark.parametrize(
    ("key", "about", "flipped"),
    [
        (derive("a secret of the tests", "another purpose"), "channel/secret", 0),
        (derive("another secret", "one purpose"), "channel/secret", 0),
        (KEY, "channel/token", 0),
        (KEY, "channel/secret", 1),
    ],
)
def test_a_seal_opens_for_nothing_else(key: bytes, about: str, flipped: int) -> None:
    sealed = bytearray(seal(KEY, NONCE, b"plain", "channel/secret"))
    sealed[-1] ^= flipped
    with pytest.raises(InvalidTag):
        unseal(key, bytes(sealed), about)
