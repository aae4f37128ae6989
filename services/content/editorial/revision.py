"""What a text is, as a hash: approvals and releases are bound to it."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785

from shared.contracts.content import ItemKind


def content_hash(site_code: str, column_id: UUID, kind: ItemKind, text: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a text and of where it will stand, in canonical JSON (RFC 8785).

    `text` is everything a reviewer reads and consents to, as JSON values.
    """
    place = {"site_code": site_code, "column_id": str(column_id), "kind": kind.value}
    return sha256(rfc8785.dumps({**text, **place})).hexdigest()
