"""Where a file's sealed bytes lie in the object store: by id, and by no word of anybody's."""

from uuid import UUID

ORIGINAL = "original"
READING = "reading"
PAGE = "page"
TEXT = "text"
PUBLIC = "public"


def everything(file: UUID) -> str:
    """Return the prefix of all that is stored of a file."""
    return file.hex


def of(file: UUID, what: str) -> str:
    """Return where the file lies as it was uploaded, or what was made of it."""
    return f"{file.hex}/{what}"


def rendition(rendition_id: UUID) -> str:
    """Return where a rendition for the public lies; nothing in it leads to the file."""
    return f"{rendered(rendition_id)}/{PUBLIC}"


def rendered(rendition_id: UUID) -> str:
    """Return the prefix of a rendition: the store removes what lies under a prefix, not at it."""
    return f"renditions/{rendition_id.hex}"
