from datetime import UTC, datetime, timedelta

import pytest

from services.content.delivery import pace
from services.content.delivery.pace import Pace, TooManyVisits

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def _passed(limit: Pace, times: int, now: datetime = NOW, key: str = "item") -> int:
    passed = 0
    for _ in range(times):
        try:
            limit.require(key, now)
        except TooManyVisits:
            continue
        passed += 1
    return passed


def test_a_burst_passes_and_then_so_many_a_second() -> None:
    limit = Pace(rate=2, burst=5)
    assert _passed(limit, 10) == 5
    assert _passed(limit, 10, NOW + timedelta(seconds=1)) == 2
    assert _passed(limit, 10, NOW + timedelta(hours=1)) == 5


def test_refusals_cost_nothing() -> None:
    limit = Pace(rate=1, burst=1)
    assert _passed(limit, 100) == 1
    assert _passed(limit, 1, NOW + timedelta(seconds=1)) == 1


def test_each_item_has_its_own_pace() -> None:
    limit = Pace(rate=1, burst=1)
    assert _passed(limit, 2, key="one") == _passed(limit, 2, key="other") == 1


def test_a_clock_set_back_gives_nothing() -> None:
    limit = Pace(rate=1, burst=1)
    assert _passed(limit, 1) == 1
    with pytest.raises(TooManyVisits):
        limit.require("item", NOW - timedelta(hours=1))
    assert _passed(limit, 1, NOW + timedelta(seconds=1)) == 1


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_KEYS", 2)
    limit = Pace(rate=0, burst=1)
    for key in ("one", "two", "three"):
        assert _passed(limit, 1, key=key) == 1
    assert _passed(limit, 1, key="three") == 0
    assert _passed(limit, 1, key="one") == 1
