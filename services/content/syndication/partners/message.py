"""What a message to a subscriber says."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.content.syndication.partners.retry import figures
from shared.contracts.subscribing import LeftOut

PING = "ping"


def made_out(kind: str, at: datetime, data: Mapping[str, Any]) -> str:
    """Return a message as Standard Webhooks has it: what happened, when, and to what."""
    return _written({"type": kind, "timestamp": at.isoformat(), "data": data})


def with_item(payload: str, answer: bytes | None) -> str:
    """Return the message with the public answer in it, or with a mark why it is left out.

    A text that was replaced or withdrawn is not told again, whenever the message is sent.
    """
    message = json.loads(payload)
    data = message["data"]
    item = None if answer is None else json.loads(answer)
    if item is None or item["release_seq"] != data["release_seq"]:
        return _written({**message, "data": {**data, "item_left_out": LeftOut.SUPERSEDED}})
    full = _written({**message, "data": {**data, "item": item}})
    if len(full.encode()) < figures().payload_bytes:
        return full
    return _written({**message, "data": {**data, "item_left_out": LeftOut.TOO_LARGE}})


def _written(message: Mapping[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
