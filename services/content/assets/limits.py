"""The figures of files: how wide, how much, how long."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field

MIB = 1024 * 1024


class Figures(BaseModel):
    """A part of the figures; an unknown or missing one stops the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ImageLimits(Figures):
    """How large an image may be, and how wide a page shows it."""

    page_width: int
    longest_side: int
    most_pixels: int
    most_frames: int
    most_frame_pixels: int
    quality: int


class DocumentLimits(Figures):
    """How much of a document is read."""

    most_pages: int
    most_characters: int
    most_rows: int
    fewest_characters: int


class ArchiveLimits(Figures):
    """How much an archive may hold once it is unpacked."""

    most_members: int
    most_mib: int
    most_ratio: int


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


class Confinement(Figures):
    """What a program that opens a file may use."""

    seconds: int
    memory_mib: int
    file_mib: int


class Confinements(Figures):
    """The two ways of opening a file: reading it, and playing it through."""

    reading: Confinement
    playing: Confinement


class Limits(Figures):
    """All figures of files."""

    image: ImageLimits
    document: DocumentLimits
    archive: ArchiveLimits
    media: MediaLimits
    upload: UploadLimits
    keeping: KeepingLimits
    confinement: Confinements


@cache
def limits() -> Limits:
    """Return the figures this version was made with."""
    text = files(__package__).joinpath("limits.yaml").read_text("utf-8")
    return Limits.model_validate(yaml.safe_load(text))
