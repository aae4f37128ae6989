"""The Merkle tree of RFC 6962, kept as the hashes of its complete subtrees.

A subtree of level `l` at place `p` covers the leaves from `p << l` up to `(p + 1) << l`. Once
complete it never changes, so O(log n) of them make any root or proof of any tree there ever was.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from shared.problem import NotFound

HASH_LENGTH = 32
EMPTY_ROOT = sha256(b"").digest()


class Subtree(NamedTuple):
    """A complete subtree: level 0 holds single leaves."""

    level: int
    place: int


Stored = Callable[[Subtree], bytes]


class OutsideTree(NotFound):
    """The trail was never that long."""

    advice = "存证目录中没有这条记录，或没有达到过这个长度。"


class Frontier:
    """A growing tree reduced to its peaks: its root is known though its leaves are gone."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append the hash of one leaf."""
        index = self.size
        while index & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            index >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over every leaf added so far."""
        if not self._peaks:
            return EMPTY_ROOT
        *peaks, root = self._peaks
        for peak in reversed(peaks):
            root = node_hash(peak, root)
        return root


def leaf_hash(leaf: bytes) -> bytes:
    """Hash one leaf, in a domain that no inner node can reach."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into the one above them."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over these leaf hashes without keeping them."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root()


def append(size: int, leaf: bytes, stored: Stored) -> dict[Subtree, bytes]:
    """Return the subtrees that a leaf hash completes when it joins a tree of `size` leaves."""
    subtree = Subtree(0, size)
    completed = {subtree: leaf}
    while subtree.place & 1:
        left = stored(Subtree(subtree.level, subtree.place - 1))
        leaf = node_hash(left, leaf)
        subtree = Subtree(subtree.level + 1, subtree.place >> 1)
        completed[subtree] = leaf
    return completed


def tree_root(size: int, stored: Stored) -> bytes:
    """Return the root the tree had at `size` leaves."""
    return _span(0, size, stored) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, stored: Stored) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf `index` to the root at `size`, lowest first."""
    if not 0 <= index < size:
        raise OutsideTree
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_span(middle, end, stored))
            end = middle
        else:
            path.append(_span(start, middle, stored))
            start = middle
    return tuple(reversed(path))


def consistency_proof(older: int, newer: int, stored: Stored) -> tuple[bytes, ...]:
    """Return the hashes that show the tree at `newer` to begin with the tree at `older`."""
    if not 0 <= older <= newer:
        raise OutsideTree
    if older == 0:
        return ()
    path = []
    start, end = 0, newer
    while end != older:
        middle = start + _split(end - start)
        if older <= middle:
            path.append(_span(middle, end, stored))
            end = middle
        else:
            path.append(_span(start, middle, stored))
            start = middle
    if start:  # otherwise the last span is the whole older tree, whose root the verifier holds
        path.append(_span(start, end, stored))
    return tuple(reversed(path))


def reads(act: Callable[[Stored], object]) -> list[Subtree]:
    """Name the subtrees that `act` asks for, so that one query can fetch them all beforehand."""
    asked: dict[Subtree, None] = {}

    def record(subtree: Subtree) -> bytes:
        asked[subtree] = None
        return bytes(HASH_LENGTH)

    act(record)
    return list(asked)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether `proof` puts this leaf hash at `index` under `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or any(len(step) != HASH_LENGTH for step in proof):
        return False
    here, last = index, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            leaf = node_hash(sibling, leaf)
            here, last = _climb_to_right_child(here, last)
        else:
            leaf = node_hash(leaf, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and leaf == root


def verify_consistency(
    older: int, newer: int, older_root: bytes, newer_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether `proof` shows the older tree to begin the newer (RFC 9162, 2.1.4.2)."""
    if not 0 <= older <= newer:
        return False
    if older == newer:
        return not proof and older_root == newer_root
    if older == 0:
        return not proof and older_root == EMPTY_ROOT
    return _grew(older, newer, older_root, newer_root, proof)


def _grew(
    older: int, newer: int, older_root: bytes, newer_root: bytes, proof: Sequence[bytes]
) -> bool:
    if not proof:
        return False
    seed, *siblings = (older_root, *proof) if _is_complete(older) else proof
    here, last = older - 1, newer - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = seed
    for sibling in siblings:
        if last == 0:
            return False
        if here & 1 or here == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            here, last = _climb_to_right_child(here, last)
        else:
            new = node_hash(new, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and old == older_root and new == newer_root


def _climb_to_right_child(here: int, last: int) -> tuple[int, int]:
    # A node that is alone at the right edge has no sibling until it is a right child.
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _span(start: int, end: int, stored: Stored) -> bytes:
    size = end - start
    if _is_complete(size):
        level = size.bit_length() - 1
        return stored(Subtree(level, start >> level))
    middle = start + _split(size)
    return node_hash(_span(start, middle, stored), _span(middle, end, stored))


def _is_complete(size: int) -> bool:
    return size & (size - 1) == 0


def _split(size: int) -> int:
    # The largest power of two below `size`.
    return 1 << (size - 1).bit_length() - 1
