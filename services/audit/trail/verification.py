"""The offline verifier: an export, a checkpoint and a public key are all it needs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.audit.trail import checkpoint as checkpoints
from services.audit.trail import merkle
from services.audit.trail.checkpoint import Checkpoint, ForgedCheckpoint, MalformedCheckpoint


class Code(StrEnum):
    """What the verifier can say of a trail."""

    ACCEPTED = "accepted"
    MALFORMED_KEY = "malformed_key"
    MALFORMED_CHECKPOINT = "malformed_checkpoint"
    BAD_SIGNATURE = "bad_signature"
    UNREADABLE_ROW = "unreadable_row"
    CHANGED_ROW = "changed_row"
    MISSING_ROW = "missing_row"
    REORDERED_ROWS = "reordered_rows"
    WRONG_SIZE = "wrong_size"
    WRONG_ROOT = "wrong_root"
    NOT_INCLUDED = "not_included"
    OTHER_ORIGIN = "other_origin"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True)
class Verdict:
    """Acceptance, or the first fault met and the row it was met at."""

    code: Code
    message: str
    row: int | None = None

    @property
    def accepted(self) -> bool:
        """Whether nothing was found wrong."""
        return self.code is Code.ACCEPTED


class Row(NamedTuple):
    """One exported row; sequence numbers count from 0 and are the leaf indexes of the tree."""

    sequence: int
    event: bytes | Mapping[str, Any]
    leaf_hash: bytes


def leaf_bytes(event: Mapping[str, Any]) -> bytes:
    """Return the canonical form (RFC 8785) of a CloudEvents document: what the tree commits to."""
    return rfc8785.dumps(event)


def verify_export(note: str, key: Ed25519PublicKey, rows: Iterable[Row]) -> Verdict:
    """Recompute the tree from every exported row and hold it against the signed checkpoint."""
    opened = _open(note, key)
    return opened if isinstance(opened, Verdict) else _verify_rows(opened, iter(rows))


def verify_row(note: str, key: Ed25519PublicKey, row: Row, proof: Sequence[bytes]) -> Verdict:
    """Check that one row is among those the checkpoint covers, without seeing the others."""
    opened = _open(note, key)
    if isinstance(opened, Verdict):
        return opened
    if not _intact(row):
        return _changed(row)
    index, size, root = row.sequence, opened.size, opened.root
    if not merkle.verify_inclusion(row.leaf_hash, index, size, proof, root):
        message = f"第 {index} 号记录不在该检查点之内：包含证明不成立。"
        return Verdict(Code.NOT_INCLUDED, message, index)
    return Verdict(Code.ACCEPTED, f"验证通过：第 {index} 号记录在检查点的 {size} 条记录之内。")


def verify_growth(
    older_note: str, newer_note: str, key: Ed25519PublicKey, proof: Sequence[bytes]
) -> Verdict:
    """Check that between two checkpoints rows were only added, none changed or dropped."""
    older, newer = _open(older_note, key), _open(newer_note, key)
    if isinstance(older, Verdict):
        return older
    if isinstance(newer, Verdict):
        return newer
    if older.origin != newer.origin:
        message = f"两个检查点不属于同一存证目录：{older.origin} 与 {newer.origin}。"
        return Verdict(Code.OTHER_ORIGIN, message)
    if older.size > newer.size:
        message = f"存证目录变短：原有 {older.size} 条记录，后来只有 {newer.size} 条。"
        return Verdict(Code.WRONG_SIZE, message)
    if not merkle.verify_consistency(older.size, newer.size, older.root, newer.root, proof):
        message = f"一致性证明不成立：前 {older.size} 条记录可能被改动过。"
        return Verdict(Code.INCONSISTENT, message)
    return Verdict(
        Code.ACCEPTED, f"验证通过：由 {older.size} 条增至 {newer.size} 条，原有记录未被改动。"
    )


def _open(note: str, key: Ed25519PublicKey) -> Checkpoint | Verdict:
    try:
        return checkpoints.verify(note, key)
    except MalformedCheckpoint as problem:
        return Verdict(Code.MALFORMED_CHECKPOINT, problem.detail)
    except ForgedCheckpoint as problem:
        return Verdict(Code.BAD_SIGNATURE, problem.detail)


def _verify_rows(signed: Checkpoint, rows: Iterator[Row]) -> Verdict:
    tree = merkle.Frontier()
    for row in rows:
        if row.sequence != tree.size:
            return _misplaced(tree.size, row, rows)
        if not _intact(row):
            return _changed(row)
        tree.add(row.leaf_hash)
    if tree.size != signed.size:
        message = f"记录数量不符：检查点载明 {signed.size} 条，导出的有 {tree.size} 条。"
        return Verdict(Code.WRONG_SIZE, message)
    if tree.root() != signed.root:
        return Verdict(
            Code.WRONG_ROOT, "根哈希与检查点不符：有记录连同其哈希一并被替换，或被重新编号。"
        )
    return Verdict(Code.ACCEPTED, f"验证通过：{tree.size} 条记录与签名的检查点一致。")


def _misplaced(expected: int, row: Row, rest: Iterator[Row]) -> Verdict:
    came_early = row.sequence > expected
    if came_early and all(later.sequence != expected for later in rest):
        return Verdict(Code.MISSING_ROW, f"缺少第 {expected} 号记录。", expected)
    message = f"记录次序错乱：应为第 {expected} 号，却是第 {row.sequence} 号。"
    return Verdict(Code.REORDERED_ROWS, message, expected)


def _intact(row: Row) -> bool:
    try:
        leaf = row.event if isinstance(row.event, bytes) else leaf_bytes(row.event)
    except ValueError:  # what has no canonical form was never appended
        return False
    return merkle.leaf_hash(leaf) == row.leaf_hash


def _changed(row: Row) -> Verdict:
    message = f"第 {row.sequence} 号记录的内容被改动，与其哈希不符。"
    return Verdict(Code.CHANGED_ROW, message, row.sequence)
