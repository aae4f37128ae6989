"""A site's public addresses for crawlers, in parts that stay as they are.

An item stands in the month it first was public, so only the parts of recent months change.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from shared.business_day import BEIJING

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PART_LENGTH = 10_000
"""The protocol allows 50,000 addresses in a part; a fifth of it stays well below a second."""


class Month(NamedTuple):
    """How many items first public in a month are public still, and when one last changed."""

    month: str
    items: int
    changed_at: datetime


class Part(NamedTuple):
    """One part of a sitemap: the days it covers, and which ten thousand of them it holds."""

    first: date
    last: date
    number: int


class Address(NamedTuple):
    """A page and when it last changed."""

    url: str
    changed_at: datetime


def parts(months: Iterable[Month], within: str) -> Iterator[Address]:
    """Yield the parts of a sitemap; `within` is the address they stand below."""
    for month in months:
        for part in range(-(-month.items // PART_LENGTH)):
            yield Address(f"{within}/{month.month}-{part + 1}.xml", month.changed_at)


def part_named(name: str) -> Part:
    """Return the part that its address names, such as `2026-03-1`."""
    year, month, number = map(int, name.split("-"))
    last = monthrange(year, month)[1]
    return Part(date(year, month, 1), date(year, month, last), number)


def index(of: Iterable[Address]) -> bytes:
    """Return a sitemap index of these parts."""
    return _document("sitemapindex", "sitemap", of)


def page(of: Iterable[Address]) -> bytes:
    """Return a sitemap of these pages."""
    return _document("urlset", "url", of)


def _document(root: str, entry: str, of: Iterable[Address]) -> bytes:
    document = Element(root, xmlns=NAMESPACE)
    for address in of:
        node = SubElement(document, entry)
        SubElement(node, "loc").text = address.url
        changed = address.changed_at.astimezone(BEIJING)
        SubElement(node, "lastmod").text = changed.isoformat(timespec="seconds")
    return bytes(tostring(document, encoding="utf-8", xml_declaration=True))
