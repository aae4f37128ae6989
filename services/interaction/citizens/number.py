"""Numbers people can copy by hand: two check digits catch a slip (ISO 7064 MOD 97-10)."""

from datetime import date


def numbered(site_code: str, received_on: date, serial: int) -> str:
    """Return the number of a site's letter: `3403000006-20260302-0001-17`."""
    return marked(site_code, received_on, f"{serial:04}")


def marked(site_code: str, received_on: date, mark: str) -> str:
    """Return the number of what a site received on a day, told apart by its mark."""
    stem = f"{site_code}-{received_on:%Y%m%d}-{mark}"
    return f"{stem}-{98 - _value(stem) * 100 % 97:02}"


def as_issued(text: str) -> str:
    """Return a number someone typed in the form it was issued in."""
    return text.strip().lower()


def _value(text: str) -> int:
    """Read digits as they are and letters as 10 to 35."""
    return int("".join(str(int(sign, 36)) for sign in text if sign != "-"))
