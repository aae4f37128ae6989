"""What each kind of column is, and what belongs in it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from shared.contracts.content import ItemKind
from shared.contracts.registry import ColumnKind


class Figures(BaseModel):
    """A part of the list; an unknown or missing word in it stops the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StatedRhythm(Figures):
    """Days between updates: what the city wants, and where the national veto begins."""

    target: int
    red_line: int


class KindOfColumn(Figures):
    """One kind: its Chinese label, its national ColumnType, its rhythm, and what it takes."""

    label: str
    column_type: str
    rhythm: StatedRhythm | None = None
    takes: tuple[ItemKind, ...]


class ColumnKinds(Figures):
    """All kinds, and the items that may stand in a column of any kind."""

    everywhere: tuple[ItemKind, ...]
    kinds: Mapping[ColumnKind, KindOfColumn]

    @model_validator(mode="after")
    def _describe_every_kind(self) -> Self:
        if missing := set(ColumnKind) - set(self.kinds):
            raise ValueError(f"nothing said of {sorted(missing)}")
        return self

    def takes(self, kind: ColumnKind) -> tuple[ItemKind, ...]:
        """Return the kinds of items that belong in a column of this kind."""
        return (*self.kinds[kind].takes, *self.everywhere)


@cache
def column_kinds() -> ColumnKinds:
    """Return the kinds as listed; sources stand beside the figures."""
    text = files(__package__).joinpath("column_kinds.yaml").read_text("utf-8")
    return ColumnKinds.model_validate(yaml.safe_load(text))
