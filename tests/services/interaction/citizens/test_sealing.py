import pytest
from cryptography.exceptions import InvalidTag

from services.interaction.citizens.sealing import Keyring, UnknownKey, WritingKey

FORMER = "one secret of at least 32 characters"
KEYRING = Keyring(FORMER)
KEY = WritingKey(b"k" * 32, "n-1")
NONCE = b"n" * 12


def test_what_was_closed_opens_again() -> None:
    wrapped = KEYRING.wrap(KEY, NONCE)
    sealed = KEY.close(NONCE, "路灯不亮", "letter")
    assert KEYRING.unwrap(wrapped, "n-1").open(sealed, "letter") == "路灯不亮"


def test_a_seal_shows_nothing_of_what_it_holds() -> None:
    assert "路灯".encode() not in KEY.close(NONCE, "路灯不亮", "letter")
    assert KEY.key not in KEYRING.wrap(KEY, NONCE).key


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
        Keyring("another secret of some 32 characters").unwrap(
            wrapped._replace(by=Keyring("another secret of some 32 characters").name), "n-1"
        )
    with pytest.raises(InvalidTag):
        KEYRING.unwrap(wrapped, "n-2")


def test_a_codes_digest_depends_on_letter_and_number() -> None:
    digests = {
        KEY.code_digest("CODE"),
        KEY.code_digest("C0DE"),
        KEY._replace(number="n-2").code_digest("CODE"),
        KEY._replace(key=b"o" * 32).code_digest("CODE"),
    }
    assert len(digests) == 4


def test_a_kept_receipts_code_opens_for_its_number_only() -> None:
    closed = KEYRING.close_code(NONCE, "n-1", "7KQF")
    assert KEYRING.open_code("n-1", closed) == "7KQF"
    with pytest.raises(UnknownKey):
        KEYRING.open_code("n-2", closed)


def test_after_a_change_of_keys_what_was_sealed_before_still_opens() -> None:
    changed = Keyring("the next secret of some 32 characters", [FORMER])
    wrapped = KEYRING.wrap(KEY, NONCE)
    assert changed.unwrap(wrapped, "n-1") == KEY
    assert changed.open_code("n-1", KEYRING.close_code(NONCE, "n-1", "7KQF")) == "7KQF"
    assert KEYRING.marks("phone:1")[0] in changed.marks("phone:1")
    assert changed.wrap(KEY, NONCE).by == changed.name != wrapped.by


def test_once_the_former_key_is_forgotten_what_it_sealed_stays_closed() -> None:
    with pytest.raises(UnknownKey):
        Keyring("the next secret of some 32 characters").unwrap(KEYRING.wrap(KEY, NONCE), "n-1")


def test_marks_of_other_contacts_and_other_keys_differ() -> None:
    other = Keyring("another secret of some 32 characters")
    marks = {*KEYRING.marks("phone:1"), *KEYRING.marks("phone:2"), *other.marks("phone:1")}
    assert len(marks) == 3
