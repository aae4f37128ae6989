"""The figures that pages of reposts are read and judged by."""

from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=1)]


class Figures(BaseModel):
    """How pages are read, compared and judged."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    confirm_minutes: Count
    doubt_minutes: Count
    wrong_hours: Count
    verified_days: Count
    host_seconds: Count
    redirects: Count
    longest_page: Count
    recognised_share: Annotated[float, Field(gt=0, lt=1)]
    recalled_minutes: Count
    residual_days: Count
    residual_most_days: Count
    telling: Count
    remnant_share: Annotated[float, Field(gt=0, lt=1)]
    notices: tuple[str, ...]
    excerpt: Count
    differences: Count
    gone: frozenset[int]

    @property
    def apart(self) -> timedelta:
        """Return how far apart the two readings are that judge a page."""
        return timedelta(minutes=self.confirm_minutes)

    @property
    def of_host(self) -> timedelta:
        """Return how long a host is left alone after each reading."""
        return timedelta(seconds=self.host_seconds)


@cache
def figures() -> Figures:
    """Return the figures."""
    return Figures.model_validate(
        yaml.safe_load(files(__package__).joinpath("reading.yaml").read_text("utf-8"))
    )
