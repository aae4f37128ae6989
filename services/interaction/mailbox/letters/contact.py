"""How a writer's contact is spelt when two letters are compared by it."""

import re

COUNTRY = re.compile(r"^(?:\+|00)?86(?=1\d{10}$|0\d)")


def spelt_phone(phone: str) -> str:
    """Return a phone number without gaps and the country's code."""
    return "phone:" + COUNTRY.sub("", re.sub(r"[^\d+]", "", phone)).lstrip("+")


def spelt_email(email: str) -> str:
    """Return an address in one case."""
    return "email:" + email.strip().lower()


def spelt(phone: str | None, email: str | None) -> list[str]:
    """Return every contact somebody gave, each in its one spelling."""
    return [*([spelt_phone(phone)] if phone else []), *([spelt_email(email)] if email else [])]
