"""The trail as a file: one JSON line for each entry, and what a verifier makes of such a file."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from services.audit.trail import checkpoint as checkpoints
from services.audit.trail.checkpoint import MalformedKey
from services.audit.trail.verification import Code, Row, Verdict, verify_export


class UnreadableRow(ValueError):
    """A line of an export is not an entry."""

    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = row


def write_line(sequence: int, leaf: bytes, leaf_hash: bytes) -> bytes:
    """Write one entry, its event exactly as the tree commits to it."""
    return b'{"sequence":%d,"leaf_hash":"%s","event":%s}\n' % (
        sequence,
        leaf_hash.hex().encode(),
        leaf,
    )


def read_lines(lines: Iterable[str]) -> Iterator[Row]:
    """Read entries back, believing nothing of them yet; `UnreadableRow` names what is none."""
    for number, line in enumerate(lines):
        try:
            document = json.loads(line, object_pairs_hook=_unambiguous)
            sequence, event = document["sequence"], document["event"]
            if type(sequence) is not int or not isinstance(event, dict):
                raise UnreadableRow(number)
            yield Row(sequence, event, bytes.fromhex(document["leaf_hash"]))
        except (ValueError, TypeError, KeyError, RecursionError) as fault:
            raise UnreadableRow(number) from fault


def verify_files(checkpoint: str, key: str, export: Iterable[str]) -> Verdict:
    """Verify an exported trail: the text of a signed checkpoint, a key line, the export's lines.

    Take the key from elsewhere than the trail it is to verify.
    """
    try:
        name, public = checkpoints.parse_verifier_key(key.strip())
        verdict = verify_export(checkpoint, public, read_lines(export))
    except MalformedKey as problem:
        return Verdict(Code.MALFORMED_KEY, problem.detail)
    except UnreadableRow as fault:
        message = f"第 {fault.row + 1} 行不是存证记录，无法识别。"
        return Verdict(Code.UNREADABLE_ROW, message, fault.row)
    if verdict.accepted and checkpoints.parse(checkpoint).checkpoint.origin != name:
        return Verdict(Code.OTHER_ORIGIN, f"检查点不属于存证目录 {name}。")
    return verdict


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # A name given twice could show one thing to people and another to the hash.
    document = dict(pairs)
    if len(document) < len(pairs):
        raise ValueError
    return document
