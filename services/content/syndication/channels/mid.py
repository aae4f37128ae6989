"""The address of a post on Weibo, which tells its number in base 62."""

import string

DIGITS = string.digits + string.ascii_lowercase + string.ascii_uppercase
DECIMALS, SIGNS = 7, 4
"""Seven decimal digits, counted from the end, become four signs."""


def address(user_id: str, number: str) -> str | None:
    """Return where a post is read, if its number and its writer's are numbers."""
    if not (user_id.isdecimal() and number.isdecimal()):
        return None
    parts = [number[max(end - DECIMALS, 0) : end] for end in range(len(number), 0, -DECIMALS)]
    signs = [_based(int(part)) for part in parts]
    whole = [each.rjust(SIGNS, "0") for each in signs[:-1]] + signs[-1:]
    return f"https://weibo.com/{user_id}/{''.join(reversed(whole))}"


def _based(number: int) -> str:
    signs = ""
    while number:
        number, rest = divmod(number, len(DIGITS))
        signs = DIGITS[rest] + signs
    return signs or "0"
