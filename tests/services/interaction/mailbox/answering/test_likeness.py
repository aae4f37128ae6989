from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.answering.likeness import (
    Other,
    copied,
    share,
    sketch,
    stretches,
)
from services.interaction.mailbox.answering.wording import wording
from shared.contracts.answers import FindingSeverity
from tests.services.interaction.conftest import ANSWER

KEYRING = Keyring("a secret for the tests of likeness")
FIGURES = wording().copying
OTHER = (
    "经查，您所反映的淮河路积水由雨水井堵塞造成，环卫处已于3月8日清掏雨水井十六座并安排专人值守。"
)
LONG = "".join(chr(0x4E00 + at * 7 % 5000) for at in range(2000))


def drawn(text: str, keyring: Keyring = KEYRING) -> list[int]:
    return sketch(keyring.text_marks(stretches(text, FIGURES)), FIGURES)


def test_a_text_is_like_itself_and_unlike_another() -> None:
    assert share(drawn(ANSWER), drawn(ANSWER), FIGURES) == 1
    assert share(drawn(ANSWER), drawn(OTHER), FIGURES) == 0


def test_of_a_long_text_a_sketch_is_kept_that_estimates_well() -> None:
    assert len(drawn(LONG)) == FIGURES.sketch
    half = LONG[:1000] + LONG[:1000][::-1]
    estimate = share(drawn(LONG), drawn(half), FIGURES)
    assert 0.15 < estimate < 0.55  # a third stands in both


def test_a_sketch_of_another_key_tells_nothing() -> None:
    assert share(drawn(ANSWER), drawn(ANSWER, Keyring("another secret")), FIGURES) == 0


def test_a_short_text_is_like_nothing() -> None:
    assert drawn("感谢您的来信。") == []
    assert share([], [], FIGURES) == 0


def others(count: int, answer: str = ANSWER, asked: str = LONG) -> list[Other]:
    return [Other(uuid4(), drawn(answer), drawn(asked)) for _ in range(count)]


def test_the_same_answer_to_many_that_ask_otherwise_needs_a_reason() -> None:
    found = copied(drawn(ANSWER), drawn(OTHER), others(3), wording())
    assert found is not None
    assert (found.severity, found.share, found.letters) == (FindingSeverity.MUST_EXPLAIN, 1.0, 3)


def test_the_same_answer_to_one_other_is_a_hint() -> None:
    found = copied(drawn(ANSWER), drawn(OTHER), others(1), wording())
    assert found is not None
    assert found.severity is FindingSeverity.HINT


def test_who_asks_the_same_may_be_answered_the_same() -> None:
    assert copied(drawn(ANSWER), drawn(LONG), others(9), wording()) is None


def test_rounds_of_one_letter_count_as_one() -> None:
    letter = uuid4()
    rounds = [Other(letter, drawn(ANSWER), drawn(LONG))] * 5
    found = copied(drawn(ANSWER), drawn(OTHER), rounds, wording())
    assert found is not None
    assert found.letters == 1


def test_another_answer_is_no_copy() -> None:
    assert copied(drawn(ANSWER), drawn(OTHER), others(9, OTHER), wording()) is None


@given(one=st.text(max_size=60), other=st.text(max_size=60))
def test_likeness_goes_both_ways_and_stays_between_none_and_all(one: str, other: str) -> None:
    there, back = (
        share(drawn(one), drawn(other), FIGURES),
        share(drawn(other), drawn(one), FIGURES),
    )
    assert there == back
    assert 0 <= there <= 1
