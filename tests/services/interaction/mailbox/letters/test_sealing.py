import pytest
from cryptography.exceptions import InvalidTag

from services.interaction.mailbox.letters.sealing import Keyring, LetterKey

KEYRING = Keyring("one secret of at least 32 characters")
KEY = LetterKey(b"k" * 32, "n-1")
NONCE = b"n" * 12


def test_what_was_closed_opens_again() -> None:
    wrapped = KEYRING.wrap(KEY, NONCE)
    sealed = KEY.close(NONCE, "路灯不亮", "letter")
    assert KEYRING.unwrap(wrapped, "n-1").open(sealed, "letter") == "路灯不亮"


def test_a_seal_shows_nothing_of_what_it_holds() -> None:
    assert "路灯".encode() not in KEY.close(NONCE, "路灯不亮", "letter")
    assert KEY.key not in KEYRING.wrap(KEY, NONCE)


def test_a_seal_does_not_open_as_something_else() -> None:
    sealed = KEY.close(NONCE, "路灯不亮", "letter")
    with pytest.raises(InvalidTag):
        KEY.open(sealed, "answer")
    with pytest.raises(InvalidTag):
        KEY._replace(number="n-2").open(sealed, "letter")


def test_a_changed_seal_does_not_open() -> None:
    sealed = KEY.close(NONCE, "路灯不亮", "letter")
    with pytest.raises(InvalidTag):
        KEY.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "letter")


def test_another_secret_or_number_does_not_unwrap_the_key() -> None:
    wrapped = KEYRING.wrap(KEY, NONCE)
    with pytest.raises(InvalidTag):
        Keyring("another secret of some 32 characters").unwrap(wrapped, "n-1")
    with pytest.raises(InvalidTag):
        KEYRING.unwrap(wrapped, "n-2")


def test_a_codes_digest_depends_on_number_and_secret() -> None:
    other = Keyring("another secret of some 32 characters")
    digests = {
        KEYRING.code_digest("n-1", "CODE"),
        KEYRING.code_digest("n-2", "CODE"),
        KEYRING.code_digest("n-1", "C0DE"),
        other.code_digest("n-1", "CODE"),
    }
    assert len(digests) == 4


def test_a_kept_receipts_code_opens_for_its_number_only() -> None:
    closed = KEYRING.close_code(NONCE, "n-1", "7KQF")
    assert KEYRING.open_code("n-1", closed) == "7KQF"
    with pytest.raises(InvalidTag):
        KEYRING.open_code("n-2", closed)
