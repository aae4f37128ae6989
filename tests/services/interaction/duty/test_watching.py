from sqlalchemy import select

from services.interaction.duty import schedule
from services.interaction.duty.models import Desk as DeskRow
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import Clock
from tests.services.interaction.duty.conftest import LEADER, LI, WANG, ZHAO, Desk, person_id
from tests.services.interaction.duty.test_attending import beijing


class Watch:
    """The worker that looks for those on duty."""

    def __init__(self, sessions: Sessions, begin: BeginAs, clock: Clock) -> None:
        self.sessions, self.begin, self.clock = sessions, begin, clock

    async def at(self, text: str) -> int:
        self.clock.now = beijing(text)
        return await schedule.look_for_duty(self.sessions, self.begin, self.clock.now)


async def test_who_has_not_signed_on_in_time_is_missing_and_that_is_said_once(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    clock.now = beijing("2026-03-02T07:00")
    await desk.publish()
    assert await watch.at("2026-03-02T08:09:59") == 0
    assert await watch.at("2026-03-02T08:10") == 1
    assert await watch.at("2026-03-02T17:00") == 0
    (told,) = await desk.announced("duty.missing")
    duty = await desk.duty("2026-03-02")
    assert told == {
        "type": "duty.missing",
        "organization": "340000.340300.office",
        "on": "2026-03-02",
        "duty_id": duty["id"],
        "person_id": person_id(WANG),
        "leaders": [person_id(LEADER)],
    }
    assert duty["version"] == 1  # whoever comes now signs on to what they read
    assert (await desk.act(WANG, duty, "sign-on")).json()["late"] is True


async def test_who_signed_on_in_time_is_not_missing_however_late_one_looks(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    clock.now = beijing("2026-03-02T07:00")
    await desk.publish()
    clock.now = beijing("2026-03-02T08:09")
    await desk.act(WANG, await desk.duty("2026-03-02"), "sign-on")
    assert await watch.at("2026-03-02T20:00") == 1
    assert await desk.announced("duty.missing") == []


async def test_who_came_late_is_told_as_missing_however_late_one_looks(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    clock.now = beijing("2026-03-02T07:00")
    await desk.publish()
    clock.now = beijing("2026-03-02T08:30")
    await desk.act(WANG, await desk.duty("2026-03-02"), "sign-on")
    await watch.at("2026-03-02T20:00")
    assert len(await desk.announced("duty.missing")) == 1


async def test_a_worker_that_was_away_looks_at_every_day_it_missed_but_no_day_off(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    clock.now = beijing("2026-02-12T07:00")
    await desk.publish(since="2026-02-12", until="2026-02-27")
    while await watch.at("2026-02-25T09:00"):
        pass
    assert [told["on"] for told in await desk.announced("duty.missing")] == [
        *("2026-02-12", "2026-02-13", "2026-02-14"),  # a worked Saturday before the new year
        *("2026-02-24", "2026-02-25"),
    ]


async def test_a_day_that_nobody_has_and_one_that_is_on_no_roster_are_missing(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    clock.now = beijing("2026-03-02T07:00")
    for actor in (WANG, LI, ZHAO):
        await desk.absent(actor, LEADER, "2026-03-02", "2026-03-02")
    await desk.publish(since="2026-03-02", until="2026-03-02")
    for day in ("2026-03-02", "2026-03-03"):
        assert await watch.at(f"{day}T08:10") == 1
    vacant, unlisted = await desk.announced("duty.missing")
    assert (vacant["on"], vacant["duty_id"] is None, vacant["person_id"]) == (
        *("2026-03-02", False, None),
    )
    assert (unlisted["on"], unlisted["duty_id"], unlisted["person_id"]) == (
        *("2026-03-03", None, None),
    )


async def test_before_the_first_roster_begins_nobody_is_looked_for(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    assert await watch.at("2026-03-05T09:00") == 0
    await desk.publish(since="2026-03-09", until="2026-03-13")
    assert await watch.at("2026-03-06T09:00") == 0
    assert await watch.at("2026-03-09T09:00") == 1
    (listed,) = (await desk.done(LEADER, "GET", "/v1/duty-desks"))["items"]
    assert (listed["code"], listed["looks_on"]) == ("office", "2026-03-10")


async def test_who_is_rostered_for_a_day_that_has_begun_has_time_to_come(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    clock.now = beijing("2026-03-02T09:00")
    await desk.publish()
    assert (await desk.duty("2026-03-02"))["sign_on_by"] == "2026-03-02T01:10:00Z"
    assert await watch.at("2026-03-02T09:09") == 0
    assert await watch.at("2026-03-02T09:10") == 1
    assert [told["on"] for told in await desk.announced("duty.missing")] == ["2026-03-02"]
    assert await watch.at("2026-03-03T08:10") == 1


async def test_a_roster_that_begins_sooner_is_looked_for_sooner(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    clock.now = beijing("2026-03-02T07:00")
    await desk.publish(since="2026-03-09", until="2026-03-13")
    await desk.publish(since="2026-03-04", until="2026-03-06")
    assert await watch.at("2026-03-04T09:00") == 1


async def test_who_covers_a_missing_one_is_looked_for_in_turn(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    clock.now = beijing("2026-03-02T07:00")
    await desk.publish()
    await watch.at("2026-03-02T08:10")
    clock.now = beijing("2026-03-02T09:00")
    zhao = {"member_id": (await desk.member(ZHAO))["id"]}
    await desk.act(LEADER, await desk.duty("2026-03-02"), "cover", zhao)
    assert await watch.at("2026-03-02T09:09") == 0
    assert await watch.at("2026-03-02T09:10") == 1
    assert await watch.at("2026-03-02T10:00") == 0
    assert [told["person_id"] for told in await desk.announced("duty.missing")] == [
        person_id(WANG),
        person_id(ZHAO),
    ]
    assert await watch.at("2026-03-03T08:10") == 1


async def test_a_desk_without_anybody_is_looked_at_no_more(
    desk: Desk, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    watch = Watch(sessions, begin, clock)
    clock.now = beijing("2026-03-02T07:00")
    await desk.publish()
    for actor in (WANG, LI, ZHAO, LEADER):
        await desk.leave(actor)
    assert await watch.at("2026-03-02T08:10") == 1
    assert await watch.at("2026-03-03T08:10") == 0
    assert await desk.announced("duty.missing") == []
    async with sessions() as session:
        assert (await session.scalars(select(DeskRow.due_at))).all() == [None]


async def test_notes_are_deleted_when_they_were_kept_long_enough(
    desk: Desk, sessions: Sessions, clock: Clock
) -> None:
    clock.now = beijing("2026-03-02T07:00")
    await desk.publish()
    duty = (await desk.act(WANG, await desk.duty("2026-03-02"), "sign-on")).json()
    await desk.act(WANG, duty, "notes", {"text": "路灯一事请明日回复。"})
    clock.pass_by(days=180)
    assert await schedule.forget_notes(sessions, clock.now) == 0
    clock.pass_by(seconds=1)
    assert await schedule.forget_notes(sessions, clock.now) == 1
    assert (await desk.done(LI, "GET", "/v1/duty-desks/office/notes"))["items"] == []
