import pytest

from shared.identity_numbers import (
    is_bank_card,
    is_credit_code,
    is_identity_number,
    is_legacy_identity_number,
)

LAST_CHARACTERS = "0123456789X"


@pytest.mark.parametrize("number", ["11010519491231002X", "11010519491231002x"])
def test_a_citizens_number_has_a_birthday_and_a_check_digit(number: str) -> None:
    assert is_identity_number(number)


def test_no_other_last_character_makes_it_a_citizens_number() -> None:
    valid = [last for last in LAST_CHARACTERS if is_identity_number("11010519491231002" + last)]
    assert valid == ["X"]


@pytest.mark.parametrize(
    "birthday",
    ["18800101", "21000101", "19990229", "19490431", "19491301", "00000000"],
)
def test_no_check_digit_makes_up_for_an_impossible_birthday(birthday: str) -> None:
    assert not any(is_identity_number(f"110105{birthday}002{last}") for last in LAST_CHARACTERS)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("340303750612001", True),
        ("340303751312001", False),  # no thirteenth month
        ("940303750612001", False),  # no such region
    ],
)
def test_a_number_of_the_first_generation_has_a_region_and_a_birthday(
    number: str, *, valid: bool
) -> None:
    assert is_legacy_identity_number(number) is valid


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("4111111111111111", True),
        ("6222020000000000000", True),
        ("4111111111111112", False),
        ("0000000000000000", False),
        ("2024010112345670", False),
    ],
)
def test_a_card_has_an_issuers_digit_and_the_check_of_luhn(number: str, *, valid: bool) -> None:
    assert is_bank_card(number) is valid


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("11441700007280420Y", True),
        ("11620622013933539B", True),
        ("11441700007280420A", False),
        ("11441700007280420I", False),  # I is not in the alphabet
        ("11441700007280420", False),
        ("", False),
    ],
)
def test_a_credit_code_checks_modulo_31(code: str, *, valid: bool) -> None:
    assert is_credit_code(code) is valid
