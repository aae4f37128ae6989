"""How a site's columns stand within one another, and what may be done to that.

A tree is sound if every column that readers see stands at the top or under one that they see
too, none stands under itself, and none too deep.
"""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from services.content.registry.limits import limits
from shared.contracts.applying import (
    HideColumn,
    MergeColumns,
    MoveColumn,
    OpenColumn,
    RenameColumn,
    ShowColumn,
)
from shared.problem import Conflict, NotFound, Unprocessable


class Place(NamedTuple):
    """Where a column stands, and whether it does."""

    parent_id: UUID | None = None
    hidden: bool = False
    merged_into: UUID | None = None

    @property
    def is_seen(self) -> bool:
        """Whether readers see the column among the others."""
        return not self.hidden and self.merged_into is None


Tree = Mapping[UUID, Place]
ColumnChange = OpenColumn | MergeColumns | HideColumn | ShowColumn | RenameColumn | MoveColumn


class NoSuchColumn(NotFound):
    """The site has no column with this id."""

    advice = "本网站没有这个栏目。"


class UnderItself(Conflict):
    """A column cannot stand under itself."""

    advice = "栏目不能移到自己或自己的下级栏目之下。"


class TooDeep(Unprocessable):
    """The columns stand deeper within one another than is allowed."""

    advice = "栏目层级过深。"


class ParentNotShown(Conflict):
    """A column that is shown stands under one that is shown."""

    advice = "公开的栏目不能放在已隐藏或已合并的栏目之下，请先调整下级栏目或另选上级栏目。"


class AlreadyMerged(Conflict):
    """The column was merged into another one."""

    advice = "该栏目已合并到其他栏目。"


class ColumnAlreadySo(Conflict):
    """The column is already as it is asked to be."""

    advice = "该栏目已是所申请的状态。"


class IntoItself(Unprocessable):
    """A column cannot be merged into itself."""

    advice = "栏目不能合并到自身。"


def standing(tree: Tree, column_id: UUID) -> Place:
    """Return where a column stands, unless the site has none such or it was merged."""
    place = tree.get(column_id)
    if place is None:
        raise NoSuchColumn(column_id=str(column_id))
    if place.merged_into is not None:
        raise AlreadyMerged(merged_into=str(place.merged_into))
    return place


def put(tree: Tree, column_id: UUID, parent_id: UUID | None, *, hidden: bool = False) -> Tree:
    """Return the tree with the column under another one or at the top; it may be a new column."""
    return _sound({**tree, column_id: Place(parent_id, hidden)})


def move(tree: Tree, column_id: UUID, parent_id: UUID | None) -> Tree:
    """Return the tree with the column elsewhere; what stands under it goes along."""
    return put(tree, column_id, parent_id, hidden=standing(tree, column_id).hidden)


def show(tree: Tree, column_id: UUID, *, shown: bool) -> Tree:
    """Return the tree with the column listed again, or listed no longer."""
    place = standing(tree, column_id)
    if place.hidden is not shown:
        raise ColumnAlreadySo
    return put(tree, column_id, place.parent_id, hidden=not shown)


def merge(tree: Tree, merged: UUID, target: UUID) -> Tree:
    """Return the tree with one column merged into another, or into what that was merged into.

    All that were merged into the first lead to the target too: no reader is sent on twice.
    """
    standing(tree, merged)
    into = tree[target].merged_into or target if target in tree else target
    if into == merged:
        raise IntoItself
    if standing(tree, into).hidden:
        raise ParentNotShown
    led = {
        column_id: place._replace(merged_into=into)
        for column_id, place in tree.items()
        if merged in (column_id, place.merged_into)
    }
    return _sound({**tree, **led})


def changed(tree: Tree, change: ColumnChange, new: UUID) -> Tree:
    """Return the tree after a change; a column that is opened stands in it as `new`."""
    match change:
        case OpenColumn(parent_id=parent_id):
            return put(tree, new, parent_id)
        case MoveColumn(column_id=column_id, parent_id=parent_id):
            return move(tree, column_id, parent_id)
        case HideColumn(column_id=column_id):
            return show(tree, column_id, shown=False)
        case ShowColumn(column_id=column_id):
            return show(tree, column_id, shown=True)
        case MergeColumns(from_id=from_id, into_id=into_id):
            return merge(tree, from_id, into_id)
        case RenameColumn(column_id=column_id):
            standing(tree, column_id)
            return tree


def _sound(tree: Tree) -> Tree:
    for column_id, place in tree.items():
        if place.merged_into is None:
            _check_above(tree, column_id, place)
    return tree


def _check_above(tree: Tree, column_id: UUID, place: Place) -> None:
    met, above = {column_id}, place.parent_id
    while above is not None:
        if above in met:
            raise UnderItself
        parent = tree.get(above)
        if parent is None:
            raise NoSuchColumn(column_id=str(above))
        if parent.merged_into is not None or (parent.hidden and not place.hidden):
            raise ParentNotShown
        met.add(above)
        above = parent.parent_id
    if len(met) > limits().tree.deepest:
        raise TooDeep(deepest=limits().tree.deepest)
