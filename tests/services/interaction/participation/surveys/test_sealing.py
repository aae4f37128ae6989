from base64 import urlsafe_b64encode
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag

from services.interaction.participation.surveys.sealing import AnswerKeys, UnknownPass

KEYS = AnswerKeys("one secret of at least 32 characters")
OTHER = AnswerKeys("another secret of some 32 characters")
ONE, TWO = UUID(int=1), UUID(int=2)
NONCE = b"n" * 12


def test_a_device_has_one_mark_at_a_survey_and_another_at_another() -> None:
    token = KEYS.token(b"c" * 16)
    assert KEYS.device_mark(ONE, token) == KEYS.device_mark(ONE, token)
    assert KEYS.device_mark(ONE, token) != KEYS.device_mark(TWO, token)
    assert KEYS.device_mark(ONE, token) != KEYS.device_mark(ONE, KEYS.token(b"d" * 16))


def test_a_mark_shows_nothing_of_its_pass() -> None:
    token = KEYS.token(b"c" * 16)
    assert b"c" * 8 not in KEYS.device_mark(ONE, token)
    assert OTHER.code_mark(ONE, "7KQ1") != KEYS.code_mark(ONE, "7KQ1")


@pytest.mark.parametrize(
    "made",
    [
        "",
        "x",
        "汉字",
        urlsafe_b64encode(b"c" * 32).decode(),
        OTHER.token(b"c" * 16),
        KEYS.token(b"c" * 16)[:-8],
        urlsafe_b64encode(b"c" * 17 + b"d" * 15).decode(),
    ],
)
def test_a_token_that_was_made_elsewhere_is_refused(made: str) -> None:
    with pytest.raises(UnknownPass):
        KEYS.device_mark(ONE, made)


def test_a_token_written_in_another_way_is_the_same_device() -> None:
    token = KEYS.token(b"\xff" * 16)
    assert KEYS.device_mark(ONE, f"{token[:5]} {token[5:]}") == KEYS.device_mark(ONE, token)


def test_a_code_is_the_same_however_it_was_typed() -> None:
    assert KEYS.code_mark(ONE, "7kqo 1m3n") == KEYS.code_mark(ONE, "7KQ0-1M3N")


def test_texts_open_as_those_of_their_response_alone() -> None:
    id_ = uuid4()
    sealed = KEYS.close(NONCE, id_, {"why": "排队太久"})
    assert "排队".encode() not in sealed
    assert KEYS.open(sealed, id_) == {"why": "排队太久"}
    for keys, another in ((KEYS, uuid4()), (OTHER, id_)):
        with pytest.raises(InvalidTag):
            keys.open(sealed, another)
