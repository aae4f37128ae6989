"""The public rendition of a letter: without its writer, and without anyone else's data."""

import re

from services.interaction.mailbox.letters.writing import Writing
from shared.personal_data import mask

TO_FULL_WIDTH = 0xFEE0
GAP = r"[\s\-－()（）·]*"
TRUNK = re.compile(r"^(?:86(?=1\d{10}$|0))?(?:0(?:10|2\d|[3-9]\d\d))?", re.ASCII)


def redact(text: str, writing: Writing) -> str:
    """Return `text` as everyone may read it: the writer's own name and contact never occur."""
    if writing.email:
        text = _spelt(writing.email).sub("***", text)
    if writing.phone:
        # Whoever lives in the same city leaves out the country and area codes.
        text = _spelt(TRUNK.sub("", re.sub(r"\D", "", writing.phone))).sub("***", text)
    return mask(_spelt(writing.name).sub("***", text))


def _spelt(personal: str) -> re.Pattern[str]:
    """Match a name or number however it is spaced, in half or full width, in either case."""
    signs = re.sub(GAP, "", personal) or personal
    return re.compile(GAP.join(_either_width(sign) for sign in signs), re.IGNORECASE)


def _either_width(sign: str) -> str:
    half = chr(ord(sign) - TO_FULL_WIDTH) if "！" <= sign <= "～" else sign
    if not "!" <= half <= "~":
        return re.escape(sign)
    return f"(?:{re.escape(half)}|{re.escape(chr(ord(half) + TO_FULL_WIDTH))})"
