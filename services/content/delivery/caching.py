"""When a reader already has what it asks for."""

from hashlib import sha256


def etag_of(body: bytes) -> str:
    """Return the strong validator of an answer."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def is_known(if_none_match: str | None, etag: str) -> bool:
    """Say whether the reader holds this answer (RFC 9110 §13.1.2, weak comparison)."""
    if if_none_match is None:
        return False
    held = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return etag in held or "*" in held
