"""The registry's figures: suspension, closing, outages, the tree of columns, likeness."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Figures(BaseModel):
    """A part of the figures; an unknown or missing one stops the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Figures):
    """The document and clause a figure stands on, and how sure it is."""

    document: str
    clause: str
    confidence: str = Field(pattern=r"^(F|K-[hml]|own)$")


class Suspension(Figures):
    """How long and how often a site may be taken off line for a time."""

    source: Source
    longest_days: int
    most_a_year: int


class Closing(Figures):
    """How long readers are told where the content went before a site closes."""

    source: Source
    notice_days: int


class Outage(Figures):
    """For how long one report may excuse that a site cannot be reached."""

    source: Source
    longest_days: int


class TreeFigures(Figures):
    """How deep columns may stand within one another."""

    source: Source
    deepest: int


class Likeness(Figures):
    """From where on two columns are similar, as shares of one, and how much is looked at."""

    source: Source
    name: float = Field(gt=0, le=1)
    titles: float = Field(gt=0, le=1)
    fewest_shared: int
    newest_titles: int
    samples: int


class Limits(Figures):
    """All figures of the registry."""

    suspension: Suspension
    closing: Closing
    outage: Outage
    tree: TreeFigures
    likeness: Likeness


@cache
def limits() -> Limits:
    """Return the figures this version was made with."""
    text = files(__package__).joinpath("limits.yaml").read_text("utf-8")
    return Limits.model_validate(yaml.safe_load(text))
