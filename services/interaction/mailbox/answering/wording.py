"""The words and figures by which an answer looks perfunctory."""

from functools import cache

from pydantic import Field

from shared.contracts.answers import FindingSeverity
from shared.figures import Figures, Source, read


class Sign(Source):
    """One of the signs, and what it asks of whoever approves regardless."""

    severity: FindingSeverity


class Promise(Figures):
    """A word that puts off, unless one of these stands in the same clause."""

    word: str
    unless: tuple[str, ...]


class Copying(Figures):
    """When two answers are the same, and how far to look."""

    alike: float = Field(gt=0, le=1)
    asked_alike: float = Field(gt=0, le=1)
    many: int = Field(ge=1)
    days: int
    compared: int
    stretch: int = Field(ge=2)
    sketch: int = Field(ge=16)
    clues: int = Field(ge=4)
    fewest: int


class Batches(Figures):
    """How many answers on one day after how long a silence are a batch."""

    answers: int = Field(ge=2)
    silent_days: int = Field(ge=1)


class Wording(Figures):
    """Every sign with its words and figures."""

    promise: Sign
    promises: tuple[Promise, ...]
    too_short: Sign
    shortest: int
    transfer_only: Sign
    transfers: tuple[str, ...]
    elsewhere_only: Sign
    elsewhere: tuple[str, ...]
    least_said: int
    courtesies: tuple[str, ...]
    rude: Sign
    rudeness: tuple[str, ...]
    unsigned: Sign
    units: tuple[str, ...]
    off_topic: Sign
    fewest_asked: int
    commonplaces: frozenset[str]
    copied: Sign
    seldom_copied: Sign
    copying: Copying
    library_only: Sign
    outdated_entry: Sign
    batch: Sign
    batches: Batches


@cache
def wording() -> Wording:
    """Return the words and figures this version was made with."""
    return read(Wording, __package__, "wording.yaml")
