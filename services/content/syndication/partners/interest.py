"""Whether a partner wants to hear of something."""

from collections.abc import Sequence
from typing import NamedTuple

from services.content.editorial.vocabulary import includes
from services.content.registry.region import covers
from shared.contracts.content import ItemKind
from shared.contracts.registry import Level


class Filters(NamedTuple):
    """What a partner asks for; an empty filter asks for everything."""

    site_codes: Sequence[str] = ()
    kinds: Sequence[str] = ()
    subjects: Sequence[str] = ()
    levels: Sequence[str] = ()
    regions: Sequence[str] = ()
    words: Sequence[str] = ()


class Matter(NamedTuple):
    """What an event is about, as far as anybody can filter by it; of what is gone little is."""

    site_code: str
    level: Level
    region: str
    kind: ItemKind | None = None
    subject: str | None = None
    text: str = ""


def wants(asked: Filters, matter: Matter) -> bool:
    """Say whether every filter that is named matches."""
    subject = matter.subject or ""
    return all(
        (
            not asked.site_codes or matter.site_code in asked.site_codes,
            not asked.kinds or matter.kind in asked.kinds,
            not asked.subjects or any(includes(term, subject) for term in asked.subjects),
            not asked.levels or matter.level in asked.levels,
            not asked.regions or any(covers(region, matter.region) for region in asked.regions),
            not asked.words or any(word in matter.text for word in asked.words),
        )
    )
