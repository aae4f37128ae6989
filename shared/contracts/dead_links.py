"""Links that lead nowhere, as those who work on the texts see them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.content import Stage


class LinkFound(StrEnum):
    """What a reading of a link found; only what is certain can make a link dead."""

    ANSWERED = "answered"
    GONE = "gone"
    UNKNOWN_HOST = "unknown_host"
    REFUSED = "refused"
    BAD_CERTIFICATE = "bad_certificate"
    DOUBTFUL = "doubtful"
    OWN_FAULT = "own_fault"


class LinkingItem(BaseModel):
    """An item that has a dead link in its present text."""

    id: UUID
    title: str
    stage: Stage


class DeadLink(BaseModel):
    """A link that two readings, apart in time, found dead."""

    id: UUID
    url: str
    found: LinkFound = Field(description="What made it dead.")
    status: int | None = Field(description="What the server answered, if it did.")
    since: datetime = Field(description="When it was first found dead.")
    confirmed_at: datetime = Field(description="When a second reading found the same.")
    read_at: datetime = Field(description="When it was last read.")
    item_count: int = Field(description="How many items of the site have it.")
    items: list[LinkingItem] = Field(description="The first of them, oldest first; 20 at most.")
