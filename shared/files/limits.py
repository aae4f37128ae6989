"""The figures of files: how wide, how much, how long they may be looked into."""

from functools import cache

from shared.figures import Figures, read

MIB = 1024 * 1024


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


class Confinement(Figures):
    """What a program that opens a file may use."""

    seconds: int
    memory_mib: int
    file_mib: int


class Limits(Figures):
    """All figures that hold for every file, whoever brings it."""

    image: ImageLimits
    document: DocumentLimits
    archive: ArchiveLimits
    reading: Confinement


@cache
def limits() -> Limits:
    """Return the figures this version was made with."""
    return read(Limits, __package__, "limits.yaml")
