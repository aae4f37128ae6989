"""The figures of content's files: how they come in, stay and are streamed."""

from functools import cache

from pydantic import Field

from shared.figures import Figures, read
from shared.files.limits import Confinement


class Rung(Figures):
    """One quality a film is streamed in: its shorter side, and kilobits a second."""

    side: int
    picture: int
    sound: int


class MediaLimits(Figures):
    """How long sound and film may be, and in what qualities they are streamed."""

    most_seconds: int
    segment_seconds: int
    poster_width: int
    ladder: tuple[Rung, ...] = Field(min_length=1, max_length=2)


class UploadLimits(Figures):
    """How an upload comes in pieces, and how long it may rest."""

    piece_mib: int
    expires_hours: int


class KeepingLimits(Figures):
    """How long a file stays that no text names."""

    unused_days: int
    refused_days: int


class Limits(Figures):
    """All figures of content's files."""

    media: MediaLimits
    upload: UploadLimits
    keeping: KeepingLimits
    playing: Confinement


@cache
def limits() -> Limits:
    """Return the figures this version was made with."""
    return read(Limits, __package__, "limits.yaml")
