"""Where a repost comes from, and how far it keeps to what was reviewed there."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.text import PROSE_PATTERN, typeable

LocalNote = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(typeable),
    Field(json_schema_extra={"pattern": PROSE_PATTERN}),
]
"""What a site says beside a repost (本地按语), in 1 to 500 characters."""


class Fidelity(StrEnum):
    """How far a repost keeps to its source; each allows what the one before allows.

    Of a directive: what a site may change. Of a repost: what its site did change.
    """

    VERBATIM = "verbatim"
    TITLE = "title"
    SUMMARY = "summary"


class Hop(BaseModel):
    """A step on a text's way: by which site it was taken, from which item of which site."""

    model_config = ConfigDict(frozen=True)

    site_code: str
    item_id: UUID
    taken_by: str
    at: datetime


class Origin(BaseModel):
    """Where a reposted item comes from."""

    site_code: str
    item_id: UUID
    content_hash: str = Field(description="Of the edition that was reviewed there.")
    url: str
    fidelity: Fidelity = Fidelity.VERBATIM
    hops: list[Hop] = Field(default=[], description="The way it took, from its origin on.")
