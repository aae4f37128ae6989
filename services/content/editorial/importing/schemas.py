"""What the reading of documents accepts and answers."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.document import DocumentReading
from services.content.editorial.importing.material import ImageSeen, LinkSeen, Paragraph
from services.content.editorial.importing.nesting import LONGEST_MARKUP
from shared.contracts.text import Strict


class Format(StrEnum):
    """What a pasted text is written in."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


class DocumentText(Strict):
    """A government document as it was copied, chrome and all."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_MARKUP)]
    format: Format = Format.TEXT


class ImportedDocument(DocumentReading):
    """What a document says of itself, what came with its text, and what was left behind."""

    paragraphs: list[Paragraph] = []
    images: list[ImageSeen] = []
    links: list[LinkSeen] = []
    findings: list[CheckFinding] = []
