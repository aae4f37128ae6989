"""The text of PDF pages, with what is written beside the page and filled into its forms."""

from collections.abc import Iterator
from ctypes import create_string_buffer

import pypdfium2
from pypdfium2 import raw

NOTED = (b"Contents", b"V", b"DV", b"TU", b"RC", b"Subj")
HALF = 0.5


def pages(
    document: pypdfium2.PdfDocument, most: int, fewest_characters: int
) -> Iterator[str | None]:
    """Yield the text of each page; none where a page is more than its text."""
    for number in range(min(len(document), most)):
        page = document[number]
        text = page.get_textpage().get_text_range()
        yield f"{text}\n"
        yield from (f"{noted}\n" for noted in _notes(page))
        if _is_scan(page, len("".join(text.split())), fewest_characters):
            yield None
        page.close()


def told(document: pypdfium2.PdfDocument) -> Iterator[str]:
    """Yield what a document says of itself, and what its contents are called."""
    yield from (f"{said}\n" for said in document.get_metadata_dict(skip_empty=True).values())
    yield from (f"{mark.get_title()}\n" for mark in document.get_toc())


def _is_scan(page: pypdfium2.PdfPage, characters: int, fewest: int) -> bool:
    """Say whether a page shows something that is no text, and hardly says anything beside it."""
    if characters == 0:
        return next(page.get_objects(max_depth=1), None) is not None
    return characters < fewest and any(
        _share(page, picture) > HALF
        for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    )


def _share(page: pypdfium2.PdfPage, picture: pypdfium2.PdfObject) -> float:
    """Return how much of a page a picture takes."""
    left, bottom, right, top = picture.get_bounds()
    width, height = page.get_size()
    share: float = abs((right - left) * (top - bottom)) / max(1.0, width * height)
    return share


def _notes(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield remarks, and what was filled into the fields of a form."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            try:
                yield from filter(None, (_said(annotation, key) for key in NOTED))
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _said(annotation: raw.FPDF_ANNOTATION, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    said = create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(
        annotation, key, raw.cast(said, raw.POINTER(raw.FPDF_WCHAR)), size
    )
    return said.raw.decode("utf-16-le", "replace").rstrip("\0")
