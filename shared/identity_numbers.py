"""Which strings of digits are numbers of persons, of bank cards or of organizations."""

import datetime as dt

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_LENGTH = 18


def is_identity_number(number: str) -> bool:
    """Tell whether 18 characters are a citizen's number: a birthday, and the check of GB 11643.

    The region is not looked up: regions come and go, and the other two already leave one
    random number in many thousands.
    """
    values = [10 if digit in "Xx" else int(digit) for digit in number]
    weighed = sum(value * pow(2, 17 - place, 11) for place, value in enumerate(values))
    return weighed % 11 == 1 and _is_birthday(number[6:14])


def is_legacy_identity_number(number: str) -> bool:
    """Tell whether 15 digits may be a number of the first generation, which had no check digit."""
    # Without a check digit only the region's place in its group of provinces thins out the rest.
    return number[0] in "123456" and number[1] in "0123456" and _is_birthday("19" + number[6:12])


def is_bank_card(number: str) -> bool:
    """Tell whether 16 to 19 digits are a card's: an issuer's first digit and the check of Luhn."""
    doubled = (digit * 2 // 10 + digit * 2 % 10 for digit in map(int, number[-2::-2]))
    return number[0] in "34569" and (sum(doubled) + sum(map(int, number[::-2]))) % 10 == 0


def is_credit_code(code: str) -> bool:
    """Tell whether `code` is an organization's unified social credit code (GB 32100)."""
    if len(code) != CREDIT_CODE_LENGTH or not set(code) <= set(CREDIT_CODE_ALPHABET):
        return False
    values = [CREDIT_CODE_ALPHABET.index(character) for character in code]
    weighed = sum(value * pow(3, place, 31) for place, value in enumerate(values[:-1]))
    return (weighed + values[-1]) % 31 == 0


def _is_birthday(digits: str) -> bool:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= day.year < 2100  # noqa: PLR2004  # nobody alive was born outside
