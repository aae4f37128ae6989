"""What the disclosure catalogue asks of an item, by its kind."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from shared.contracts.content import ItemKind
from shared.contracts.item_text import TextOfItem


class Asked(NamedTuple):
    """A field the catalogue asks for, and what people call it."""

    field: str
    label: str


@cache
def asked() -> Mapping[ItemKind, Sequence[Asked]]:
    """Return what is asked of each kind; a kind that is not listed is asked nothing."""
    listed = yaml.safe_load(files(__package__).joinpath("disclosure.yaml").read_text("utf-8"))
    labels: Mapping[str, Any] = listed["labels"]
    return {
        ItemKind(kind): [Asked(field, labels[field]) for field in fields]
        for kind, fields in listed["asked"].items()
    }


def missing(kind: ItemKind, text: TextOfItem) -> list[Asked]:
    """Return what the catalogue asks of this kind and the text does not say."""
    return [one for one in asked().get(kind, ()) if not getattr(text, one.field)]
