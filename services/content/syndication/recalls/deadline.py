"""By when copies are to be gone, or put right."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.standing import WithdrawalKind

Hours = Annotated[int, Field(ge=1)]


class Deadlines(BaseModel):
    """How many hours are given, by what happened to the item."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    withdrawn: Mapping[WithdrawalKind, Hours]
    corrected: Hours


def to_be_gone(kind: WithdrawalKind | None, now: datetime) -> datetime:
    """Return by when the copies of a withdrawn item are to be gone.

    As what an item was withdrawn is left unsaid only if it was for security.
    """
    return now + timedelta(hours=deadlines().withdrawn[kind or WithdrawalKind.SECURITY])


def to_be_put_right(now: datetime) -> datetime:
    """Return by when the copies of a corrected item are to show its new text."""
    return now + timedelta(hours=deadlines().corrected)


@cache
def deadlines() -> Deadlines:
    """Return the hours given."""
    return Deadlines.model_validate(
        yaml.safe_load(files(__package__).joinpath("deadlines.yaml").read_text("utf-8"))
    )
