"""Index numbers (索引号), and the patterns they are made by."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from shared.contracts.text import Strict
from shared.events import Event
from shared.identity_numbers import is_credit_code


def _checked(code: str) -> str:
    if not is_credit_code(code):
        raise PydanticCustomError("credit_code", "The check character does not fit.")
    return code


CreditCode = Annotated[
    str,
    Field(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$", examples=["11441700007280420Y"]),
    AfterValidator(_checked),
]
"""统一社会信用代码 (GB 32100)."""

PatternText = Annotated[
    str,
    Field(
        pattern=r"^[^\x00-\x1f\x7f-\x9f]{1,100}$",
        description="Placeholders: organization, uscc, year, month and serial, as in `serial:5`.",
        examples=["{uscc}/{year}-{serial:5}"],
    ),
]


class NewIndexPattern(Strict):
    """How an organization and those below it number what they publish."""

    pattern: PatternText
    uscc: CreditCode | None = Field(default=None, description="Its unified social credit code.")


class IndexPattern(BaseModel):
    """The pattern an organization set."""

    organization: str = Field(description="Its path.")
    pattern: str
    uscc: str | None
    version: int


class IndexNumber(BaseModel):
    """A number an item was given at its first release, for ever."""

    item_id: UUID
    index_no: str
    organization: str = Field(description="Path of the organization it was given for.")
    year: int
    serial: int
    given_at: datetime


class IndexPatternSet(Event, type="content.index_pattern.set", subject="organization"):
    """An organization said how its index numbers are made."""

    organization: str
    pattern: str
    uscc: str | None
