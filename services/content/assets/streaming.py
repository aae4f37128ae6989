"""Sound and film as streams (HLS, RFC 8216): what ffmpeg is asked to do."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from services.content.assets.limits import MediaLimits, Rung
from shared.contracts.assets import AssetKind, Use

MASTER = "master.m3u8"
POSTER = "poster.jpg"
MIMES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "ts": "video/mp2t",
    "jpg": "image/jpeg",
}
# The reader is named, so that no file makes ffmpeg take it for a list of other files.
READERS = {
    AssetKind.MP3: "mp3",
    AssetKind.WAV: "wav",
    AssetKind.M4A: "mov",
    AssetKind.MP4: "mov",
    AssetKind.MOV: "mov",
    AssetKind.WEBM: "matroska",
}
DURATION = re.compile(r"Duration: (\d+):(\d{2}):(\d{2}(?:\.\d+)?)")
PICTURE = re.compile(r"Stream #0:\d+[^\n]*: Video: [^\n]*?\b(\d{2,5})x(\d{2,5})\b")
SOUND = re.compile(r"Stream #0:\d+[^\n]*: Audio: ")
COVER = "(attached pic)"
TURNED = re.compile(r"rotation of -?90\.00 degrees")
SHAPE = re.compile(r"RESOLUTION=(\d+)x(\d+)[^\n]*\n([^\n]+)")


class Media(NamedTuple):
    """What a recording holds: how long, how large, with sound or not."""

    seconds: float
    width: int | None
    height: int | None
    sound: bool


def read_probe(told: str) -> Media | None:
    """Return what ffmpeg told of a recording; none if it can make nothing of it."""
    long = DURATION.search(told)
    lines = [line for line in told.splitlines() if COVER not in line]
    pictures = [found for line in lines if (found := PICTURE.search(line))]
    sound = SOUND.search(told) is not None
    if long is None or not (pictures or sound):
        return None
    seconds = int(long[1]) * 3600 + int(long[2]) * 60 + float(long[3])
    if not pictures:
        return Media(seconds, None, None, sound)
    width, height = int(pictures[0][1]), int(pictures[0][2])
    if TURNED.search(told):
        width, height = height, width
    return Media(seconds, width, height, sound)


def probe(source: str, kind: AssetKind) -> list[str]:
    """Return the arguments that make ffmpeg tell what a recording holds."""
    return ["-hide_banner", *_reading(source, kind)]


def poster(source: str, kind: AssetKind, media: Media, limits: MediaLimits) -> list[str]:
    """Return the arguments that take a film's poster from its first tenth."""
    width = f"scale='min({limits.poster_width},iw)':-2"
    start = f"{min(media.seconds / 10, 10):.2f}"
    return [
        *("-v", "error", "-ss", start, *_reading(source, kind)),
        *("-map_metadata", "-1", "-frames:v", "1", "-vf", width, "-q:v", "3", "-y", POSTER),
    ]


def stream(source: str, kind: AssetKind, media: Media, limits: MediaLimits) -> list[str]:
    """Return the arguments that turn a recording into its streams, one file for each quality."""
    seconds = str(limits.segment_seconds)
    return [
        *("-v", "error", *_reading(source, kind)),
        *("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"),
        *_qualities(media, limits),
        *("-f", "hls", "-hls_time", seconds, "-hls_playlist_type", "vod"),
        *("-hls_flags", "single_file+independent_segments"),
        *("-hls_segment_filename", "%v.ts", "-master_pl_name", MASTER, "-y", "%v.m3u8"),
    ]


def rungs(media: Media, limits: MediaLimits) -> Sequence[Rung]:
    """Return the qualities a film is streamed in: none larger than itself, and at least one."""
    side = min(media.width or 0, media.height or 0)
    fitting = [rung for rung in limits.ladder if rung.side <= side]
    if fitting:
        return fitting
    lowest = min(limits.ladder, key=lambda rung: rung.side)
    return [lowest.model_copy(update={"side": max(2, side - side % 2)})]


def shapes(master: str) -> dict[str, tuple[int, int]]:
    """Return the width and height of each quality, by the name of its playlist."""
    return {found[3]: (int(found[1]), int(found[2])) for found in SHAPE.finditer(master)}


def use_of(name: str) -> Use:
    """Return what one of the files made is for."""
    return {MASTER: Use.STREAM, POSTER: Use.POSTER}.get(name, Use.PART)


def mime_of(name: str) -> str:
    """Return the media type of one of the files made."""
    return MIMES[name.rpartition(".")[2]]


def _reading(source: str, kind: AssetKind) -> list[str]:
    # -nostdin and the whitelist: nothing is asked, and nothing but the one file is opened.
    return ["-nostdin", "-protocol_whitelist", "file", "-f", READERS[kind], "-i", source]


def _qualities(media: Media, limits: MediaLimits) -> list[str]:
    if media.width is None:
        sound = f"{max(rung.sound for rung in limits.ladder)}k"
        return ["-map", "0:a:0", *_sound(sound), "-var_stream_map", "a:0,name:sound"]
    wanted = rungs(media, limits)
    arguments: list[str] = []
    for number, rung in enumerate(wanted):
        arguments += ["-map", "0:V:0", *(("-map", "0:a:0") if media.sound else ())]
        # Upright films are bounded by their width, others by their height.
        size = f"scale='if(gt(iw,ih),-2,{rung.side})':'if(gt(iw,ih),{rung.side},-2)'"
        arguments += [f"-filter:v:{number}", f"{size},format=yuv420p"]
        arguments += [f"-maxrate:v:{number}", f"{rung.picture}k"]
        arguments += [f"-bufsize:v:{number}", f"{2 * rung.picture}k"]
        if media.sound:
            arguments += [f"-b:a:{number}", f"{rung.sound}k"]
    every = f"expr:gte(t,n_forced*{limits.segment_seconds})"
    arguments += ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "main"]
    arguments += ["-force_key_frames", every, "-sc_threshold", "0"]
    named = ("v:{0},a:{0},name:{1}p" if media.sound else "v:{0},name:{1}p").format
    streams = " ".join(named(number, rung.side) for number, rung in enumerate(wanted))
    return [*arguments, *(_sound() if media.sound else ()), "-var_stream_map", streams]


def _sound(rate: str | None = None) -> list[str]:
    return ["-c:a", "aac", "-ac", "2", *(("-b:a", rate) if rate else ())]
