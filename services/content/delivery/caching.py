"""When a reader already has what it asks for, and how long it may keep it."""

import gzip
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from hashlib import sha256

SHORTEST_TO_PRESS = 1400
"""Less than this fits into one packet as it is."""

FASTEST = 1
"""Level 1 takes a third of the time of level 6, for a tenth more bytes."""

PRESSED = '-gzip"'
REFUSED = re.compile(r"q=0(\.0{0,3})?")


class Freshness(StrEnum):
    """How long an answer may be shown without asking again.

    What holds an item's text is asked for again each time: a withdrawal counts at once.
    """

    ASKED_AGAIN = "public, max-age=0, must-revalidate"
    MINUTE = "public, max-age=60, stale-while-revalidate=300"
    HOUR = "public, max-age=3600, stale-while-revalidate=86400"


def etag_of(body: bytes) -> str:
    """Return the strong validator of an answer."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def is_pressed(body: bytes, accept_encoding: str | None) -> bool:
    """Say whether it is worth compressing an answer for a reader, who can read it then."""
    if len(body) < SHORTEST_TO_PRESS or accept_encoding is None:
        return False
    for coding in accept_encoding.lower().split(","):
        name, _, weight = coding.replace(" ", "").partition(";")
        if name == "gzip":
            return REFUSED.fullmatch(weight) is None
    return False


def press(body: bytes) -> bytes:
    """Return an answer compressed with gzip, the same bytes every time."""
    return gzip.compress(body, FASTEST, mtime=0)


def etag_pressed(etag: str) -> str:
    """Return the validator of the same answer compressed: other bytes, so another one."""
    return f"{etag[:-1]}{PRESSED}"


def is_known(if_none_match: str | None, etag: str) -> bool:
    """Say whether the reader holds this answer (RFC 9110 §13.1.2, weak comparison)."""
    if if_none_match is None:
        return False
    held = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return "*" in held or etag in {part.replace(PRESSED, '"') for part in held}


def is_unmodified(if_modified_since: str | None, modified_at: datetime | None) -> bool:
    """Say whether the reader names the very date it was told (RFC 9110 §13.1.3).

    A later date says no more: what changed bears the instant at which the change began, and may
    have been seen only after whoever now asks last looked.
    """
    if if_modified_since is None or modified_at is None:
        return False
    try:
        held = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return held.tzinfo is not None and modified_at.replace(microsecond=0) == held
