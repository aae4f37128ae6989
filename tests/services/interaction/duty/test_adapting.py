from datetime import date

from services.interaction.duty import schedule
from shared.contracts.registry import WorkdaysNoticed
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import Clock, hear
from tests.services.interaction.duty.conftest import LEADER, WANG, Desk
from tests.services.interaction.duty.test_attending import beijing


def notice(off: tuple[int, ...], makeup: tuple[int, ...]) -> WorkdaysNoticed:
    """The holidays of January 2027, by the days of the month."""
    return WorkdaysNoticed(
        year=2027,
        title="国务院办公厅关于2027年部分节假日安排的通知",
        number="国办发明电〔2026〕9号",
        issued_on=date(2026, 12, 25),
        off=tuple(date(2027, 1, day) for day in off),
        makeup=tuple(date(2027, 1, day) for day in makeup),
    )


NEW_YEAR = notice(off=(1,), makeup=(9,))  # a Friday off, a Saturday worked


async def turn_of_the_year(desk: Desk, clock: Clock) -> None:
    clock.now = beijing("2026-12-25T09:00")
    await desk.publish(since="2026-12-28", until="2027-01-15")


async def test_a_roster_of_a_year_without_a_notice_says_it_is_provisional(
    desk: Desk, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    provisional = {duty["on"]: duty["provisional"] for duty in await desk.duties()}
    assert (provisional["2026-12-31"], provisional["2027-01-01"]) == (False, True)
    (told,) = await desk.announced("duty_roster.published")
    assert told["provisional"] is True


async def test_a_notice_strikes_days_off_and_opens_worked_ones_as_gaps(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    had = (await desk.duty("2027-01-01"))["person_id"]
    await hear(begin, NEW_YEAR)
    struck, opened = await desk.duty("2027-01-01"), await desk.duty("2027-01-09")
    assert (struck["state_label"], struck["name"]) == ("放假取消", None)
    assert (opened["state_label"], opened["sign_on_by"]) == ("无人值班", "2027-01-09T00:10:00Z")
    assert not any(duty["provisional"] for duty in await desk.duties())
    told = await desk.announced("duty.struck", "duty.vacated")
    assert [(each["type"], each["on"], each["before"]) for each in told] == [
        ("duty.struck", "2027-01-01", had),
        ("duty.vacated", "2027-01-09", None),
    ]
    assert told[1]["because"] == "worked_after_all"
    first = await desk.done(WANG, "GET", f"/v1/duties/{struck['id']}")
    assert [each["kind_label"] for each in first["changes"]] == ["发布排班", "放假取消"]


async def test_on_a_day_that_was_struck_nobody_is_on_duty_and_nothing_is_due(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    await hear(begin, NEW_YEAR)
    clock.now = beijing("2027-01-01T09:00")
    now = await desk.done(WANG, "GET", "/v1/duty-desks/office/now")
    assert (now["duty"], now["on_duty"], now["day_label"]) == (None, None, "法定节假日")


async def test_told_again_nothing_changes_any_more(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    await hear(begin, NEW_YEAR)
    before, duties = await desk.announced(), await desk.duties()
    await hear(begin, NEW_YEAR)
    assert (await desk.announced(), await desk.duties()) == (before, duties)


async def test_a_corrected_notice_opens_a_struck_day_again_for_nobody(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    await hear(begin, NEW_YEAR)
    struck = await desk.duty("2027-01-01")
    await hear(begin, notice(off=(4,), makeup=()))
    again = await desk.duty("2027-01-01")
    assert (again["id"], again["state"]) == (struck["id"], "vacant")
    assert (await desk.duty("2027-01-04"))["state"] == "struck"
    assert (await desk.duty("2027-01-09"))["state"] == "struck"


async def test_a_struck_day_is_swapped_covered_and_signed_on_to_no_more(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    duty = await desk.duty("2027-01-01")
    await hear(begin, NEW_YEAR)
    by = {"member_id": duty["member_id"]}
    refused = await desk.act(LEADER, {**duty, "version": 2}, "cover", by)
    assert refused.json()["type"] == "/problems/day-over"
    assert duty["id"] not in str(await desk.of(WANG))


async def test_a_struck_day_overtakes_the_swaps_that_ask_for_it(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    duty = await desk.duty("2027-01-01")
    people = {(await desk.member(actor))["id"]: actor for actor in desk.everybody}
    mine = people.pop(duty["member_id"])
    wish = {"member_id": next(iter(people))}
    assert (await desk.act(mine, duty, "swaps", wish)).status_code == 201
    await hear(begin, NEW_YEAR)
    (told,) = await desk.announced("duty_swap.settled")
    assert told["state"] == "overtaken"


async def test_a_day_that_was_struck_and_is_worked_again_is_covered_and_not_drafted(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    await hear(begin, NEW_YEAR)
    await hear(begin, notice(off=(), makeup=()))
    clock.now = beijing("2026-12-26T09:00")
    nothing = await desk.send(
        LEADER,
        "POST",
        "/v1/duty-desks/office/rosters",
        {"since": "2027-01-01", "until": "2027-01-01"},
    )
    assert nothing.json()["faults"][0]["code"] == "nothing_open"  # a vacant day is covered


async def test_the_watch_follows_the_notice_to_a_worked_saturday_and_past_a_day_off(
    desk: Desk, begin: BeginAs, sessions: Sessions, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    await hear(begin, NEW_YEAR)
    clock.now = beijing("2027-01-09T09:00")
    while await schedule.look_for_duty(sessions, begin, clock.now):
        pass
    missing = [told["on"] for told in await desk.announced("duty.missing")]
    assert "2027-01-01" not in missing
    assert missing[-2:] == ["2027-01-08", "2027-01-09"]


async def test_before_the_first_roster_begins_a_notice_begins_no_watch(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    clock.now = beijing("2026-12-25T09:00")
    await desk.publish(since="2027-01-11", until="2027-01-15")
    await hear(begin, NEW_YEAR)
    (listed,) = (await desk.done(LEADER, "GET", "/v1/duty-desks"))["items"]
    assert listed["looks_on"] == "2027-01-11"


async def test_a_day_that_turns_out_to_be_off_on_its_morning_misses_nobody(
    desk: Desk, begin: BeginAs, sessions: Sessions, clock: Clock
) -> None:
    clock.now = beijing("2026-12-25T09:00")
    await desk.publish(since="2027-01-01", until="2027-01-15")
    clock.now = beijing("2027-01-01T07:00")
    await hear(begin, NEW_YEAR)
    clock.now = beijing("2027-01-01T08:10")
    assert await schedule.look_for_duty(sessions, begin, clock.now) == 1
    assert await desk.announced("duty.missing") == []


async def test_who_has_signed_on_stays_signed_on_whatever_the_day_turns_out_to_be(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    clock.now = beijing("2027-01-01T08:00")
    duty = await desk.duty("2027-01-01")
    (mine,) = [actor for actor in desk.everybody if actor.id.endswith(duty["person_id"])]
    signed_on = (await desk.act(mine, duty, "sign-on")).json()
    await hear(begin, NEW_YEAR)
    kept = await desk.duty("2027-01-01")
    assert kept == {**signed_on, "provisional": False}


async def test_a_day_that_only_a_draft_covers_is_opened_for_nobody(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    await desk.draft(since="2027-01-16", until="2027-01-22")
    await hear(begin, notice(off=(), makeup=(16,)))
    assert await desk.duties(since="2027-01-16") == []
    assert await desk.announced("duty.vacated") == []


async def test_a_notice_that_comes_late_leaves_what_is_past_alone(
    desk: Desk, begin: BeginAs, clock: Clock
) -> None:
    await turn_of_the_year(desk, clock)
    clock.now = beijing("2027-01-05T09:00")
    await hear(begin, notice(off=(4, 6), makeup=()))
    assert (await desk.duty("2027-01-04"))["state"] == "planned"
    assert (await desk.duty("2027-01-06"))["state"] == "struck"
    listed = (await desk.done(LEADER, "GET", "/v1/duty-desks"))["items"]
    assert listed[0]["looks_on"] == "2026-12-28"  # the worker has not looked yet


async def test_a_notice_for_another_year_changes_nothing(desk: Desk, begin: BeginAs) -> None:
    await desk.publish()
    before = await desk.announced()
    await hear(begin, NEW_YEAR)
    assert await desk.announced() == before
