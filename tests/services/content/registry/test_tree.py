from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.registry.limits import limits
from services.content.registry.tree import (
    AlreadyMerged,
    ColumnAlreadySo,
    IntoItself,
    NoSuchColumn,
    ParentNotShown,
    Place,
    TooDeep,
    Tree,
    UnderItself,
    changed,
    merge,
    move,
    put,
    show,
)
from shared.contracts.applying import ApplicationAct, HideColumn, MoveColumn, RenameColumn
from shared.problem import Problem

A, B, C, D = (UUID(int=n) for n in range(1, 5))
UNKNOWN = UUID(int=99)
BRANCH: Tree = {A: Place(), B: Place(A), C: Place(B), D: Place()}

IDS = st.sampled_from([A, B, C, D, *(UUID(int=n) for n in range(5, 10))])
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just(put), IDS, st.none() | IDS),
        st.tuples(st.just(move), IDS, st.none() | IDS),
        st.tuples(st.just(merge), IDS, IDS),
        st.tuples(st.just(lambda tree, one, _: show(tree, one, shown=False)), IDS, IDS),
        st.tuples(st.just(lambda tree, one, _: show(tree, one, shown=True)), IDS, IDS),
    ),
    max_size=40,
)


def _ancestors(tree: Tree, column_id: UUID) -> list[UUID]:
    above, met = tree[column_id].parent_id, []
    while above is not None:
        assert above not in met
        met.append(above)
        above = tree[above].parent_id
    return met


@given(OPERATIONS)
def test_whatever_is_done_the_tree_stays_sound(
    operations: list[tuple[object, UUID, UUID]],
) -> None:
    tree: Tree = {}
    for operation, one, other in operations:
        if operation is put and one in tree:
            continue
        with suppress(Problem):
            tree = operation(tree, one, other)  # type: ignore[operator]  # drawn above
    for column_id, place in tree.items():
        if place.merged_into is not None:
            assert tree[place.merged_into].merged_into is None
        elif place.is_seen:
            above = _ancestors(tree, column_id)
            assert all(tree[each].is_seen for each in above)
            assert len(above) < limits().tree.deepest


def test_what_stands_under_a_column_goes_along_with_it() -> None:
    assert move(BRANCH, B, D) == {**BRANCH, B: Place(D)}
    assert move(BRANCH, C, None)[C] == Place()


@pytest.mark.parametrize("under", [A, B, C])
def test_a_move_that_makes_a_circle_is_refused(under: UUID) -> None:
    with pytest.raises(UnderItself):
        move(BRANCH, A, under)


def test_columns_stand_no_deeper_than_allowed_also_when_a_branch_moves() -> None:
    deepest = limits().tree.deepest
    ids = [UUID(int=n) for n in range(10, 10 + deepest)]
    chain = {each: Place(above) for each, above in zip(ids, [None, *ids], strict=False)}
    with pytest.raises(TooDeep) as refused:
        put(chain, UNKNOWN, ids[-1])
    assert refused.value.members == {"deepest": deepest}
    with pytest.raises(TooDeep):
        move({**chain, **BRANCH}, A, ids[deepest - 3])


def test_a_column_with_columns_under_it_is_neither_hidden_nor_merged() -> None:
    with pytest.raises(ParentNotShown):
        show(BRANCH, A, shown=False)
    with pytest.raises(ParentNotShown):
        merge(BRANCH, A, D)
    hidden = show(show(BRANCH, C, shown=False), B, shown=False)
    assert hidden[B] == Place(A, hidden=True)
    with pytest.raises(ParentNotShown):
        show(hidden, C, shown=True)
    with pytest.raises(ParentNotShown):
        put(hidden, UNKNOWN, B)


def test_merging_again_leads_everyone_to_the_last_target() -> None:
    merged = merge(merge(BRANCH, C, D), B, D)
    assert merged[C].merged_into == merged[B].merged_into == D
    again = merge(merged, D, A)
    assert {again[each].merged_into for each in (B, C, D)} == {A}


def test_a_target_that_was_merged_itself_is_resolved() -> None:
    assert merge(merge(BRANCH, C, D), B, C)[B].merged_into == D


def test_what_cannot_be_merged_is_refused() -> None:
    merged = merge(BRANCH, C, D)
    for one, other, refusal in (
        (C, A, AlreadyMerged),
        (D, D, IntoItself),
        (D, C, IntoItself),
        (UNKNOWN, D, NoSuchColumn),
        (B, UNKNOWN, NoSuchColumn),
    ):
        with pytest.raises(refusal):
            merge(merged, one, other)
    with pytest.raises(ParentNotShown):
        merge(show(BRANCH, D, shown=False), C, D)


def test_a_merged_column_stays_as_it_is() -> None:
    merged = merge(BRANCH, C, D)
    rename = RenameColumn(act=ApplicationAct.RENAME_COLUMN, column_id=C, name="新名")
    hide = HideColumn(act=ApplicationAct.HIDE_COLUMN, column_id=C)
    move_up = MoveColumn(act=ApplicationAct.MOVE_COLUMN, column_id=C)
    for change in (rename, hide, move_up):
        with pytest.raises(AlreadyMerged) as refused:
            changed(merged, change, UNKNOWN)
        assert refused.value.members == {"merged_into": str(D)}


@pytest.mark.parametrize("shown", [True, False])
def test_what_is_already_so_is_refused(shown: bool) -> None:  # noqa: FBT001  # a table
    tree = BRANCH if shown else show(BRANCH, D, shown=False)
    with pytest.raises(ColumnAlreadySo):
        show(tree, D, shown=shown)
