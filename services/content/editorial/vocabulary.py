"""The controlled vocabularies that items are classed by."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import yaml

from shared.contracts.item_text import Metadata
from shared.problem import Fault


@cache
def vocabularies() -> Mapping[str, tuple[str, ...]]:
    """Return the terms of each vocabulary, wider before narrower (`综合政务`, `综合政务/信访`)."""
    listed = yaml.safe_load(files(__package__).joinpath("vocabularies.yaml").read_text("utf-8"))
    return {name: tuple(_terms(terms)) for name, terms in listed.items()}


def _terms(listed: Mapping[str, list[str]]) -> Iterator[str]:
    for wider, narrower in listed.items():
        yield wider
        yield from (f"{wider}/{term}" for term in narrower)


def includes(term: str, narrower: str) -> bool:
    """Say whether a class is this term or stands below it."""
    return narrower == term or narrower.startswith(f"{term}/")


def unknown_terms(classed: Metadata) -> Iterator[Fault]:
    """Yield a fault for every class that is no term of its vocabulary."""
    for name, terms in vocabularies().items():
        term = getattr(classed, name)
        if term is not None and term not in terms:
            yield Fault(f"/{name}", "unknown_term", "不在分类词表中，请从词表选择。")
