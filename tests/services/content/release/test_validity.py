from datetime import date, timedelta
from uuid import UUID

import pytest

from services.content.release.validity import Mark, day_after, expires, faults, in_force, label
from shared.contracts.content import ItemKind
from shared.contracts.standing import ValidityState

START, DAY = date(2026, 1, 1), date(2026, 7, 1)
BEFORE = DAY - timedelta(days=1)
EFFECTIVE, AMENDED, REPEALED, EXPIRED = ValidityState
POLICY, NEXT, NEWS = UUID(int=1), UUID(int=2), UUID(int=3)
KINDS = {POLICY: ItemKind.POLICY, NEXT: ItemKind.POLICY, NEWS: ItemKind.NEWS}


@pytest.mark.parametrize(
    ("on", "expires_on", "marks", "expected"),
    [
        (START - timedelta(days=1), None, [], False),
        (START, None, [], True),
        (DAY, BEFORE, [], False),
        (BEFORE, BEFORE, [], True),
        (date.max, date.max, [], True),
        (BEFORE, None, [Mark(DAY, REPEALED)], True),
        (DAY, None, [Mark(DAY, REPEALED)], False),
        (DAY, None, [Mark(DAY, AMENDED)], False),
        (DAY, None, [Mark(BEFORE, REPEALED), Mark(DAY, EFFECTIVE)], True),
        (DAY, None, [Mark(DAY, EFFECTIVE), Mark(BEFORE, REPEALED)], True),
        (DAY, None, [Mark(DAY, REPEALED), Mark(DAY, EFFECTIVE)], True),
        (DAY, None, [Mark(DAY, EFFECTIVE), Mark(DAY, REPEALED)], False),
        (DAY, BEFORE, [Mark(DAY, EFFECTIVE)], True),
        (DAY, BEFORE, [Mark(BEFORE, EFFECTIVE)], False),
    ],
)
def test_in_force_on_a_day(
    on: date, expires_on: date | None, marks: list[Mark], *, expected: bool
) -> None:
    assert in_force(on, START, expires_on, marks) is expected


@pytest.mark.parametrize(
    ("state", "since", "expected"),
    [
        (None, None, True),
        (EFFECTIVE, BEFORE, True),
        (EFFECTIVE, DAY, False),
        (REPEALED, BEFORE, False),
        (EXPIRED, DAY, False),
    ],
)
def test_the_day_after_the_last_one_changes_only_what_is_in_force(
    state: ValidityState | None, since: date | None, *, expected: bool
) -> None:
    assert expires(DAY, state, since) is expected


def test_a_label_is_true_before_its_day_and_after() -> None:
    assert label(REPEALED, DAY) == "自2026年7月1日起废止"
    assert day_after(BEFORE) == DAY
    assert day_after(date.max) is None


@pytest.mark.parametrize(
    ("item_id", "successor", "followed_by", "codes"),
    [
        (POLICY, None, set(), []),
        (POLICY, NEXT, set(), []),
        (NEWS, None, set(), ["no_validity"]),
        (UUID(int=5), None, set(), ["no_validity"]),
        (POLICY, UUID(int=4), set(), ["not_public"]),
        (POLICY, NEWS, set(), ["wrong_kind"]),
        (POLICY, POLICY, set(), ["cycle"]),
        (POLICY, NEXT, {POLICY}, ["cycle"]),
        (NEWS, NEWS, set(), ["no_validity", "wrong_kind", "cycle"]),
    ],
)
def test_everything_wrong_with_a_mark_is_told(
    item_id: UUID, successor: UUID | None, followed_by: set[UUID], codes: list[str]
) -> None:
    found = faults(
        item_id,
        since=DAY,
        written_on=START,
        successor=successor,
        kinds=KINDS,
        lapsing={ItemKind.POLICY},
        followed_by=followed_by,
    )
    assert [fault.code for fault in found] == codes


def test_no_mark_holds_from_before_the_text_was_written() -> None:
    found = faults(
        POLICY,
        since=BEFORE,
        written_on=DAY,
        successor=None,
        kinds=KINDS,
        lapsing={ItemKind.POLICY},
        followed_by=(),
    )
    assert [(fault.pointer, fault.code) for fault in found] == [("/since", "before_written")]
