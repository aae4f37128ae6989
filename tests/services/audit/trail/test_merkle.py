from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.trail import merkle
from services.audit.trail.merkle import OutsideTree, Stored, Subtree

# Leaves and roots published with the Certificate Transparency reference implementation.
REFERENCE_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
REFERENCE_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LARGEST = 70


def defined_root(leaves: Sequence[bytes]) -> bytes:
    """The tree head as RFC 6962 defines it, with nothing clever."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = defined_root(leaves[:split]), defined_root(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def leaves_of(size: int) -> list[bytes]:
    return [f"row {n}".encode() for n in range(size)]


def grown(size: int) -> dict[Subtree, bytes]:
    store: dict[Subtree, bytes] = {}
    for place, leaf in enumerate(leaves_of(size)):
        store |= merkle.append(place, merkle.leaf_hash(leaf), store.__getitem__)
    return store


STORE = grown(LARGEST)
STORED = STORE.__getitem__
ROOTS = [defined_root(leaves_of(size)) for size in range(LARGEST + 1)]


@pytest.mark.parametrize(("size", "root"), list(enumerate(REFERENCE_ROOTS)))
def test_roots_are_those_of_the_reference_implementation(size: int, root: str) -> None:
    leaves = [merkle.leaf_hash(leaf) for leaf in REFERENCE_LEAVES[:size]]
    assert merkle.root_of(leaves).hex() == root


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_roots_of_every_past_tree_come_from_the_stored_subtrees(size: int) -> None:
    assert merkle.tree_root(size, STORED) == ROOTS[size]
    assert merkle.root_of(map(merkle.leaf_hash, leaves_of(size))) == ROOTS[size]


def test_appending_stores_each_complete_subtree_once() -> None:
    expected = {
        Subtree(level, place)
        for level in range(LARGEST.bit_length())
        for place in range(LARGEST >> level)
    }
    assert set(STORE) == expected
    added = [len(merkle.append(size, bytes(32), STORED)) for size in range(LARGEST)]
    assert sum(added) == len(expected)


def test_every_leaf_of_every_tree_has_a_proof_that_holds() -> None:
    for size in range(1, LARGEST + 1):
        for index, leaf in enumerate(leaves_of(size)):
            proof = merkle.inclusion_proof(index, size, STORED)
            hashed = merkle.leaf_hash(leaf)
            assert merkle.verify_inclusion(hashed, index, size, proof, ROOTS[size])


def test_every_pair_of_trees_has_a_consistency_proof_that_holds() -> None:
    for newer in range(LARGEST + 1):
        for older in range(newer + 1):
            proof = merkle.consistency_proof(older, newer, STORED)
            assert merkle.verify_consistency(older, newer, ROOTS[older], ROOTS[newer], proof)


@given(st.data())
def test_an_inclusion_proof_holds_for_nothing_else(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, STORED)
    leaf = STORE[Subtree(0, index)]
    other = data.draw(st.integers(-1, size).filter(lambda n: n != index))
    position = data.draw(st.integers(0, len(proof) - 1))
    assert not merkle.verify_inclusion(leaf, other, size, proof, ROOTS[size])
    assert not merkle.verify_inclusion(leaf, index, size, proof, ROOTS[size - 1])
    assert not merkle.verify_inclusion(bytes(32), index, size, proof, ROOTS[size])
    for wrong in spoiled(proof, position):
        assert not merkle.verify_inclusion(leaf, index, size, wrong, ROOTS[size])


@given(st.data())
def test_a_consistency_proof_holds_for_nothing_else(data: st.DataObject) -> None:
    newer = data.draw(st.integers(2, LARGEST))
    older = data.draw(st.integers(1, newer - 1))
    proof = merkle.consistency_proof(older, newer, STORED)
    roots = ROOTS[older], ROOTS[newer]
    position = data.draw(st.integers(0, len(proof) - 1))
    for wrong in spoiled(proof, position):
        assert not merkle.verify_consistency(older, newer, *roots, wrong)
    assert not merkle.verify_consistency(older, newer, bytes(32), ROOTS[newer], proof)
    assert not merkle.verify_consistency(older, newer, ROOTS[older], bytes(32), proof)
    assert not merkle.verify_consistency(newer, older, ROOTS[newer], ROOTS[older], proof)


def spoiled(proof: tuple[bytes, ...], position: int) -> list[tuple[bytes, ...]]:
    step = proof[position]
    flipped = bytes([step[0] ^ 1]) + step[1:]
    before, after = proof[:position], proof[position + 1 :]
    return [
        (*before, flipped, *after),
        (*before, *after),
        (*before, step[:-1], *after),
        (*proof, bytes(32)),
    ]


def test_a_tree_agrees_only_with_itself_and_the_empty_tree_without_proof() -> None:
    assert merkle.verify_consistency(3, 3, ROOTS[3], ROOTS[3], ())
    assert not merkle.verify_consistency(3, 3, ROOTS[3], ROOTS[4], ())
    assert not merkle.verify_consistency(3, 3, ROOTS[3], ROOTS[3], (bytes(32),))
    assert not merkle.verify_consistency(0, 3, ROOTS[1], ROOTS[3], ())
    assert not merkle.verify_consistency(2, 3, ROOTS[2], ROOTS[3], ())


def test_hash_boundaries_inside_a_proof_cannot_be_shifted() -> None:
    leaf, sibling = STORE[Subtree(0, 0)], STORE[Subtree(0, 1)]
    shifted = leaf[:-1], (leaf[-1:] + sibling,)
    assert not merkle.verify_inclusion(shifted[0], 0, 2, shifted[1], ROOTS[2])


def test_a_root_does_not_pass_for_a_leaf_of_its_own_tree() -> None:
    assert not merkle.verify_inclusion(ROOTS[5], 0, 5, (), ROOTS[5])


def test_work_grows_with_the_logarithm_of_the_tree() -> None:
    size = 2**40 - 1
    acts: list[Callable[[Stored], object]] = [
        partial(merkle.append, size, bytes(32)),
        partial(merkle.tree_root, size),
        partial(merkle.inclusion_proof, 12_345, size),
        partial(merkle.consistency_proof, 2**39 + 7, size),
    ]
    for act in acts:
        asked = merkle.reads(act)
        assert 0 < len(asked) <= 2 * 40
        assert all((place + 1) << level <= size for level, place in asked)


@given(st.integers(1, LARGEST), st.data())
def test_what_was_read_beforehand_is_enough(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    act = partial(merkle.inclusion_proof, index, size)
    fetched = {subtree: STORE[subtree] for subtree in merkle.reads(act)}
    assert act(fetched.__getitem__) == act(STORED)


def test_the_root_is_known_after_each_leaf_of_a_frontier() -> None:
    frontier = merkle.Frontier()
    for size, (root, _) in enumerate(pairwise(ROOTS)):
        assert (frontier.size, frontier.root()) == (size, root)
        frontier.add(STORE[Subtree(0, size)])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_proof_is_made_for_a_leaf_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(OutsideTree):
        merkle.inclusion_proof(index, size, STORED)


@pytest.mark.parametrize(("older", "newer"), [(4, 3), (-1, 3)])
def test_no_proof_is_made_for_a_tree_that_shrinks(older: int, newer: int) -> None:
    with pytest.raises(OutsideTree):
        merkle.consistency_proof(older, newer, STORED)
