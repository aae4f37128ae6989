"""Reading whatever a feed's address answered."""

from services.content.syndication.intake.encoding import decoded
from services.content.syndication.intake.entry import Parsed
from services.content.syndication.intake.json_feed import parse_json
from services.content.syndication.intake.xml_feed import parse_xml

BOM = b"\xef\xbb\xbf"


def parse(body: bytes, content_type: str | None, here: str) -> Parsed:
    """Return what a feed says, in any of its forms; it never raises, whatever the body is."""
    begins = body.removeprefix(BOM).lstrip()[:1]
    is_json = "json" in (content_type or "").lower() or begins in {b"{", b"["}
    if is_json and begins != b"<":
        return parse_json(decoded(body, content_type))
    return parse_xml(body, content_type, here)
