"""What is applied for, as it is sent in: one of several acts."""

from typing import Literal

import strawberry

from shared.contracts import applying
from shared.contracts.applying import ApplicationAct as Act


@strawberry.pydantic.input(description=applying.OpenColumn.__doc__)
class OpenColumnInput(applying.OpenColumn):
    """The opening of a column."""

    act: strawberry.Private[Literal[Act.OPEN_COLUMN]] = Act.OPEN_COLUMN


@strawberry.pydantic.input(description=applying.MergeColumns.__doc__)
class MergeColumnsInput(applying.MergeColumns):
    """The merging of two columns."""

    act: strawberry.Private[Literal[Act.MERGE_COLUMNS]] = Act.MERGE_COLUMNS


@strawberry.pydantic.input(description=applying.HideColumn.__doc__)
class HideColumnInput(applying.HideColumn):
    """The hiding of a column."""

    act: strawberry.Private[Literal[Act.HIDE_COLUMN]] = Act.HIDE_COLUMN


@strawberry.pydantic.input(description=applying.ShowColumn.__doc__)
class ShowColumnInput(applying.ShowColumn):
    """The showing of a column."""

    act: strawberry.Private[Literal[Act.SHOW_COLUMN]] = Act.SHOW_COLUMN


@strawberry.pydantic.input(description=applying.RenameColumn.__doc__)
class RenameColumnInput(applying.RenameColumn):
    """The renaming of a column."""

    act: strawberry.Private[Literal[Act.RENAME_COLUMN]] = Act.RENAME_COLUMN


@strawberry.pydantic.input(description=applying.MoveColumn.__doc__)
class MoveColumnInput(applying.MoveColumn):
    """The moving of a column."""

    act: strawberry.Private[Literal[Act.MOVE_COLUMN]] = Act.MOVE_COLUMN


@strawberry.pydantic.input(description=applying.ChangeSite.__doc__)
class ChangeSiteInput(applying.ChangeSite):
    """The change of a site."""

    act: strawberry.Private[Literal[Act.CHANGE_SITE]] = Act.CHANGE_SITE


@strawberry.input(one_of=True, description="Exactly one change of a site or its columns.")
class ChangeInput:
    """What is applied for; a field for each act."""

    open_column: OpenColumnInput | None = strawberry.UNSET
    merge_columns: MergeColumnsInput | None = strawberry.UNSET
    hide_column: HideColumnInput | None = strawberry.UNSET
    show_column: ShowColumnInput | None = strawberry.UNSET
    rename_column: RenameColumnInput | None = strawberry.UNSET
    move_column: MoveColumnInput | None = strawberry.UNSET
    change_site: ChangeSiteInput | None = strawberry.UNSET

    def only(self) -> applying.Change:
        """Return the one that was given; GraphQL sees to it that it is one."""
        given: dict[str, applying.Change] = vars(self)
        return next(change for change in given.values() if change)
