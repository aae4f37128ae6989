from datetime import UTC, datetime

from sqlalchemy import select

from services.interaction.duty.models import SealedNote
from services.interaction.duty.queries import presence
from shared.db import Sessions
from tests.services.interaction.conftest import OFFICE, ROADS, Clock
from tests.services.interaction.duty.conftest import (
    ADMIN,
    DESK,
    LEADER,
    LI,
    WANG,
    ZHAO,
    Desk,
    person_id,
    someone,
)

ONE_DAY = {"since": "2026-03-02", "until": "2026-03-02"}
NOTE = "李小龙来电13855201234，东海大道路灯一事请明日回复。"


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


async def on_duty_today(desk: Desk, clock: Clock) -> None:
    """Let Wang have 2 March, and Li and Zhao the days after."""
    clock.now = beijing("2026-03-02T07:00")
    await desk.publish()


async def test_whoever_has_the_day_signs_on_before_offices_open(desk: Desk, clock: Clock) -> None:
    await on_duty_today(desk, clock)
    duty = (await desk.of(WANG))[0]
    assert duty["on"] == "2026-03-02"
    clock.now = beijing("2026-03-02T07:50")
    done = await desk.act(WANG, duty, "sign-on")
    assert done.status_code == 200, done.text
    shown = done.json()
    assert (shown["state_label"], shown["late"]) == ("值班中", False)
    assert (shown["signed_on_at"], done.headers["ETag"]) == ("2026-03-01T23:50:00Z", '"2"')
    (told,) = await desk.announced("duty.signed_on")
    assert (told["person_id"], told["late"]) == (person_id(WANG), False)


async def test_signing_on_is_late_from_the_last_moment_on(desk: Desk, clock: Clock) -> None:
    await on_duty_today(desk, clock)
    clock.now = beijing("2026-03-02T08:10")
    duty = (await desk.act(WANG, (await desk.of(WANG))[0], "sign-on")).json()
    assert duty["late"] is True


async def test_signing_on_is_for_the_day_itself_and_for_whoever_has_it(
    desk: Desk, clock: Clock
) -> None:
    await on_duty_today(desk, clock)
    before = await desk.announced()
    today, later = (await desk.of(WANG))[:2]
    for actor, duty, status, problem in (
        (LI, today, 403, "not-yours"),
        (LEADER, today, 403, "not-yours"),
        (ADMIN, today, 403, "not-yours"),
        (WANG, later, 409, "not-today"),
    ):
        refused = await desk.act(actor, duty, "sign-on")
        assert (refused.status_code, refused.json()["type"]) == (status, f"/problems/{problem}")
    assert await desk.announced() == before


async def test_nobody_signs_on_twice_or_off_before_on(desk: Desk, clock: Clock) -> None:
    await on_duty_today(desk, clock)
    duty = (await desk.of(WANG))[0]
    for act, body in (("sign-off", {}), ("notes", {"text": NOTE})):
        early = await desk.act(WANG, duty, act, body)
        assert early.json()["type"] == "/problems/wrong-moment"
    duty = (await desk.act(WANG, duty, "sign-on")).json()
    again = await desk.act(WANG, duty, "sign-on")
    assert (again.status_code, again.json()["state"]) == (409, "signed_on")
    duty = (await desk.act(WANG, duty, "sign-off", {})).json()
    assert (await desk.act(WANG, duty, "sign-off", {})).status_code == 409
    assert (await desk.act(WANG, duty, "notes", {"text": NOTE})).status_code == 409


async def test_a_repeated_sign_on_with_its_key_is_answered_the_same(
    desk: Desk, clock: Clock
) -> None:
    await on_duty_today(desk, clock)
    duty = (await desk.of(WANG))[0]
    answers = [await desk.keyed(WANG, f"/v1/duties/{duty['id']}/sign-on", 1) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert len(await desk.announced("duty.signed_on")) == 1


async def test_what_is_handed_on_is_read_by_the_register_and_stays_sealed_elsewhere(
    desk: Desk, clock: Clock, sessions: Sessions
) -> None:
    await on_duty_today(desk, clock)
    duty = (await desk.act(WANG, (await desk.of(WANG))[0], "sign-on")).json()
    left = await desk.act(WANG, duty, "notes", {"text": NOTE})
    assert (left.status_code, left.json()["notes"], NOTE in left.text) == (201, 1, False)
    clock.now = beijing("2026-03-02T18:00")
    off = await desk.act(WANG, left.json(), "sign-off", {"note": "另有两封来信待转办。"})
    assert (off.json()["state_label"], off.json()["notes"]) == ("已签退", 2)
    read = await desk.done(LI, "GET", f"{DESK}/notes")
    assert [note["text"] for note in read["items"]] == ["另有两封来信待转办。", NOTE]
    assert {(note["author"], note["on"]) for note in read["items"]} == {("王芳", "2026-03-02")}
    page = await desk.done(LEADER, "GET", f"{DESK}/notes", params={"first": 1})
    rest = {"first": 1, "after": page["next"]}
    assert (await desk.done(LEADER, "GET", f"{DESK}/notes", params=rest))["items"] == [
        read["items"][1]
    ]
    async with sessions() as session:
        for note in await session.scalars(select(SealedNote)):
            assert "来".encode() not in note.sealed
    told = await desk.announced()
    assert "13855201234" not in str(told)
    read_events = [each for each in told if each["type"] == "handover.read"]
    assert [len(each["notes"]) for each in read_events] == [2, 1, 1]


async def test_notes_are_not_for_those_who_only_administer_or_dispatch(
    desk: Desk, clock: Clock
) -> None:
    await on_duty_today(desk, clock)
    refused = await desk.send(ADMIN, "GET", f"{DESK}/notes")
    assert refused.status_code == 403
    assert await desk.announced("handover.read") == []


async def test_a_day_keeps_all_that_happened_to_it(desk: Desk, clock: Clock) -> None:
    await on_duty_today(desk, clock)
    duty = (await desk.act(WANG, (await desk.of(WANG))[0], "sign-on")).json()
    await desk.act(WANG, duty, "sign-off", {})
    opened = await desk.done(LI, "GET", f"/v1/duties/{duty['id']}")
    assert [(each["kind_label"], each["after"]) for each in opened["changes"]] == [
        ("发布排班", "王芳"),
        ("签到", "王芳"),
        ("签退", "王芳"),
    ]
    assert opened["changes"][1]["by"] == WANG.id


async def test_who_is_on_duty_follows_hours_sign_on_and_sign_off(
    desk: Desk, clock: Clock, sessions: Sessions
) -> None:
    async def there() -> str | None:
        async with sessions() as session:
            found = await presence.on_duty(session, OFFICE, clock.now)
        return found and found.name

    await on_duty_today(desk, clock)
    assert await there() is None  # 07:00
    clock.now = beijing("2026-03-02T08:00")
    assert await there() == "王芳"
    clock.now = beijing("2026-03-02T12:30")
    assert await there() is None
    duty = (await desk.act(WANG, (await desk.of(WANG))[0], "sign-on")).json()
    assert await there() == "王芳"
    clock.now = beijing("2026-03-02T17:00")
    await desk.act(WANG, duty, "sign-off", {})
    assert await there() is None
    clock.now = beijing("2026-03-07T09:00")  # a Saturday
    assert await there() is None
    async with sessions() as session:
        assert await presence.on_duty(session, ROADS, clock.now) is None
        leaders = await presence.leaders(session, OFFICE, clock.now)
        assert [(str(leader.person_id), leader.name) for leader in leaders] == [
            (person_id(LEADER), "陈主任")
        ]
        assert await presence.leaders(session, ROADS, clock.now) == []


async def test_who_is_on_duty_is_shown_with_the_day_and_its_leaders(
    desk: Desk, clock: Clock
) -> None:
    await on_duty_today(desk, clock)
    clock.now = beijing("2026-03-02T09:00")
    now = await desk.done(ZHAO, "GET", f"{DESK}/now")
    assert (now["on_duty"]["name"], now["duty"]["name"]) == ("王芳", "王芳")
    assert [leader["name"] for leader in now["leaders"]] == ["陈主任"]
    assert (now["working_day"], now["day_label"], now["provisional"]) == (True, "工作日", False)
    clock.now = beijing("2026-02-17T09:00")  # the lunar new year
    off = await desk.done(ZHAO, "GET", f"{DESK}/now")
    assert (off["on_duty"], off["duty"], off["day_label"]) == (None, None, "法定节假日")
    clock.now = beijing("2027-01-05T09:00")
    assert (await desk.done(ZHAO, "GET", f"{DESK}/now"))["provisional"] is True


async def test_a_leader_who_is_away_is_not_told_unless_all_are(desk: Desk) -> None:
    async def leaders() -> list[str]:
        now = await desk.done(ADMIN, "GET", f"{DESK}/now")
        return [leader["name"] for leader in now["leaders"]]

    deputy = someone(3)
    await desk.enrol(deputy, "周副主任", serves=False, leads=True)
    assert await leaders() == ["陈主任", "周副主任"]
    await desk.absent(LEADER, LEADER, "2026-03-02", "2026-03-03")
    assert await leaders() == ["周副主任"]
    await desk.absent(deputy, deputy, "2026-03-01", "2026-03-02")
    assert await leaders() == ["陈主任", "周副主任"]
