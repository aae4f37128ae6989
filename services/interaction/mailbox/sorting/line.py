"""Whom a letter may be given to."""

from typing import NamedTuple

from shared.problem import Conflict


class Unit(NamedTuple):
    """A unit a letter may be given to."""

    path: str
    name: str


class OutsideLine(Conflict):
    """The unit does not stand under the government this site belongs to."""

    advice = "只能转交给本网站所属政府及其下级单位。"
