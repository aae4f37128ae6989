"""The figures that the hub serves by."""

from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=1)]


class Figures(BaseModel):
    """How requests are taken, for how long feeds are followed, and how much a host may ask."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lease_seconds: Count
    shortest_lease_seconds: Count
    longest_lease_seconds: Count
    longest_secret: Count
    challenge_bytes: Count
    attempts: Count
    waiting_per_host: Count
    waiting: Count
    feeds_per_host: Count


@cache
def figures() -> Figures:
    """Return the figures."""
    return Figures.model_validate(
        yaml.safe_load(files(__package__).joinpath("hub.yaml").read_text("utf-8"))
    )
