"""The figures by which the live transcript is read."""

from functools import cache

from pydantic import Field

from shared.figures import Figures, Source, read


class StreamFigures(Figures):
    """How often to ask, and how many may wait for how long."""

    source: Source
    poll_seconds: float = Field(gt=0)
    idle_minutes: float = Field(gt=0)
    connections: int = Field(ge=1)
    entries: int = Field(ge=1)
    retry_seconds: int = Field(ge=1)


@cache
def stream_figures() -> StreamFigures:
    """Return the figures this version was made with."""
    return read(StreamFigures, __package__, "streams.yaml")
