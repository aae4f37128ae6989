"""Files that are another file too, so that each program finds in them what it looks for.

An image with an archive behind its end is passed from hand to hand as an image; a PDF that is also
an archive, or an image that is also a script, gets past whoever looks at one of the two only.
"""

from typing import BinaryIO
from zipfile import is_zipfile

from shared.contracts.assets import AssetKind, Family
from shared.files.kind import rules

BEGINS_LATE = 1024
"""How far into a file readers of PDF look for its beginning."""
PDF_BEGINS = b"%PDF-"
OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
MARKUP = (b"<script", b"<html", b"<!doctype html", b"<?php")
COMMENT = b"/*"
# Where a script's comment opens that swallows the image: in the width of the one, in the length of
# the first segment of the other, which no camera and no program writes so.
COMMENT_OPENS = {AssetKind.GIF: slice(6, 10), AssetKind.JPEG: slice(4, 6)}
PACKED = frozenset({AssetKind.DOCX, AssetKind.XLSX, AssetKind.PPTX, AssetKind.OFD})


def is_another_too(kind: AssetKind, stream: BinaryIO) -> bool:
    """Say whether a file of this kind could be opened as something else as well."""
    is_image = rules()[kind].family is Family.IMAGE
    if not (is_image or kind is AssetKind.PDF or kind in PACKED):
        return False
    stream.seek(0)
    head = stream.read(BEGINS_LATE)
    if kind in PACKED:
        return PDF_BEGINS in head
    if is_zipfile(stream):
        return True
    stream.seek(0)
    data = stream.read()
    if any(begins in data for begins in OTHER_ARCHIVES):
        return True
    return is_image and (PDF_BEGINS in head or _is_script(kind, data))


def _is_script(kind: AssetKind, image: bytes) -> bool:
    written = image.lower()
    opens = COMMENT_OPENS.get(kind)
    swallowed = opens is not None and COMMENT in image[opens]
    return swallowed or any(tag in written for tag in MARKUP)
