import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.assets.limits import limits
from services.content.assets.streaming import READERS, Media, read_probe, rungs, shapes, stream
from shared.contracts.assets import Family
from shared.files.kind import rules

FIGURES = limits().media
TOLD = """Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'source':
  Duration: 01:02:03.50, start: 0.000000, bitrate: 103 kb/s
  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 1920x1080 [SAR 1:1]
  Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, mono, fltp, 69 kb/s
"""
TURNED = "      Display Matrix: rotation of -90.00 degrees\n"
COVER = """Input #0, mp3, from 'source':
  Duration: 00:00:09.00, start: 0.0, bitrate: 1 kb/s
  Stream #0:0: Audio: mp3 (mp3float), 44100 Hz, stereo, fltp, 128 kb/s
  Stream #0:1: Video: mjpeg (Baseline), yuvj444p(pc), 500x500, 90k tbr (attached pic)
"""


def test_what_ffmpeg_tells_is_read() -> None:
    assert read_probe(TOLD) == Media(3723.5, 1920, 1080, sound=True)
    assert read_probe(TOLD + TURNED) == Media(3723.5, 1080, 1920, sound=True)
    assert read_probe(TOLD.replace("Audio:", "Data:")) == Media(3723.5, 1920, 1080, sound=False)


def test_the_cover_of_a_record_is_no_film() -> None:
    assert read_probe(COVER) == Media(9, None, None, sound=True)


@pytest.mark.parametrize(
    "told", ["", "Invalid data", TOLD.splitlines()[1], TOLD.replace("01:", "N/A")]
)
def test_a_file_that_is_no_recording_is_none(told: str) -> None:
    assert read_probe(told) is None


@given(st.integers(1, 4000), st.integers(1, 4000))
def test_nothing_is_made_larger_and_something_is_always_made(width: int, height: int) -> None:
    made = rungs(Media(1, width, height, sound=True), FIGURES)
    assert 1 <= len(made) <= 2
    for rung in made:
        assert rung.side % 2 == 0
        assert rung.side <= max(2, min(width, height))


def test_the_arguments_name_the_reader_and_allow_no_network() -> None:
    for kind in READERS:
        asked = stream("/x/source", kind, Media(9, 640, 480, sound=True), FIGURES)
        before = asked[: asked.index("-i")]
        assert before[before.index("-protocol_whitelist") + 1] == "file"
        assert before[before.index("-f") + 1] == READERS[kind]
        assert "-map_metadata" in asked


def test_every_recording_has_a_reader() -> None:
    streamed = {Family.AUDIO, Family.VIDEO}
    assert set(READERS) == {kind for kind, rule in rules().items() if rule.family in streamed}


def test_the_shapes_of_the_qualities_are_read_from_the_master() -> None:
    line = "#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION={},CODECS=x\n{}\n\n"
    master = line.format("1280x720", "720p.m3u8") + line.format("854x480", "480p.m3u8")
    assert shapes(master) == {"720p.m3u8": (1280, 720), "480p.m3u8": (854, 480)}
