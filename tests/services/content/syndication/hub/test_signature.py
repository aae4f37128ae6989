import pytest
from cryptography.exceptions import InvalidTag

from services.content.syndication.hub.signature import opened, sealed, signed

KEY, NONCE, CALLBACK = "k" * 32, b"n" * 12, "https://a.example/"


def test_a_body_is_signed_as_websub_says() -> None:
    (signature,) = signed("key", b"The quick brown fox jumps over the lazy dog").values()
    expected = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    assert signature == f"sha256={expected}"
    assert signed(None, b"") == {}


def test_a_secret_is_opened_for_its_own_callback_only() -> None:
    closed = sealed(KEY, "secret", CALLBACK, NONCE)
    assert closed is not None
    assert b"secret" not in closed
    assert opened(KEY, closed, CALLBACK) == "secret"
    for key, callback in (("x" * 32, CALLBACK), (KEY, "https://b.example/")):
        with pytest.raises(InvalidTag):
            opened(key, closed, callback)
    assert sealed(KEY, None, CALLBACK, NONCE) is None
    assert opened(KEY, None, CALLBACK) is None
