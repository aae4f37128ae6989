"""How often a column must be updated."""

from typing import NamedTuple

from services.content.registry.column_kinds import column_kinds
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


def rule(kind: ColumnKind) -> Rhythm:
    """Return what the rules ask of columns of this kind, if they ask anything."""
    rhythm = column_kinds().kinds[kind].rhythm
    return Rhythm(rhythm.target, rhythm.red_line) if rhythm else UNSTATED


def stated(kind: ColumnKind, target_days: int | None) -> Rhythm:
    """Return a column's rhythm: its kind's, or a stricter target of its own."""
    ruled = rule(kind)
    if target_days is None:
        return ruled
    if ruled.target_days is not None and target_days > ruled.target_days:
        raise RhythmTooLoose(target_days=ruled.target_days)
    return Rhythm(target_days, ruled.red_line_days)
