from datetime import date

from services.interaction.participation.consultations import schedule
from shared.contracts.registry import WorkdaysNoticed
from tests.services.interaction.conftest import hear
from tests.services.interaction.participation.consultations.conftest import Hall

NEW_YEAR = WorkdaysNoticed(
    year=2027,
    title="国务院办公厅关于2027年部分节假日安排的通知",
    number="国办发明电〔2026〕9号",
    issued_on=date(2026, 12, 25),
    off=(date(2027, 1, 20),),
    makeup=(),
)


async def test_it_ends_when_its_last_day_is_over_and_owes_its_report_in_a_month(
    hall: Hall,
) -> None:
    held = await hall.opened()
    assert await hall.end(days=30) == 0, "the last day is not over"
    assert await hall.end(days=1) == 1
    assert await hall.end(days=0) == 0
    now = await hall.read(held)
    assert (now["state"], now["report_due_on"]) == ("ended", "2026-05-06")
    assert now["report_provisional"] is False
    kind, told = (await hall.announced())[-1]
    assert (kind, told["report_due_on"]) == ("interaction.consultation.ended", "2026-05-06")
    assert (await hall.public(held))["report_due_on"] == "2026-05-06"


async def test_a_late_report_is_said_once_and_the_publication_says_so_too(hall: Hall) -> None:
    held = await hall.opened()
    await hall.end()
    assert await hall.end(days=34) == 0, "6 May is not over"
    assert await hall.end(days=1) == 1
    assert await hall.end(days=9) == 0
    assert (await hall.types()).count("interaction.consultation.report_overdue") == 1
    await hall.reported(held)
    await hall.publish(held)
    assert dict(await hall.announced())["interaction.consultation.closed"]["late"] is True


async def test_a_report_in_time_is_never_called_late(hall: Hall) -> None:
    held = await hall.opened()
    await hall.end()
    await hall.reported(held)
    await hall.publish(held)
    assert await hall.end(days=90) == 0
    assert "interaction.consultation.report_overdue" not in await hall.types()


async def test_a_holiday_notice_moves_the_day_the_report_is_owed(hall: Hall) -> None:
    hall.clock.pass_by(days=260)
    held = await hall.opened(opens_on="2026-11-20", closes_on="2026-12-20")
    await hall.end(days=35)
    assert (await hall.read(held))["report_provisional"] is True
    await hear(hall.begin, NEW_YEAR)
    now = await hall.read(held)
    assert (now["report_due_on"], now["report_provisional"]) == ("2027-01-21", False)
    kind, told = (await hall.announced())[-1]
    assert kind == "interaction.consultation.report_due_changed"
    assert (told["before"], told["report_due_on"]) == ("2027-01-20", "2027-01-21")
    hall.clock.pass_by(days=30)  # 2027-01-20 is over
    assert await schedule.pass_on(hall.sessions, hall.begin, hall.clock.now) == 0
    hall.clock.pass_by(days=1)
    assert await schedule.pass_on(hall.sessions, hall.begin, hall.clock.now) == 1
