"""Days and moments as they may enter: as RFC 3339 writes them, never as a count of seconds."""

import re
from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written(value: object) -> object:
    """Refuse a number, which would be read as seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and not WRITTEN.match(value)):
        raise PydanticCustomError("date_form", "Write a day as 2026-03-02, with a time after it.")
    return value


Day = Annotated[date, BeforeValidator(_written)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
