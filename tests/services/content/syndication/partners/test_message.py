import json
from datetime import UTC, datetime
from typing import Any

from services.content.syndication.partners.message import made_out, with_item
from services.content.syndication.partners.retry import figures

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
THIN = made_out("content.item.released", AT, {"item_id": "1", "release_seq": 7})


def full(**item: Any) -> Any:
    return json.loads(with_item(THIN, json.dumps({"release_seq": 7, **item}).encode()))


def test_a_message_says_what_happened_when_and_to_what() -> None:
    assert json.loads(THIN) == {
        "type": "content.item.released",
        "timestamp": "2026-03-02T01:00:00+00:00",
        "data": {"item_id": "1", "release_seq": 7},
    }


def test_a_full_message_holds_the_public_answer() -> None:
    assert full(body="正文")["data"] == {
        "item_id": "1",
        "release_seq": 7,
        "item": {"release_seq": 7, "body": "正文"},
    }


def test_a_message_that_would_be_too_long_is_thin_and_says_so() -> None:
    assert "item" in full(body="x" * (figures().payload_bytes - 200))["data"]
    for body in ("x" * figures().payload_bytes, "字" * (figures().payload_bytes // 3)):
        data = full(body=body)["data"]
        assert data == {"item_id": "1", "release_seq": 7, "item_left_out": "too_large"}


def test_a_text_that_was_replaced_or_withdrawn_is_not_told_again() -> None:
    later = json.dumps({"release_seq": 8, "body": "改过的正文"}).encode()
    for answer in (later, None):
        data = json.loads(with_item(THIN, answer))["data"]
        assert data == {"item_id": "1", "release_seq": 7, "item_left_out": "superseded"}
