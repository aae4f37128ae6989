"""What a site's annual report (年度工作报表) asks of content, counted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Protocol
from uuid import UUID

import yaml

from shared.contracts.content import ItemKind
from shared.contracts.delivery import (
    AnnualCounters,
    CountedColumn,
    CountedForm,
    CountedKind,
    CountedRow,
)
from shared.contracts.item_text import InterpretationForm
from shared.contracts.registry import Column


class Standing(Protocol):
    """How many of a year's items are public in one column, of one kind and form."""

    @property
    def column_id(self) -> UUID:
        """The column they are in."""

    @property
    def kind(self) -> ItemKind:
        """Their kind."""

    @property
    def form(self) -> InterpretationForm | None:
        """How they interpret, if they do and it was stated."""

    @property
    def items(self) -> int:
        """How many there are."""


class Topics(Protocol):
    """The topics of a site in a year."""

    @property
    def kept(self) -> int:
        """How many were open at some time in it."""

    @property
    def opened(self) -> int:
        """How many were opened in it."""


def counters(
    site_code: str,
    year: int,
    *,
    first_released: int,
    standing: Sequence[Standing],
    columns: Sequence[Column],
    topics: Topics,
    visits: int,
) -> AnnualCounters:
    """Return everything that can be counted of a site's year."""
    by_column, by_kind = Counter[UUID](), Counter[ItemKind]()
    by_form = Counter[InterpretationForm | None]()
    for some in standing:
        by_column[some.column_id] += some.items
        by_kind[some.kind] += some.items
        if some.kind is ItemKind.INTERPRETATION:
            by_form[some.form] += some.items
    by_column_kind = Counter[str]()
    for column in columns:
        by_column_kind[column.kind] += by_column[column.id]
    return AnnualCounters(
        site_code=site_code,
        year=year,
        first_released=first_released,
        standing=by_kind.total(),
        withdrawn=first_released - by_kind.total(),
        visits=visits,
        rows=[
            CountedRow(code="published", label="信息发布总数", count=by_kind.total()),
            *_rows("columns", by_column_kind),
            *_rows("interpretations", by_form),
            *_rows("kinds", by_kind),
            *_rows("topics", {"kept": topics.kept, "opened": topics.opened}),
        ],
        columns=[
            CountedColumn(
                column_id=column.id, name=column.name, kind=column.kind, count=by_column[column.id]
            )
            for column in columns
        ],
        kinds=[CountedKind(kind=kind, count=by_kind[kind]) for kind in ItemKind if by_kind[kind]],
        interpretations=[CountedForm(form=form, count=some) for form, some in by_form.items()],
    )


def _rows(group: str, counted: Mapping[Any, int]) -> Iterator[CountedRow]:
    for row in _listed()[group]:
        count = sum(counted[one] for one in row["of"])
        yield CountedRow(code=row["code"], label=row["label"], count=count)


@cache
def _listed() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    listed: Mapping[str, Sequence[Mapping[str, Any]]] = yaml.safe_load(
        files(__package__).joinpath("annual_rows.yaml").read_text("utf-8")
    )
    return listed
