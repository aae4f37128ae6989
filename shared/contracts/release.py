"""Releases and withdrawals, as they are asked for and answered."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.text import Reason, Strict


class ItemVersion(Strict):
    """An item to go out, as it was read."""

    item_id: UUID
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class NewRelease(Strict):
    """Items that go out together: all of them or none."""

    items: Annotated[list[ItemVersion], Field(min_length=1, max_length=100)]


class ReleaseView(BaseModel):
    """A release that happened."""

    id: UUID
    seq: int
    released_at: datetime


class Withdrawal(Strict):
    """Why an item is taken back."""

    reason: Reason


class Withdrawn(BaseModel):
    """An item that is public no more."""

    item_id: UUID
    seq: int
