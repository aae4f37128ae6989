from datetime import timedelta

from shared.business_day import BEIJING
from shared.contracts.content import ItemKind
from shared.contracts.registry import ColumnKind
from shared.ids import new_id
from tests.factories import audit as told
from tests.services.audit.conftest import ASSESSOR, Office
from tests.support.queries import CountQueries


async def kinds(office: Office, **query: object) -> list[str]:
    return [finding["kind"] for finding in await office.findings(**query)]


async def days_pass(office: Office, days: int) -> None:
    """Let days pass, with the clocks running once in each."""
    for _ in range(days):
        office.clock.pass_by(days=1)
        await office.tick()


async def state(office: Office) -> tuple[str, str | None]:
    page = (await office.get("/v1/watched-columns", ASSESSOR)).json()
    [column] = page["items"]
    return column["freshness"], column["update_due"]


async def test_a_column_goes_overdue_as_the_clock_runs(office: Office) -> None:
    await office.hear(told.column(), told.release(office.clock.now))
    await office.tick()
    assert await state(office) == ("fresh", "2026-03-09")
    await days_pass(office, 7)
    assert await state(office) == ("due_soon", "2026-03-09")
    assert await kinds(office) == []
    await days_pass(office, 1)
    [finding] = await office.findings()
    assert (finding["kind"], finding["closed_at"]) == ("news_overdue", None)
    assert finding["subject"] == f"column:{told.COLUMN}"
    assert finding["evidence"] == [2, 3]  # the trail's entries of opening and release
    assert (finding["severity"], finding["label"]) == ("serious", "动态、要闻类栏目更新逾期")
    await days_pass(office, 7)
    assert await kinds(office, open=True) == ["news_overdue", "column_past_red_line"]


async def test_the_finding_is_made_in_the_first_minute_after_the_due_day(office: Office) -> None:
    await office.hear(told.column(), told.release(office.clock.now))
    await days_pass(office, 7)
    midnight = office.clock.now.astimezone(BEIJING).replace(hour=0) + timedelta(days=1)
    office.clock.now = midnight - timedelta(seconds=1)
    assert await office.tick() == 0
    office.clock.now = midnight
    assert await office.tick() == 1
    assert await kinds(office) == ["news_overdue"]
    assert await office.tick() == 0


async def test_an_update_closes_the_finding_at_once(office: Office) -> None:
    await office.hear(told.column(), told.release(office.clock.now))
    await days_pass(office, 8)
    office.clock.pass_by(minutes=1)
    await office.hear(told.release(office.clock.now, new_id()))
    assert await office.tick() == 1
    [finding] = await office.findings()
    assert finding["closed_at"] is not None
    assert finding["unfounded"] is False
    assert [name for name, _ in await office.announced()] == [
        "audit.finding.opened",
        "audit.finding.closed",
    ]


async def test_news_of_an_update_that_came_late_shows_the_finding_unfounded(
    office: Office,
) -> None:
    await office.hear(told.column(), told.release(office.clock.now))
    in_time = office.clock.now + timedelta(days=5)
    await days_pass(office, 8)
    await office.hear(told.release(in_time, new_id()))
    await office.tick()
    [finding] = await office.findings()
    assert finding["unfounded"] is True
    [_, (_, closed)] = await office.announced()
    assert closed["unfounded"] is True


async def test_withdrawing_the_latest_item_brings_the_older_one_back_to_mind(
    office: Office,
) -> None:
    await office.hear(told.column(), told.release(office.clock.now))
    await days_pass(office, 8)
    latest = new_id()
    await office.hear(told.release(office.clock.now, latest))
    await office.tick()
    office.clock.pass_by(hours=1)
    await office.hear(told.withdrawal(latest))
    await office.tick()
    first, second = await office.findings()
    assert (first["closed_at"], second["closed_at"]) != (None, None)
    assert second["closed_at"] is None


async def test_a_column_left_empty_is_blank_after_one_interval(office: Office) -> None:
    await office.hear(told.column())
    await days_pass(office, 7)
    assert await kinds(office) == []
    await days_pass(office, 1)
    assert await kinds(office) == ["blank_column"]
    assert await state(office) == ("blank", None)


async def test_a_quiet_column_needs_a_statement_until_content_comes(office: Office) -> None:
    await office.hear(told.column(ColumnKind.OVERVIEW, rhythm=False))
    await days_pass(office, 1)
    assert await kinds(office, open=True) == ["statement_missing"]
    statement = new_id()
    await office.hear(told.release(office.clock.now, statement, ItemKind.STATUS_STATEMENT))
    await office.tick()
    assert await kinds(office, open=True) == []
    office.clock.pass_by(minutes=1)
    await office.hear(told.release(office.clock.now))
    await office.tick()
    assert await kinds(office, open=True) == ["statement_left_behind"]
    await office.hear(told.withdrawal(statement))
    await office.tick()
    assert await kinds(office, open=True) == []


async def test_a_release_that_is_heard_before_its_column_is_not_lost(office: Office) -> None:
    await office.hear(told.release(office.clock.now), told.column())
    await office.tick()
    assert await state(office) == ("fresh", "2026-03-09")


async def test_weighing_costs_the_same_however_much_was_published(
    office: Office, count_queries: CountQueries
) -> None:
    await office.hear(told.column())
    await office.tick()
    for items in (1, 9):
        await office.hear(*(told.release(office.clock.now, new_id()) for _ in range(items)))
        with count_queries(10):  # four claims, one lease; row, items twice, findings; the row
            await office.tick()
