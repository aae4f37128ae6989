from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from services.audit.trail import checkpoint as checkpoints
from services.audit.trail import merkle
from services.audit.trail.checkpoint import Checkpoint
from services.audit.trail.merkle import Subtree
from services.audit.trail.verification import (
    Code,
    Row,
    leaf_bytes,
    verify_export,
    verify_growth,
    verify_row,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()
ORIGIN = "trail.bengbu.example"

sizes = st.integers(1, 24)


def event(sequence: int, **data: Any) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"018f-{sequence}",
        "type": "content.item.released",
        "source": "/content",
        "data": {"title": "关于公布目录的通知", "n": sequence, **data},
    }


def row(sequence: int, document: dict[str, Any]) -> Row:
    return Row(sequence, document, merkle.leaf_hash(leaf_bytes(document)))


def export(size: int) -> list[Row]:
    return [row(n, event(n)) for n in range(size)]


def renumbered(rows: Sequence[Row]) -> list[Row]:
    return [each._replace(sequence=n) for n, each in enumerate(rows)]


@cache
def note(size: int, origin: str = ORIGIN) -> str:
    root = merkle.root_of(each.leaf_hash for each in export(size))
    return checkpoints.sign(Checkpoint(origin, size, root), KEY)


@cache
def store() -> dict[Subtree, bytes]:
    held: dict[Subtree, bytes] = {}
    for each in export(32):
        held |= merkle.append(each.sequence, each.leaf_hash, held.__getitem__)
    return held


@given(st.integers(0, 24))
def test_an_untouched_export_is_accepted(size: int) -> None:
    verdict = verify_export(note(size), PUBLIC, iter(export(size)))
    assert verdict.accepted
    assert str(size) in verdict.message


def test_rows_may_be_given_as_canonical_bytes() -> None:
    rows = [each._replace(event=leaf_bytes(event(each.sequence))) for each in export(5)]
    assert verify_export(note(5), PUBLIC, rows).accepted


@given(sizes, st.data())
def test_any_changed_row_is_named(size: int, data: st.DataObject) -> None:
    changed = data.draw(st.integers(0, size - 1))
    rows = export(size)
    rows[changed] = rows[changed]._replace(event=event(changed, extra=True))
    verdict = verify_export(note(size), PUBLIC, rows)
    assert (verdict.code, verdict.row) == (Code.CHANGED_ROW, changed)


@given(sizes, st.data())
def test_any_changed_leaf_hash_is_named(size: int, data: st.DataObject) -> None:
    changed = data.draw(st.integers(0, size - 1))
    rows = export(size)
    rows[changed] = rows[changed]._replace(leaf_hash=bytes(32))
    verdict = verify_export(note(size), PUBLIC, rows)
    assert (verdict.code, verdict.row) == (Code.CHANGED_ROW, changed)


@given(sizes, st.data())
def test_a_row_changed_together_with_its_hash_breaks_the_root(
    size: int, data: st.DataObject
) -> None:
    changed = data.draw(st.integers(0, size - 1))
    rows = export(size)
    rows[changed] = row(changed, event(changed, extra=True))
    assert verify_export(note(size), PUBLIC, rows).code is Code.WRONG_ROOT


@given(st.integers(2, 24), st.data())
def test_any_row_taken_out_is_named(size: int, data: st.DataObject) -> None:
    missing = data.draw(st.integers(0, size - 2))
    rows = export(size)
    del rows[missing]
    verdict = verify_export(note(size), PUBLIC, rows)
    assert (verdict.code, verdict.row) == (Code.MISSING_ROW, missing)


@given(sizes, st.data())
def test_a_row_taken_out_and_papered_over_is_refused(size: int, data: st.DataObject) -> None:
    rows = export(size)
    del rows[data.draw(st.integers(0, size - 1))]
    assert verify_export(note(size), PUBLIC, renumbered(rows)).code is Code.WRONG_SIZE


@given(sizes, st.data())
def test_a_cut_tail_is_refused(size: int, data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, size - 1))
    assert verify_export(note(size), PUBLIC, export(kept)).code is Code.WRONG_SIZE


@given(sizes)
def test_rows_beyond_the_checkpoint_are_refused(size: int) -> None:
    assert verify_export(note(size), PUBLIC, export(size + 1)).code is Code.WRONG_SIZE


@given(st.integers(2, 24).flatmap(lambda size: st.permutations(range(size))))
def test_any_other_order_is_refused(order: list[int]) -> None:
    size = len(order)
    rows = [export(size)[n] for n in order]
    verdict = verify_export(note(size), PUBLIC, rows)
    if order == sorted(order):
        assert verdict.accepted
        return
    first = next(n for n, came in enumerate(order) if n != came)
    assert (verdict.code, verdict.row) == (Code.REORDERED_ROWS, first)
    assert verify_export(note(size), PUBLIC, renumbered(rows)).code is Code.WRONG_ROOT


@given(sizes, st.data())
def test_a_repeated_row_is_refused(size: int, data: st.DataObject) -> None:
    rows = export(size)
    again = data.draw(st.integers(0, size - 1))
    rows.insert(again, rows[again])
    assert verify_export(note(size), PUBLIC, rows).code is Code.REORDERED_ROWS


@pytest.mark.parametrize("content", [{"n": float("nan")}, {"n": 2**60}, {"n": "\ud800"}])
def test_a_row_without_canonical_form_counts_as_changed(content: dict[str, Any]) -> None:
    rows = [Row(0, content, bytes(32))]
    assert verify_export(note(1), PUBLIC, rows).code is Code.CHANGED_ROW


def test_the_same_document_in_another_key_order_is_the_same_row() -> None:
    backwards = dict(reversed(event(0).items()))
    rows = [export(1)[0]._replace(event=backwards)]
    assert verify_export(note(1), PUBLIC, rows).accepted


def test_a_checkpoint_by_another_key_is_refused_before_any_row_is_read() -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    verdict = verify_export(note(3), stranger, export(3))
    assert verdict.code is Code.BAD_SIGNATURE
    assert "签名" in verdict.message


def test_a_text_that_is_no_checkpoint_is_refused() -> None:
    assert verify_export("hello", PUBLIC, export(3)).code is Code.MALFORMED_CHECKPOINT


@given(st.integers(1, 32), st.data())
def test_one_row_proves_itself(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    mine = export(size)[index]
    proof = merkle.inclusion_proof(index, size, store().__getitem__)
    assert verify_row(note(size), PUBLIC, mine, proof).accepted
    changed = mine._replace(event=event(index, extra=True))
    assert verify_row(note(size), PUBLIC, changed, proof).code is Code.CHANGED_ROW
    replaced = row(index, event(index, extra=True))
    assert verify_row(note(size), PUBLIC, replaced, proof).code is Code.NOT_INCLUDED
    assert verify_row("", PUBLIC, mine, proof).code is Code.MALFORMED_CHECKPOINT


@given(st.integers(1, 31), st.data())
def test_a_trail_that_only_grew_is_accepted(older: int, data: st.DataObject) -> None:
    newer = data.draw(st.integers(older + 1, 32))
    proof = merkle.consistency_proof(older, newer, store().__getitem__)
    assert verify_growth(note(older), note(newer), PUBLIC, proof).accepted
    rewritten = checkpoints.sign(Checkpoint(ORIGIN, older, bytes(32)), KEY)
    assert verify_growth(rewritten, note(newer), PUBLIC, proof).code is Code.INCONSISTENT
    assert verify_growth(note(newer), note(older), PUBLIC, proof).code is Code.WRONG_SIZE


def test_checkpoints_of_two_trails_are_not_compared() -> None:
    verdict = verify_growth(note(2), note(3, origin="other.example"), PUBLIC, ())
    assert verdict.code is Code.OTHER_ORIGIN


@pytest.mark.parametrize("pair", [("", note(3)), (note(3), "")])
def test_growth_needs_two_readable_checkpoints(pair: tuple[str, str]) -> None:
    assert verify_growth(*pair, PUBLIC, ()).code is Code.MALFORMED_CHECKPOINT
