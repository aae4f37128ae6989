"""What release does with items of some kinds and not with others."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from shared.contracts.content import ItemKind


class Trait(StrEnum):
    """Something that items of some kinds have in common."""

    INDEXED = "indexed"
    LAPSING = "lapsing"
    EXPLAINED = "explained"


@cache
def _kinds() -> Mapping[Trait, frozenset[ItemKind]]:
    listed = yaml.safe_load(files(__package__).joinpath("kinds.yaml").read_text("utf-8"))
    return {Trait(trait): frozenset(map(ItemKind, kinds)) for trait, kinds in listed.items()}


def kinds(trait: Trait) -> frozenset[ItemKind]:
    """Return the kinds of items that have a trait."""
    return _kinds()[trait]
