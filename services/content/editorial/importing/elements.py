"""The elements of HTML by what reading them takes."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def elements(group: str) -> frozenset[str]:
    """Return the elements of one group."""
    listed = yaml.safe_load(files(__package__).joinpath("elements.yaml").read_text("utf-8"))
    return frozenset(listed[group])
