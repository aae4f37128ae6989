"""Documents as they are pasted, and what can be read out of them: a proposal, never stored."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from shared.contracts.checking import CheckFindingView
from shared.contracts.text import Strict

LONGEST_MARKUP = 2_000_000


class Format(StrEnum):
    """What a pasted text is written in."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


class DocumentText(Strict):
    """A government document as it was copied, chrome and all."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_MARKUP)]
    format: Format = Format.TEXT


class DocumentReading(BaseModel):
    """What a document says of itself: a proposal for a person to confirm."""

    model_config = ConfigDict(frozen=True)

    title: str
    doc_no: str | None
    written_on: date | None
    addressees: str | None
    body: str
    source: str | None


class Paragraph(BaseModel):
    """One line of the text; a heading has a level from 1 to 6."""

    model_config = ConfigDict(frozen=True)

    text: str
    level: int | None = None


class ImageSeen(BaseModel):
    """A picture the document shows, to be uploaded on its own."""

    model_config = ConfigDict(frozen=True)

    source: str
    alt: str | None


class LinkSeen(BaseModel):
    """A link the document holds, to be listed with the item."""

    model_config = ConfigDict(frozen=True)

    text: str
    href: str


class ImportedDocument(DocumentReading):
    """What a document says of itself, what came with its text, and what was left behind."""

    paragraphs: list[Paragraph] = []
    images: list[ImageSeen] = []
    links: list[LinkSeen] = []
    findings: list[CheckFindingView] = []
