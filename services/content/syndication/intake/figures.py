"""The figures that upstream feeds are read by."""

from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(gt=0, lt=1)]


class Figures(BaseModel):
    """How feeds and the pages of their entries are read, and when an entry is known already."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    usual_minutes: Count
    shortest_minutes: Count
    longest_hours: Count
    failure_minutes: Count
    failure_longest_hours: Count
    jitter: Share
    failures: Count
    host_seconds: Count
    redirects: Count
    longest_feed: Count
    most_entries: Count
    most_attributes: Count
    deepest: Count
    quiet_factor: Count
    quiet_least_days: Count
    rhythm_entries: Count
    rhythm_least: Annotated[int, Field(ge=2)]
    longest_page: Count
    page_minutes: tuple[Count, ...]
    shortest_text: Count
    former_texts: Count
    like_title: Share
    like_text: Share
    like_days: Count
    like_most: Count
    compared: Count
    keep_days: Count

    @property
    def of_host(self) -> timedelta:
        """Return how long a host is left alone after each request."""
        return timedelta(seconds=self.host_seconds)


@cache
def figures() -> Figures:
    """Return how upstream feeds are read."""
    return Figures.model_validate(
        yaml.safe_load(files(__package__).joinpath("polling.yaml").read_text("utf-8"))
    )
