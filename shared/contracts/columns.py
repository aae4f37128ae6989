"""Kinds of columns, columns that are alike, and what happens to columns."""

from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import ItemKind
from shared.contracts.registry import ColumnKind
from shared.events import Event


class ColumnKindView(BaseModel):
    """A kind of column: what it is called, how often it is updated, and what belongs in it."""

    kind: ColumnKind
    label: str
    column_type: str
    target_days: int | None
    red_line_days: int | None
    takes: list[ItemKind]


class ColumnName(BaseModel):
    """A column by its name."""

    id: UUID
    name: str


class SimilarColumns(BaseModel):
    """Two columns of a site that are alike, and what shows it; likenesses are shares of one."""

    columns: tuple[ColumnName, ColumnName]
    name_likeness: float
    title_share: float = Field(description="Of the smaller one's titles, how many are in both.")
    shared_titles: int
    samples: list[str]


class ColumnPlanned(Event, type="content.column.planned", subject="id"):
    """A column was arranged, or arranged anew, on a site that is not open yet."""

    id: UUID
    site_code: str
    name: str
    kind: ColumnKind


class ColumnRenamed(Event, type="content.column.renamed", subject="id"):
    """A column has another name, description or keywords; what it says now is told whole."""

    id: UUID
    site_code: str
    name: str
    description: str | None
    keywords: tuple[str, ...]


class ColumnMoved(Event, type="content.column.moved", subject="id"):
    """A column stands elsewhere in its site's tree."""

    id: UUID
    site_code: str
    parent_id: UUID | None
    position: int


class ColumnMerged(Event, type="content.column.merged", subject="id"):
    """A column was merged into another one, where its readers are sent from now on."""

    id: UUID
    site_code: str
    into: UUID


class ColumnHidden(Event, type="content.column.hidden", subject="id"):
    """A column is no longer listed; its items stay."""

    id: UUID
    site_code: str


class ColumnShown(Event, type="content.column.shown", subject="id"):
    """A hidden column is listed again."""

    id: UUID
    site_code: str
