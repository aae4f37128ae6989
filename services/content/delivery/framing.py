"""Frames around stored answers, which are sent as they were written and never read again."""

from collections.abc import Sequence

from shared.contracts.content import Change, ChangePage, PublicItem
from shared.contracts.page import Page


def page(items: Sequence[bytes], rest: Page[PublicItem]) -> bytes:
    """Return a page of stored items; `rest` says everything but the items."""
    return _frame(b'{"items":[', items, rest.model_dump_json(exclude={"items"}).encode())


def change_page(changes: Sequence[bytes], following: str) -> bytes:
    """Return a page of framed changes."""
    rest = ChangePage(changes=[], next=following)
    return _frame(b'{"changes":[', changes, rest.model_dump_json(exclude={"changes"}).encode())


def change(step: Change, item: bytes | None) -> bytes:
    """Return a change around the stored item it made public, if it did."""
    rest = step.model_dump_json(exclude={"item"}).encode()
    return rest[:-1] + b',"item":' + (item or b"null") + b"}"


def _frame(opening: bytes, parts: Sequence[bytes], rest: bytes) -> bytes:
    return opening + b",".join(parts) + b"]," + rest[1:]
