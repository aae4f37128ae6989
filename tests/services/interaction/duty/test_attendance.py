from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.interaction.duty.attendance import (
    CHANGES,
    ROSTERS,
    STATES,
    SWAPS,
    DayOver,
    NotToday,
    WrongMoment,
    check_may_sign_on,
    check_signed_on,
    check_still_open,
    person_of,
    state_of,
)
from services.interaction.duty.fairness import Candidate, Span
from services.interaction.duty.swapping import Day, check_swappable, faults
from shared.contracts.duty import DutyChangeKind, DutyState, SwapState
from shared.contracts.rostering import RosterState

MEMBER = UUID(int=1)
THEN = datetime(2026, 3, 2, tzinfo=UTC)
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("struck", "member_id", "on", "off", "state"),
    [
        (False, None, None, None, DutyState.VACANT),
        (False, MEMBER, None, None, DutyState.PLANNED),
        (False, MEMBER, THEN, None, DutyState.SIGNED_ON),
        (False, MEMBER, THEN, THEN, DutyState.SIGNED_OFF),
        (True, None, None, None, DutyState.STRUCK),
    ],
)
def test_how_far_a_day_is_follows_from_what_is_known_of_it(
    member_id: UUID | None,
    on: datetime | None,
    off: datetime | None,
    state: DutyState,
    *,
    struck: bool,
) -> None:
    found = state_of(struck=struck, member_id=member_id, signed_on_at=on, signed_off_at=off)
    assert found is state


def test_a_planned_day_alone_is_signed_on_to_and_only_on_itself() -> None:
    check_may_sign_on(DutyState.PLANNED, MONDAY, MONDAY)
    for state in set(DutyState) - {DutyState.PLANNED}:
        with pytest.raises(WrongMoment):
            check_may_sign_on(state, MONDAY, MONDAY)
    for today in (date(2026, 3, 1), TUESDAY):
        with pytest.raises(NotToday):
            check_may_sign_on(DutyState.PLANNED, MONDAY, today)


def test_what_needs_a_sign_on_needs_one_that_has_not_ended() -> None:
    check_signed_on(DutyState.SIGNED_ON)
    for state in set(DutyState) - {DutyState.SIGNED_ON}:
        with pytest.raises(WrongMoment):
            check_signed_on(state)


def test_a_day_changes_hands_until_it_is_over_and_by_swap_until_it_has_begun() -> None:
    open_to_cover = {DutyState.PLANNED, DutyState.VACANT, DutyState.SIGNED_ON}
    for state in DutyState:
        day = Day(MONDAY, MEMBER, state)
        if state in open_to_cover:
            check_still_open(state, MONDAY, MONDAY)
        else:
            with pytest.raises(DayOver):
                check_still_open(state, MONDAY, MONDAY)
        if state is DutyState.PLANNED:
            check_swappable(day, MONDAY)
        else:
            with pytest.raises(DayOver):
                check_swappable(day, MONDAY)
        with pytest.raises(DayOver):
            check_still_open(state, MONDAY, TUESDAY)


def test_a_swap_asks_that_both_can_take_what_they_get_on_days_to_come() -> None:
    asker = Candidate(UUID(int=1), MONDAY)
    asked = Candidate(UUID(int=2), MONDAY, None, (Span(TUESDAY, TUESDAY),))
    theirs = Day(MONDAY, asked.id, DutyState.PLANNED)

    def codes(day: Day, in_return: Day | None, today: date = MONDAY) -> list[str]:
        return [fault.code for fault in faults(asker, asked, day, in_return, today)]

    assert codes(Day(MONDAY, asker.id, DutyState.PLANNED), theirs) == []
    assert codes(Day(TUESDAY, asker.id, DutyState.PLANNED), theirs) == ["cannot_take"]
    assert codes(Day(TUESDAY, asker.id, DutyState.PLANNED), theirs, TUESDAY) == [
        *("cannot_take", "past"),
    ]
    assert codes(Day(MONDAY, asker.id, DutyState.PLANNED), theirs._replace(by=None)) == [
        "not_theirs"
    ]


@pytest.mark.parametrize(
    ("actor", "person"),
    [
        (f"person:{MEMBER}", MEMBER),
        ("person:clerk", None),
        (f"client:{MEMBER}", None),
        ("system:duty", None),
        ("anyone", None),
    ],
)
def test_only_people_are_on_registers(actor: str, person: UUID | None) -> None:
    assert person_of(actor) == person


def test_every_word_is_shown_in_chinese() -> None:
    assert STATES.keys() == set(DutyState)
    assert CHANGES.keys() == set(DutyChangeKind)
    assert SWAPS.keys() == set(SwapState)
    assert ROSTERS.keys() == set(RosterState)
