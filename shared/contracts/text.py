"""Text as it may enter: bounded, and free of characters nobody typed."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

UNTYPEABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)


SITE_CODE = r"^([0-9]{10}|bm[0-9]{8})$"


def typeable(text: str) -> str:
    """Return the text unless it holds characters nobody typed."""
    if UNTYPEABLE.search(text):
        raise PydanticCustomError("untypeable", "Control characters are not text.")
    return text


def _site_code(text: str) -> str:
    if not re.fullmatch(SITE_CODE, text):
        raise PydanticCustomError("site_code", "Neither form of a site code.")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise PydanticCustomError("several_lines", "This is one line.")
    return typeable(text)


# What the documents say of text; the validators above are what holds.
REFUSED = r"\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029"
LINE_PATTERN = rf"^[^{REFUSED}]*[^{REFUSED}\s][^{REFUSED}]*$"
PROSE_PATTERN = LINE_PATTERN.replace(r"\x0a-\x1f", r"\x0b\x0c\x0e-\x1f")

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
    Field(json_schema_extra={"pattern": LINE_PATTERN}),
]
"""One line of 1 to 200 characters."""

Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200_000),
    AfterValidator(typeable),
    Field(json_schema_extra={"pattern": PROSE_PATTERN}),
]
"""Plain text of 1 to 200,000 characters."""

Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000),
    AfterValidator(typeable),
    Field(json_schema_extra={"pattern": PROSE_PATTERN}),
]
"""Why somebody decided as they did, in 1 to 2,000 characters."""

OrganizationCode = Annotated[str, Field(pattern=r"^[0-9a-z-]{2,32}$", examples=["340300"])]
SiteCode = Annotated[
    str,
    AfterValidator(_site_code),
    Field(json_schema_extra={"pattern": SITE_CODE}, examples=["3403000006"]),
]
"""网站标识码: six digits of GB/T 2260 and four of serial, or `bm` and eight digits.

Source: 国办发〔2017〕47号; both forms as issued.
"""


class Strict(BaseModel):
    """Base of everything a request body may be: unknown fields are refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)
