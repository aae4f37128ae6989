from hypothesis import given
from hypothesis import strategies as st

from services.interaction.citizens.query_code import (
    ALPHABET,
    RANDOM_BYTES,
    as_typed,
    query_code,
)


def test_a_code_holds_at_least_64_bits_of_chance() -> None:
    assert RANDOM_BYTES * 8 >= 64
    assert len(query_code(bytes(RANDOM_BYTES)).replace("-", "")) * 5 == RANDOM_BYTES * 8


def test_a_code_is_spelt_in_groups_of_four() -> None:
    assert query_code(b"\xff" * 10) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert query_code(bytes(9) + b"\x01") == "0000-0000-0000-0001"


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_different_chance_gives_different_codes(one: bytes, other: bytes) -> None:
    assert (query_code(one) == query_code(other)) is (one == other)


def test_letters_that_look_like_digits_are_never_used() -> None:
    assert not set("ILOU") & set(ALPHABET)


def test_case_gaps_and_lookalikes_do_not_matter() -> None:
    assert as_typed("7kq1 2m3n-9xz0") == as_typed("7KQI-2M3N-9XZO") == "7KQ12M3N9XZ0"
