"""The revisions of an item, and what changed between two of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.item_text import TextAsTold


class Revision(BaseModel):
    """One text an item had: whose it was, and when."""

    model_config = ConfigDict(from_attributes=True)

    item_id: UUID
    number: int = Field(description="Counted from 1 within the item.")
    title: str
    content_hash: str
    author: str
    written_at: datetime


class Authorship(BaseModel):
    """Paragraphs in a row that one person wrote in one revision."""

    author: str
    revision: int
    paragraphs: int = Field(description="How many; blank lines are not counted.")


class RevisionText(Revision, TextAsTold):
    """A revision whole, and who wrote each paragraph of its body."""

    authorship: list[Authorship]


class ParagraphAct(StrEnum):
    """What became of a paragraph."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class ParagraphChange(BaseModel):
    """A paragraph of the body, before or after."""

    act: ParagraphAct
    text: str


class FieldChange(BaseModel):
    """A field whose value is another one now."""

    field: str
    before: Any
    after: Any


class Comparison(BaseModel):
    """What changed from one revision to another, field by field and paragraph by paragraph."""

    item_id: UUID
    since: int
    number: int
    fields: list[FieldChange]
    body: list[ParagraphChange]
