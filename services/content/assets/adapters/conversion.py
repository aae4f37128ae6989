"""Making streams of sound and film with ffmpeg, which stays a program of its own."""

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from services.content.assets import streaming
from services.content.assets.limits import limits
from services.content.assets.streaming import Media
from shared.contracts.assets import AssetKind, RefusalReason
from shared.files.adapters.confinement import confine
from shared.files.limits import limits as of_files


class Converted(NamedTuple):
    """What a recording holds, and why it could not be made into streams, if it could not."""

    media: Media | None
    refused: RefusalReason | None = None


def program(given: str | None) -> str | None:
    """Return the ffmpeg to use: the one given, else the one installed for local use, if any."""
    if given or find_spec("imageio_ffmpeg") is None:
        return given
    import imageio_ffmpeg  # noqa: PLC0415  # production images lack it

    return str(imageio_ffmpeg.get_ffmpeg_exe())


async def convert(ffmpeg: str, source: Path, kind: AssetKind, folder: Path) -> Converted:
    """Write a recording's streams and poster into `folder`."""
    figures, briefly, played = limits().media, of_files().reading, limits().playing
    told = await confine([ffmpeg, *streaming.probe(str(source), kind)], folder, briefly)
    media = streaming.read_probe(told.told)
    if media is None:
        return Converted(None, RefusalReason.UNREADABLE)
    if media.seconds > figures.most_seconds:
        return Converted(media, RefusalReason.TOO_LONG)
    acts = [(streaming.stream, played)]
    if media.width is not None:
        acts.append((streaming.poster, briefly))
    for arguments, bound in acts:
        asked = [ffmpeg, *arguments(str(source), kind, media, figures)]
        if not (await confine(asked, folder, bound)).succeeded:
            return Converted(media, RefusalReason.UNREADABLE)
    return Converted(media)
