"""Whether an entry is known already: surely, by its link or number, or by how it reads."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from rapidfuzz import fuzz

from services.content.registry.likeness import name_likeness
from services.content.syndication.intake.entry import same_address
from services.content.syndication.intake.figures import figures
from services.content.syndication.verification.page import plain
from shared.contracts.upstream_entries import SameBy, Sameness, SameThing


class Known(NamedTuple):
    """Something that stands here already."""

    what: SameThing
    id: UUID
    title: str
    links: frozenset[str] = frozenset()
    doc_no: str | None = None
    index_no: str | None = None
    text: str = ""


class Seen(NamedTuple):
    """An entry, as far as it may be known already."""

    title: str
    links: frozenset[str]
    doc_no: str | None
    index_no: str | None
    text: str


def own(links: Iterable[str], domains: Iterable[str]) -> Sameness | None:
    """Say whether an entry came from one of our own sites, and so went round in a circle."""
    ours = frozenset(domains)
    for link in links:
        if (urlsplit(link).hostname or "") in ours:
            return Sameness(by=SameBy.OWN, what=SameThing.OWN_SITE, title=link)
    return None


def surely_same(seen: Seen, known: Iterable[Known]) -> Sameness | None:
    """Return what an entry is the same as beyond doubt."""
    links = set(map(same_address, seen.links))
    for one in known:
        if links & set(map(same_address, one.links)):
            return _same(SameBy.LINK, one)
        if seen.doc_no is not None and seen.doc_no == one.doc_no:
            return _same(SameBy.DOCUMENT_NUMBER, one)
        if seen.index_no is not None and seen.index_no == one.index_no:
            return _same(SameBy.INDEX_NUMBER, one)
    return None


def may_be_like(title: str, other: str) -> float:
    """Return how alike two titles are, if enough that their texts are to be compared."""
    likeness = name_likeness(title, other)
    return likeness if likeness >= figures().like_title else 0


def likely_same(seen: Seen, known: Iterable[Known]) -> Sameness | None:
    """Return what an entry reads like; a person decides, as two years' plans read alike too."""
    for one in known:
        if not may_be_like(seen.title, one.title):
            continue
        if plain(seen.title) == plain(one.title) or _text_likeness(seen.text, one.text):
            return _same(SameBy.LIKENESS, one)
    return None


def _text_likeness(one: str, other: str) -> bool:
    most = figures().compared
    if not one or not other:
        return False
    alike = fuzz.ratio(plain(one[:most]), plain(other[:most])) / 100
    return alike >= figures().like_text


def _same(by: SameBy, one: Known) -> Sameness:
    return Sameness(by=by, what=one.what, id=one.id, title=one.title)
