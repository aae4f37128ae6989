"""Reading Markdown the way HTML is read, which it may hold."""

from markdown_it import MarkdownIt

from services.content.editorial.document import LONGEST_DOCUMENT, DocumentTooLong
from services.content.editorial.importing.material import Material
from services.content.editorial.importing.web_page import read_html

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def read_markdown(text: str) -> Material:
    """Read CommonMark with tables."""
    if len(text) > LONGEST_DOCUMENT:
        raise DocumentTooLong(characters=len(text), limit=LONGEST_DOCUMENT)
    return read_html(PARSER.render(text))
