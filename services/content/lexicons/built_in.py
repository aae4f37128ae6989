"""The lexicons that come with the software: neutral words, each with its source."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from services.content.lexicons.matching import Compiled
from services.content.lexicons.wordlist import digest
from shared.contracts.lexicons import Wordlist

NAMES = ("typos", "institutions")


@cache
def built_in() -> Mapping[str, Compiled]:
    """Return the lexicons that hold until somebody replaces them, by name."""
    return {name: _compiled(name) for name in NAMES}


def _compiled(name: str) -> Compiled:
    text = files(__package__).joinpath("neutral", f"{name}.yaml").read_text("utf-8")
    wordlist = Wordlist.model_validate(yaml.safe_load(text))
    return Compiled(name, digest(wordlist), wordlist)
