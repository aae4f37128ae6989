from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag

from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.mailbox.attachments.sealing import (
    FileKey,
    JudgingKey,
    claim_digest,
    unwrap_for_letter,
    unwrap_for_mailbox,
    wrap_for_letter,
    wrap_for_mailbox,
)

FILE, OTHER = UUID(int=1), UUID(int=2)
KEY = FileKey(b"k" * 32, FILE)
LETTER = WritingKey(b"l" * 32, "3403000006-20260302-0001-17")
NONCE = bytes(12)


def test_what_is_sealed_opens_as_what_it_is_and_as_nothing_else() -> None:
    sealed = KEY.close(NONCE, b"data", "original")
    assert KEY.open(sealed, "original") == b"data"
    for key, what in ((KEY, "reading"), (KEY._replace(file=OTHER), "original")):
        with pytest.raises(InvalidTag):
            key.open(sealed, what)


def test_a_files_key_opens_to_the_mailbox_then_to_its_letter_alone() -> None:
    keyring = Keyring("s" * 32)
    before = wrap_for_mailbox(KEY, keyring, NONCE)
    assert unwrap_for_mailbox(before, FILE, keyring) == KEY
    after = wrap_for_letter(KEY, LETTER, NONCE)
    assert unwrap_for_letter(after, FILE, LETTER) == KEY
    with pytest.raises(InvalidTag):
        unwrap_for_mailbox(before._replace(key=after), FILE, keyring)
    with pytest.raises(InvalidTag):
        unwrap_for_letter(after, FILE, LETTER._replace(key=b"x" * 32))
    with pytest.raises(InvalidTag):
        unwrap_for_letter(after, OTHER, LETTER)


def test_the_workers_key_opens_what_waits_and_no_letters_file() -> None:
    judging = JudgingKey("j" * 32)
    assert judging.unwrap(judging.wrap(KEY, NONCE), FILE) == KEY
    for wrapped in (
        wrap_for_letter(KEY, LETTER, NONCE),
        wrap_for_mailbox(KEY, Keyring("s" * 32), NONCE).key,
        JudgingKey("x" * 32).wrap(KEY, NONCE),
    ):
        with pytest.raises(InvalidTag):
            judging.unwrap(wrapped, FILE)


def test_a_claim_is_kept_as_a_digest() -> None:
    assert claim_digest("a") == claim_digest("a") != claim_digest("b")
    assert b"claim" not in claim_digest("claim")
