import pytest

from services.content.registry.rhythm import UNSTATED, Rhythm, RhythmTooLoose, rule, stated
from shared.contracts.registry import ColumnKind

RULED = [kind for kind in ColumnKind if rule(kind) != UNSTATED]


@pytest.mark.parametrize(
    ("kind", "rhythm"),
    [
        (ColumnKind.NEWS, Rhythm(7, 14)),
        (ColumnKind.NOTICES, Rhythm(30, 180)),
        (ColumnKind.POLICIES, Rhythm(30, 180)),
        (ColumnKind.PERSONNEL, Rhythm(90, 365)),
        (ColumnKind.PLANS, Rhythm(90, 365)),
        (ColumnKind.OVERVIEW, Rhythm(None, None)),
        (ColumnKind.INTERPRETATIONS, Rhythm(None, None)),
    ],
)
def test_a_kind_keeps_the_rhythm_of_the_rules(kind: ColumnKind, rhythm: Rhythm) -> None:
    assert stated(kind, None) == rhythm


def test_a_stricter_target_holds_and_the_red_line_stays() -> None:
    assert stated(ColumnKind.NEWS, 3) == Rhythm(3, 14)
    assert stated(ColumnKind.NEWS, 7) == Rhythm(7, 14)


@pytest.mark.parametrize("kind", RULED)
def test_a_target_looser_than_the_rule_is_refused_and_the_rule_named(kind: ColumnKind) -> None:
    target = rule(kind).target_days
    assert target is not None
    with pytest.raises(RhythmTooLoose) as refused:
        stated(kind, target + 1)
    assert refused.value.members == {"target_days": target}


def test_a_kind_without_a_rule_takes_any_target() -> None:
    assert stated(ColumnKind.OVERVIEW, 3660) == Rhythm(3660, None)


def test_the_target_is_always_stricter_than_the_red_line() -> None:
    assert len(RULED) == 5
    for rhythm in map(rule, RULED):
        assert rhythm.target_days is not None
        assert rhythm.red_line_days is not None
        assert rhythm.target_days < rhythm.red_line_days
