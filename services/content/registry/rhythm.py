"""How often a column must be updated."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from shared.contracts.registry import ColumnKind
from shared.problem import Unprocessable


class Rhythm(NamedTuple):
    """Days between updates: what the city wants, and where the national veto begins."""

    target_days: int | None
    red_line_days: int | None


UNSTATED = Rhythm(None, None)


class RhythmTooLoose(Unprocessable):
    """The stated rhythm is looser than the rule for this kind of column."""

    advice = "更新周期不得长于该类栏目的规定周期。"


@cache
def rhythms() -> Mapping[ColumnKind, Rhythm]:
    """Return the rhythm of each kind of column that has one; sources stand beside the figures."""
    listed = yaml.safe_load(files(__package__).joinpath("rhythms.yaml").read_text("utf-8"))
    return {
        ColumnKind(kind): Rhythm(days["target"], days["red_line"]) for kind, days in listed.items()
    }


def stated(kind: ColumnKind, target_days: int | None) -> Rhythm:
    """Return a column's rhythm: its kind's, or a stricter target of its own."""
    rule = rhythms().get(kind, UNSTATED)
    if target_days is None:
        return rule
    if rule.target_days is not None and target_days > rule.target_days:
        raise RhythmTooLoose(target_days=rule.target_days)
    return Rhythm(target_days, rule.red_line_days)
