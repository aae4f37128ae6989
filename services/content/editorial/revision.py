"""What a text is, as a hash: approvals and releases are bound to it."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from shared.contracts.content import ItemKind


def content_hash(site_code: str, column_id: UUID, kind: ItemKind, text: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a text and of where it will stand, in canonical JSON (RFC 8785).

    `text` is everything a reviewer reads and consents to, as JSON values.
    """
    place = {"site_code": site_code, "column_id": str(column_id), "kind": kind.value}
    return sha256(_canonical({**text, **place})).hexdigest()


def _canonical(said: Mapping[str, Any]) -> bytes:
    """Return what RFC 8785 does, in a tenth of the time: a text holds no fractions.

    Its names are ASCII, so that they come in the same order by whatever units they are compared.
    """
    written = json.dumps(
        said, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
    )
    return written.encode()
