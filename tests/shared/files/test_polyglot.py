from io import BytesIO

import pytest

from shared.contracts.assets import AssetKind, RefusalReason
from shared.files.polyglot import is_another_too
from shared.files.scanning import scan
from tests.support import papers

ARCHIVE = papers.packed({"a.txt": "a"})
ALSO = {
    "an image and an archive": ("a.jpg", papers.image() + ARCHIVE),
    "a PNG and an archive": ("a.png", papers.image("PNG") + ARCHIVE),
    "an image and a RAR archive": ("a.jpg", papers.image() + b"Rar!\x1a\x07\x01\x00" + bytes(90)),
    "an image and a 7z archive": ("a.jpg", papers.image() + b"7z\xbc\xaf\x27\x1c" + bytes(90)),
    "a PDF and an archive": ("a.pdf", papers.pdf() + ARCHIVE),
    "an image and a PDF": ("a.gif", papers.moving_gif(1, (4, 4)) + papers.pdf()),
    "an image and a page": ("a.gif", papers.moving_gif() + b"<HTML><body onload=alert(1)>"),
    "an image that holds a script": ("a.jpg", papers.image(comment=b"<script>alert(1)</script>")),
    "an image and a script": ("a.gif", b"GIF89a/*" + papers.moving_gif()[8:] + b"*/=1;alert(1)"),
    "a document and a PDF": (
        "a.docx",
        papers.packed(
            {
                "%PDF-1.4": "",
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": "<w:document/>",
            }
        ),
    ),
}
HONEST = {
    "jpeg": papers.photograph(),
    "png": papers.noted_png(),
    "gif": papers.moving_gif(),
    "webp": papers.image("WEBP"),
    "pdf": papers.pdf("a"),
    "docx": papers.docx(),
    "xlsx": papers.xlsx(("a", 1)),
    "doc": papers.ole("WordDocument"),
    "zip": papers.packed({"a.pdf": papers.pdf()}, 0),
    "txt": "怎样认出 PDF：以 %PDF- 开头，<script> 也许在内".encode(),
}


@pytest.mark.parametrize(("name", "data"), ALSO.values(), ids=ALSO)
def test_a_file_that_is_another_one_too_is_refused(name: str, data: bytes) -> None:
    found = scan(name, len(data), BytesIO(data))
    assert RefusalReason.POLYGLOT in found.dangers or found.dangers == [RefusalReason.UNREADABLE]


def test_what_can_be_read_is_refused_for_being_two_things() -> None:
    readable = [name for name in ALSO if name != "an image and a script"]
    reasons = {name: scan(ALSO[name][0], 1, BytesIO(ALSO[name][1])).dangers for name in readable}
    assert {name for name in readable if reasons[name] != [RefusalReason.POLYGLOT]} == set()


@pytest.mark.parametrize("kind", HONEST)
def test_a_file_that_is_one_thing_passes(kind: str) -> None:
    assert not is_another_too(AssetKind(kind), BytesIO(HONEST[kind]))
