"""The public rendition of a writing: without its writer, and without anyone else's data."""

import re
from typing import Protocol

from shared.personal_data import mask

TO_FULL_WIDTH = 0xFEE0
GAP = r"[\s\-－()（）·]*"
TRUNK = re.compile(r"^(?:86(?=1\d{10}$|0))?(?:0(?:10|2\d|[3-9]\d\d))?", re.ASCII)


class Writer(Protocol):
    """Who wrote, as far as they said."""

    @property
    def name(self) -> str | None:
        """What they call themselves."""

    @property
    def phone(self) -> str | None:
        """Where they can be called."""

    @property
    def email(self) -> str | None:
        """Where they can be written to."""


def redact(text: str, writer: Writer) -> str:
    """Return `text` as everyone may read it: the writer's own name and contact never occur."""
    if writer.email:
        text = _spelt(writer.email).sub("***", text)
    if writer.phone:
        # Whoever lives in the same city leaves out the country and area codes.
        text = _spelt(TRUNK.sub("", re.sub(r"\D", "", writer.phone))).sub("***", text)
    if writer.name:
        text = _spelt(writer.name).sub("***", text)
    return mask(text)


def _spelt(personal: str) -> re.Pattern[str]:
    """Match a name or number however it is spaced, in half or full width, in either case."""
    signs = re.sub(GAP, "", personal) or personal
    return re.compile(GAP.join(_either_width(sign) for sign in signs), re.IGNORECASE)


def _either_width(sign: str) -> str:
    half = chr(ord(sign) - TO_FULL_WIDTH) if "！" <= sign <= "～" else sign
    if not "!" <= half <= "~":
        return re.escape(sign)
    return f"(?:{re.escape(half)}|{re.escape(chr(ord(half) + TO_FULL_WIDTH))})"
