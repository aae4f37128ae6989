from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.interaction.duty.fairness import Candidate, Held, Span, share_out
from shared.workdays import Calendar

START = date(2026, 1, 1)
WORKED = [
    day
    for day in (START + timedelta(days=step) for step in range(365))
    if Calendar.official().is_workday(day)
]
DAYS = st.lists(st.sampled_from(WORKED), unique=True, max_size=60)


def always(number: int) -> Candidate:
    return Candidate(UUID(int=number), START)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    since = draw(st.sampled_from(WORKED))
    return Span(since, since + timedelta(days=draw(st.integers(0, 30))))


@st.composite
def teams(draw: st.DrawFn) -> list[Candidate]:
    """Some who are always there, and some who are away, join late or leave."""
    steady = [always(number) for number in range(draw(st.integers(0, 4)))]
    others = [
        Candidate(
            UUID(int=100 + number),
            draw(st.sampled_from([START, date(2026, 5, 1)])),
            draw(st.sampled_from([None, date(2026, 9, 1)])),
            tuple(draw(st.lists(spans(), max_size=3))),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return steady + others


def counted(shared: Sequence[Held], candidates: Sequence[Candidate]) -> list[int]:
    days = Counter(held.by for held in shared)
    return [days[candidate.id] for candidate in candidates]


@given(teams(), DAYS)
def test_those_who_are_always_there_differ_by_one_day_at_most(
    team: list[Candidate], days: list[date]
) -> None:
    shared = share_out(team, [], days)
    steady = [each for each in team if all(each.can_take(day) for day in WORKED)]
    counts = counted(shared, steady)
    assert max(counts, default=0) - min(counts, default=0) <= 1


@given(teams(), DAYS, DAYS)
def test_with_what_they_had_before_they_still_differ_by_one_day_at_most(
    team: list[Candidate], before: list[date], days: list[date]
) -> None:
    history = share_out(team, [], before)
    shared = share_out(team, history, set(days) - set(before))
    steady = [each for each in team if all(each.can_take(day) for day in WORKED)]
    counts = counted([*history, *shared], steady)
    assert max(counts, default=0) - min(counts, default=0) <= 1


@given(
    st.integers(2, 5), st.lists(st.integers(0, 4), min_size=20, max_size=20), st.integers(0, 100)
)
def test_an_unfair_past_is_made_good_and_never_made_worse(
    size: int, past: list[int], length: int
) -> None:
    team = [always(number) for number in range(size)]
    history = [
        Held(day, UUID(int=number % size)) for day, number in zip(WORKED, past, strict=False)
    ]
    before = counted(history, team)
    after = counted([*history, *share_out(team, history, WORKED[20 : 20 + length])], team)
    spread = max(before) - min(before)
    assert max(after) - min(after) <= max(1, spread)
    if length >= spread * size:
        assert max(after) - min(after) <= 1


@given(teams(), DAYS)
def test_nobody_has_a_day_they_cannot_take_and_a_gap_is_a_day_nobody_can(
    team: list[Candidate], days: list[date]
) -> None:
    shared = share_out(team, [], days)
    assert [held.on for held in shared] == sorted(days)
    by_id = {candidate.id: candidate for candidate in team}
    for on, by in shared:
        if by is None:
            assert not any(candidate.can_take(on) for candidate in team)
        else:
            assert by_id[by].can_take(on)


@given(teams(), DAYS, st.randoms(use_true_random=False))
def test_in_whatever_order_things_are_told_it_comes_to_the_same(
    team: list[Candidate], days: list[date], random: Random
) -> None:
    shared = share_out(team, [], days)
    random.shuffle(team)
    random.shuffle(days)
    assert share_out(team, [], days) == shared


@given(teams(), DAYS, st.integers(0, 60))
def test_drafted_in_two_pieces_it_comes_to_the_same_as_at_once(
    team: list[Candidate], days: list[date], cut: int
) -> None:
    days = sorted(days)
    first = share_out(team, [], days[:cut])
    assert [*first, *share_out(team, first, days[cut:])] == share_out(team, [], days)


@given(st.integers(1, 6), st.integers(1, 40))
def test_who_joins_late_gets_no_more_than_their_part_of_what_is_left(
    size: int, length: int
) -> None:
    team = [always(number) for number in range(size)]
    history = share_out(team, [], WORKED[:50])
    late = Candidate(UUID(int=100), WORKED[50])
    shared = share_out([*team, late], history, WORKED[50 : 50 + length])
    (days,) = counted(shared, [late])
    assert days <= length // (size + 1) + 1


@given(st.integers(2, 6))
def test_nobody_has_two_days_running_while_another_can_take_one(size: int) -> None:
    shared = share_out([always(number) for number in range(size)], [], WORKED)
    assert all(one.by != next_.by for one, next_ in pairwise(shared))


def test_who_was_away_makes_up_for_nothing() -> None:
    ill = Candidate(UUID(int=1), START, None, (Span(WORKED[0], WORKED[49]),))
    shared = share_out([always(0), ill], [], WORKED[:60])
    assert counted(shared[50:], [always(0), ill]) == [5, 5]


def test_who_left_takes_no_day_from_the_day_they_left() -> None:
    gone = Candidate(UUID(int=1), START, left_on=WORKED[1])
    assert [held.by for held in share_out([gone], [], WORKED[:2])] == [gone.id, None]
