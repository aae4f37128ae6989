from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from services.content.release.interpretation import last_day
from services.content.release.models import Change
from shared.contracts.content import ItemKind
from shared.db import Sessions
from shared.outbox import OutboxMessage
from shared.workdays import Calendar
from tests.factories.content import Group


@pytest.mark.parametrize(
    ("first_public_on", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 5)),
        (date(2026, 3, 6), date(2026, 3, 11)),  # a weekend
        (date(2026, 2, 13), date(2026, 2, 25)),  # worked on the 14th, then the Spring Festival
        (date(2026, 9, 18), date(2026, 9, 22)),  # worked on Sunday the 20th
        (date(2026, 10, 8), date(2026, 10, 12)),  # worked on Saturday the 10th
    ],
)
def test_an_interpretation_may_follow_within_three_official_working_days(
    first_public_on: date, last: date
) -> None:
    assert last_day(first_public_on, Calendar.official()) == last


async def test_a_release_says_by_when_its_interpretation_is_owed_and_no_correction_puts_it_off(
    group: Group, sessions: Sessions
) -> None:
    owing = {"kind": ItemKind.POLICY, "to_be_interpreted": True, "interpretation_may_follow": True}
    item = await group.released(**owing)
    async with sessions.begin() as session:
        await session.execute(update(Change).values(at=Change.at - timedelta(days=2)))
    again = await group.revised(
        item,
        body="更正后的正文。",
        correction_note="更正一处文字。",
        to_be_interpreted=True,
        interpretation_may_follow=True,
    )
    assert (await group.release(again)).status_code == 201
    async with sessions() as session:
        question = select(OutboxMessage.data["interpretation_due_on"].astext)
        question = question.where(OutboxMessage.type == "content.item.released")
        assert list(await session.scalars(question)) == ["2026-03-05", "2026-03-04"]
