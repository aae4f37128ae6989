"""A page of a list."""

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """Some items of a list, and where to go on."""

    items: list[T]
    cursors: list[str] = Field(description="One for each item: resume right after it.")
    next: str | None = Field(default=None, description="The next page's `after`; none at the end.")
