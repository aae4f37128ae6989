"""HTTP of reading documents: nothing is stored, everything is a proposal."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.document import read_document
from services.content.editorial.importing.markdown import read_markdown
from services.content.editorial.importing.material import Material
from services.content.editorial.importing.web_page import read_html
from services.content.editorial.importing.word import read_word
from shared.contracts.checking import CheckFindingView
from shared.contracts.document import DocumentText, Format, ImportedDocument
from shared.requests import Somebody

router = APIRouter(prefix="/v1", tags=["editorial"])

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
File = Annotated[bytes, Body(media_type=DOCX, min_length=1)]


# Plain functions: what takes long to compute runs beside the loop that serves everyone else.
@router.post("/documents")
def read_document_text(_: Somebody, document: DocumentText) -> ImportedDocument:
    """Read title, number, date and body out of a document's text, HTML or Markdown."""
    if document.format is Format.TEXT:
        return ImportedDocument(**read_document(document.text).model_dump())
    read = read_html if document.format is Format.HTML else read_markdown
    return _proposal(read(document.text))


@router.post("/documents/file")
def read_document_file(_: Somebody, file: File) -> ImportedDocument:
    """Read title, number, date and body out of a Word document (DOCX)."""
    material, marks = read_word(file)
    return _proposal(material, marks)


def _proposal(material: Material, marks: Sequence[CheckFinding] = ()) -> ImportedDocument:
    return ImportedDocument(
        **read_document(material.text).model_dump(),
        paragraphs=material.paragraphs,
        images=material.images,
        links=material.links,
        findings=[
            CheckFindingView.model_validate(finding, from_attributes=True)
            for finding in (*marks, *material.findings())
        ],
    )
