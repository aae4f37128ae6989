"""Which feed an address is of."""

import re
from typing import NamedTuple
from uuid import UUID

from shared.contracts.text import SITE_CODE

CODE = SITE_CODE.strip("^$()")
FEED = re.compile(
    rf"/v1/public/(sites/(?P<site>{CODE})|columns/(?P<column>[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}))"
    r"/feed\.atom"
)


class Topic(NamedTuple):
    """A feed by its own address, and the site or column it is of."""

    topic: str
    site_code: str | None
    column_id: UUID | None


def topic_at(url: str, public_address: str) -> Topic | None:
    """Return the feed that reads itself at this address, if it is one of ours."""
    if not url.startswith(public_address):
        return None
    found = FEED.fullmatch(url, len(public_address))
    if found is None:
        return None
    column = found["column"]
    return Topic(url, found["site"], UUID(column) if column else None)
