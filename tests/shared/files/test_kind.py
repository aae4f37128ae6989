import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts.assets import AssetKind
from shared.files.kind import (
    OtherExtension,
    UnacceptedKind,
    admit,
    fits,
    possible,
    rules,
)
from shared.files.limits import limits
from tests.support import papers

ZIPS = {"zip", "docx", "xlsx", "pptx", "ofd"}
OLES = {"doc", "xls", "ppt"}
TEXTS = {"txt", "csv"}
KNOWN = {
    "jpeg": (papers.image(), {"jpeg"}),
    "png": (papers.image("PNG"), {"png"}),
    "gif": (papers.image("GIF"), {"gif"}),
    "webp": (papers.image("WEBP"), {"webp"}),
    "pdf": (papers.pdf(), {"pdf"}),
    "docx": (papers.docx(), ZIPS),
    "ole": (papers.ole("WordDocument"), OLES),
    "mp3": (papers.MP3, {"mp3"}),
    "tagged mp3": (papers.TAGGED_MP3, {"mp3"}),
    "wav": (papers.WAV, {"wav"}),
    "mp4": (papers.MP4, {"mp4"}),
    "mp4 of a rare brand": (papers.MP4.replace(b"isom", b"dash", 1), {"mp4"}),
    "mov": (papers.QUICKTIME, {"mov"}),
    "m4a": (papers.M4A, {"m4a"}),
    "webm": (papers.WEBM, {"webm"}),
    "utf-8": ("各县、区人民政府：".encode(), TEXTS),
    "utf-8 with a mark": ("﻿各县".encode(), TEXTS),
    "gb18030": ("各县、区人民政府：".encode("gb18030"), TEXTS),
    "text that begins like a bitmap": (b"BM25 is a ranking", TEXTS),
}
REFUSED = {
    "nothing": b"",
    "html": b"<!DOCTYPE html><html>",
    "html after a comment": b"\n<!-- x --><HTML>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'>",
    "svg after a prologue": b'<?xml version="1.0"?>\n<!-- a -->\n<svg>',
    "script": b"<script>alert(1)</script>",
    "exe": b"MZ" + bytes(300),
    "elf": b"\x7fELF" + bytes(300),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(300),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(300),
    "bitmap": papers.image("BMP"),
    "heic": papers.HEIC,
    "matroska": papers.MATROSKA,
    "aac": papers.AAC,
    "avi": b"RIFF\x24\0\0\0AVI LIST" + bytes(100),
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_file_is_known_by_how_it_begins(name: str) -> None:
    data, kinds = KNOWN[name]
    assert possible(data[:4096]) == kinds


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_of_no_accepted_kind_is_refused_whatever_it_is_called(name: str) -> None:
    assert possible(REFUSED[name][:4096]) == set()
    with pytest.raises(UnacceptedKind):
        admit("a.pdf", REFUSED[name][:4096])


def test_a_name_that_promises_another_kind_is_refused_with_the_right_one() -> None:
    with pytest.raises(OtherExtension) as refused:
        admit("photo.png", papers.image())
    assert "jpg" in refused.value.detail
    assert admit("photo.JPG", papers.image()) == {AssetKind.JPEG}


@pytest.mark.parametrize("name", ["jpg", "", "photo", "photo.", "photo.jpg.exe"])
def test_a_name_without_the_extension_does_not_fit(name: str) -> None:
    assert not fits(name, AssetKind.JPEG)


@settings(max_examples=20)
@given(st.text(min_size=1), st.integers(0, 3))
def test_text_cut_within_a_character_is_still_text(written: str, cut: int) -> None:
    whole = ("说明" + "".join(filter(str.isalnum, written))).encode()
    assert possible(whole[: max(6, len(whole) - cut)]) == TEXTS


@given(st.binary(max_size=200))
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    possible(data)


def test_every_kind_has_a_rule() -> None:
    assert rules().keys() == set(AssetKind)
    assert limits().image.page_width == 800
