"""Reading the plain text of a government document into a proposal for an item.

The layout followed is that of GB/T 9704: title, number, addressees, text, signature and date.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from services.content.editorial.document_head import is_organ, read_head
from services.content.editorial.page_chrome import without_chrome
from services.content.editorial.written_date import ISO_DATE, WRITTEN_DATE, read_date
from shared.contracts.document import DocumentReading
from shared.problem import Unprocessable

LONGEST_DOCUMENT = 200_000
LONGEST_TITLE = 200
MOST_GARBLED = 0.1

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ud800-\udfff\ufffe\uffff]"
)
GARBLED = re.compile("[\x00-\x08\x0e-\x1b\ufffd\ud800-\udfff]")
SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SIGNED = re.compile(rf"(?P<organ>[^。，,；;:：]{{0,60}}?)\s*{WRITTEN_DATE.pattern}")
DATE_LABEL = r"成文日期\s*[:：]\s*"
LABELLED_DATES = [re.compile(DATE_LABEL + form.pattern) for form in (WRITTEN_DATE, ISO_DATE)]
NAMED = r"\s*[:：][^\S\n]*(?P<name>[\u4e00-\u9fff、A-Za-z0-9]{2,60}+)(?!\s*[:：])"
ISSUER = re.compile(rf"(?:发文机关|发布机构|制发机关){NAMED}")
REPORTER = re.compile(rf"来源{NAMED}")
ANNEX = re.compile("附件|第[一二三四五六七八九十百]+[章条]|.*。")


class UnreadableDocument(Unprocessable):
    """There is no readable text in the document."""

    advice = "没有读到可识别的正文，请检查文件内容或编码后重新粘贴。"


class DocumentTooLong(Unprocessable):
    """The document is longer than one item may be."""

    advice = f"文件超过 {LONGEST_DOCUMENT} 字，请拆分或改用附件发布。"


class Signature(NamedTuple):
    """Where a document is dated, when that was, and the organ named there."""

    place: int
    written_on: date | None
    organ: str | None


def read_document(text: str) -> DocumentReading:
    """Find the parts of a document in text copied from a page; what is missing is None."""
    lines = _readable(text)
    head = read_head(lines)
    signature = _signature(lines, head.text_begins)
    return DocumentReading(
        title=head.title or lines[0][:LONGEST_TITLE],
        doc_no=head.doc_no,
        written_on=signature.written_on or _labelled_date(text),
        addressees=head.addressees,
        body="\n".join(lines[head.text_begins : signature.place] + _annexes(lines, signature)),
        source=_source(text, head.title or "", signature.organ),
    )


def _readable(text: str) -> list[str]:
    """Return the lines of the text without indentation, blank lines and page chrome."""
    if len(text) > LONGEST_DOCUMENT:
        raise DocumentTooLong(characters=len(text), limit=LONGEST_DOCUMENT)
    clean = INVISIBLE.sub("", SPACES.sub(" ", text))
    lines = without_chrome([_trimmed(line) for line in clean.splitlines()])
    legible = any(character.isalnum() for line in lines for character in line)
    if not legible or len(GARBLED.findall(text)) > MOST_GARBLED * len(text):
        raise UnreadableDocument
    return lines


def _trimmed(line: str) -> str:
    """Return a line without indentation; in the row of a table an empty cell is none."""
    text = line.strip()
    return line.strip(" \r") if "\t" in text else text


def _signature(lines: Sequence[str], begin: int) -> Signature:
    for place in range(begin, len(lines)):
        signed = SIGNED.fullmatch(lines[place])
        if signed and (not signed["organ"] or is_organ(signed["organ"])):
            above = lines[place - 1] if place > begin and is_organ(lines[place - 1]) else None
            return Signature(place, read_date(signed), signed["organ"] or above)
    return Signature(len(lines), None, None)


def _annexes(lines: Sequence[str], signature: Signature) -> list[str]:
    """Return what follows the date, if it is text: a notice carries its annex behind the date."""
    rest = list(lines[signature.place + 1 :])
    return rest if any(ANNEX.match(line) for line in rest) else []


def _labelled_date(text: str) -> date | None:
    found = (form.search(text) for form in LABELLED_DATES)
    return next((read_date(match) for match in found if match), None)


def _source(text: str, title: str, signed_by: str | None) -> str | None:
    """Guess the publisher: as labelled, as the title opens, as signed, or as the page reports."""
    opening, about, _ = title.partition("关于")
    issuer, reporter = ISSUER.search(text), REPORTER.search(text)
    if issuer:
        return issuer["name"]
    if about and is_organ(opening):
        return opening
    return signed_by or (reporter["name"] if reporter else None)
