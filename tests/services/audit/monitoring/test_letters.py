from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import audit as told
from tests.services.audit.conftest import Office

DUE = datetime(2026, 3, 23, 16, tzinfo=UTC)  # midnight after the due day in Bengbu


async def test_a_letter_past_due_is_found_without_anybody_saying_so(office: Office) -> None:
    await office.hear(told.received())
    office.clock.now = DUE - timedelta(seconds=1)
    await office.tick()
    assert await office.findings() == []
    office.clock.now = DUE
    await office.tick()
    [finding] = await office.findings()
    assert (finding["kind"], finding["subject"]) == ("letter_late", f"letter:{told.NUMBER}")
    assert finding["evidence"] == [2]
    await office.hear(told.overdue())
    await office.tick()
    assert len(await office.findings()) == 1


async def test_an_overdue_letter_is_found_at_once_even_if_it_was_never_heard_of(
    office: Office,
) -> None:
    office.clock.now = DUE
    await office.hear(told.overdue())
    assert [finding["kind"] for finding in await office.findings()] == ["letter_late"]


@pytest.mark.parametrize("seen_before", [True, False])
async def test_a_late_answer_is_one_finding_that_is_closed(
    office: Office, *, seen_before: bool
) -> None:
    await office.hear(told.received())
    office.clock.now = DUE + timedelta(hours=3)
    if seen_before:
        await office.tick()
        office.clock.pass_by(hours=1)
    await office.hear(told.answered(date(2026, 3, 24)))
    await office.tick()
    [finding] = await office.findings()
    assert (finding["closed_at"] is None, finding["unfounded"]) == (False, False)


async def test_an_answer_in_time_leaves_nothing_to_find(office: Office) -> None:
    await office.hear(told.received(), told.answered(date(2026, 3, 2)))
    office.clock.now = DUE + timedelta(days=9)
    await office.tick()
    assert await office.findings() == []


async def test_an_extension_in_time_moves_the_day_a_letter_is_late(office: Office) -> None:
    await office.hear(told.received(), told.letter_extended(date(2026, 3, 30)))
    office.clock.now = DUE
    await office.tick()
    assert await office.findings() == []
    office.clock.pass_by(days=7)
    await office.tick()
    assert len(await office.findings(open=True)) == 1


async def test_a_refused_letter_is_never_late(office: Office) -> None:
    await office.hear(told.received(), told.refused())
    office.clock.now = DUE + timedelta(days=9)
    await office.tick()
    assert await office.findings() == []


async def test_a_holiday_notice_that_gives_more_time_takes_the_finding_back(
    office: Office,
) -> None:
    await office.hear(told.received())
    office.clock.now = DUE
    await office.tick()
    await office.hear(told.due_changed(date(2026, 3, 25)))
    [finding] = await office.findings()
    assert (finding["closed_at"] is None, finding["unfounded"]) == (False, True)
    office.clock.pass_by(days=2)
    await office.tick()
    assert len(await office.findings(open=True)) == 1
