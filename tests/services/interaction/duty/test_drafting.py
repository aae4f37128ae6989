from datetime import date

from shared.contracts.registry import WorkdaysNoticed
from shared.uow import BeginAs
from tests.services.interaction.conftest import Clock, hear
from tests.services.interaction.duty.conftest import (
    ADMIN,
    DESK,
    LEADER,
    LI,
    MARCH,
    WANG,
    ZHAO,
    Desk,
)


async def test_a_draft_gives_everybody_the_same_number_of_working_days(desk: Desk) -> None:
    drafted = await desk.draft()
    assert [day["on"] for day in drafted["days"]][:6] == [
        *("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09"),
    ]
    assert sorted(share["days"] for share in drafted["shares"]) == [3, 3, 4]
    assert {share["name"] for share in drafted["shares"]} == {"王芳", "李强", "赵敏"}
    assert (drafted["state_label"], drafted["gaps"]) == ("草案", [])
    (told,) = await desk.announced("duty_roster.drafted")
    assert (told["since"], told["gaps"]) == ("2026-03-02", [])


async def test_a_draft_puts_nobody_on_duty_and_is_shown_to_no_member(desk: Desk) -> None:
    drafted = await desk.draft()
    assert await desk.duties() == []
    assert (await desk.send(WANG, "GET", f"/v1/duty-rosters/{drafted['id']}")).status_code == 404
    assert (await desk.done(WANG, "GET", f"{DESK}/rosters"))["items"] == []
    assert len((await desk.done(LEADER, "GET", f"{DESK}/rosters"))["items"]) == 1
    assert (await desk.done(LEADER, "GET", f"/v1/duty-rosters/{drafted['id']}")) == drafted


async def test_a_published_roster_is_everybodys_there(desk: Desk) -> None:
    published = await desk.publish()
    assert published["published_by"] == LEADER.id
    assert (await desk.done(WANG, "GET", f"{DESK}/rosters"))["items"] == [published]
    duties = await desk.duties()
    assert [(duty["on"], duty["member_id"]) for duty in duties] == [
        (day["on"], day["member_id"]) for day in published["days"]
    ]
    assert {duty["state_label"] for duty in duties} == {"待值班"}
    assert duties[0]["sign_on_by"] == "2026-03-02T01:10:00Z"  # published at nine that day
    assert duties[1]["sign_on_by"] == "2026-03-03T00:10:00Z"  # 08:10 in Bengbu
    assert len(await desk.of(WANG)) + len(await desk.of(LI)) + len(await desk.of(ZHAO)) == 10
    (told,) = await desk.announced("duty_roster.published")
    assert (told["gaps"], told["provisional"]) == ([], False)


async def test_the_next_draft_goes_on_where_the_last_one_ended(desk: Desk) -> None:
    first = {share["name"]: share["days"] for share in (await desk.publish())["shares"]}
    second = await desk.draft(since="2026-03-14", until="2026-03-20")
    assert len(second["days"]) == 5
    both = [first[share["name"]] + share["days"] for share in second["shares"]]
    assert sorted(both) == [5, 5, 5]


async def test_makeup_saturdays_are_days_of_duty_and_the_new_year_is_not(
    desk: Desk, clock: Clock
) -> None:
    clock.pass_by(days=-30)  # 2026-01-31
    drafted = await desk.draft(since="2026-02-12", until="2026-03-02")
    assert [day["on"] for day in drafted["days"]] == [
        *("2026-02-12", "2026-02-13", "2026-02-14"),  # a Saturday that is worked
        *("2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28", "2026-03-02"),
    ]


async def test_a_day_nobody_can_take_is_a_named_gap(desk: Desk) -> None:
    for actor in (WANG, LI, ZHAO):
        answer = await desk.absent(actor, LEADER, "2026-03-04", "2026-03-05")
        assert answer.status_code == 201, answer.text
    published = await desk.publish()
    assert published["gaps"] == ["2026-03-04", "2026-03-05"]
    assert (await desk.duty("2026-03-04"))["state_label"] == "无人值班"
    (told,) = await desk.announced("duty_roster.published")
    assert told["gaps"] == ["2026-03-04", "2026-03-05"]


async def test_nobody_is_drafted_on_a_day_they_are_away(desk: Desk) -> None:
    await desk.absent(WANG, WANG, "2026-03-02", "2026-03-06")
    drafted = await desk.draft()
    wang = (await desk.member(WANG))["id"]
    away = [day["on"] for day in drafted["days"] if day["member_id"] == wang]
    assert away
    assert min(away) > "2026-03-06"


async def test_a_draft_is_put_right_by_hand(desk: Desk) -> None:
    drafted = await desk.draft()
    li = (await desk.member(LI))["id"]
    path = f"/v1/duty-rosters/{drafted['id']}/days/2026-03-02"
    changed = await desk.done(LEADER, "PUT", path, {"member_id": li}, version=drafted["version"])
    assert (changed["days"][0]["name"], changed["version"]) == ("李强", 2)
    stale = await desk.send(LEADER, "PUT", path, {"member_id": None}, version=1)
    assert stale.status_code == 412
    opened = await desk.done(LEADER, "PUT", path, {"member_id": None}, version=2)
    assert opened["gaps"] == ["2026-03-02"]
    other = f"/v1/duty-rosters/{drafted['id']}/days/2026-03-07"
    assert (await desk.send(LEADER, "PUT", other, {"member_id": li}, version=3)).status_code == 404


async def test_a_draft_gives_no_day_to_who_cannot_take_it(desk: Desk) -> None:
    await desk.absent(LI, LI, "2026-03-02", "2026-03-02")
    drafted = await desk.draft()
    path = f"/v1/duty-rosters/{drafted['id']}/days/2026-03-02"
    for actor in (LI, LEADER):  # away; takes no days
        choice = {"member_id": (await desk.member(actor))["id"]}
        refused = await desk.send(LEADER, "PUT", path, choice, version=drafted["version"])
        assert refused.json()["faults"][0]["code"] == "cannot_take"


async def test_a_draft_that_no_longer_fits_is_not_published_and_every_day_is_named(
    desk: Desk, begin: BeginAs
) -> None:
    drafted = await desk.draft(since="2026-12-28", until="2027-01-08")
    assert drafted["provisional"] is True
    assert [day["provisional"] for day in drafted["days"]] == [False] * 4 + [True] * 6
    first = drafted["days"][0]
    by_id = {(await desk.member(actor))["id"]: actor for actor in (WANG, LI, ZHAO)}
    await desk.absent(by_id[first["member_id"]], LEADER, first["on"], first["on"])
    await hear(begin, NEW_YEAR)
    path = f"/v1/duty-rosters/{drafted['id']}/publication"
    refused = await desk.send(LEADER, "POST", path, version=drafted["version"])
    assert refused.status_code == 409
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]] == [
        ("/days/2027-01-03", "now_worked"),
        ("/days/2026-12-28", "cannot_take"),
        ("/days/2027-01-01", "now_off"),
    ]
    assert await desk.announced("duty_roster.published") == []


async def test_what_was_drafted_for_a_day_that_is_past_is_not_published(
    desk: Desk, clock: Clock
) -> None:
    drafted = await desk.draft()
    clock.pass_by(days=1)
    path = f"/v1/duty-rosters/{drafted['id']}/publication"
    refused = await desk.send(LEADER, "POST", path, version=drafted["version"])
    assert [fault["code"] for fault in refused.json()["faults"]] == ["past"]


async def test_a_desk_has_one_draft_until_it_is_published_or_discarded(desk: Desk) -> None:
    drafted = await desk.draft()
    second = await desk.send(LEADER, "POST", f"{DESK}/rosters", MARCH)
    assert (second.status_code, second.json()["roster_id"]) == (409, drafted["id"])
    path = f"/v1/duty-rosters/{drafted['id']}/discard"
    gone = await desk.done(LEADER, "POST", path, version=drafted["version"])
    assert gone["state_label"] == "已作废"
    again = await desk.send(LEADER, "POST", path, version=gone["version"])
    assert again.json()["type"] == "/problems/not-a-draft"
    assert (await desk.draft())["days"] == drafted["days"]


async def test_published_days_are_not_drafted_again(desk: Desk) -> None:
    await desk.publish()
    longer = await desk.draft(since="2026-03-10", until="2026-03-17")
    assert [day["on"] for day in longer["days"]] == ["2026-03-16", "2026-03-17"]
    nothing = await desk.send(ADMIN, "POST", f"{DESK}/rosters", MARCH)
    assert nothing.status_code == 409  # the draft stands


async def test_a_period_is_refused_with_every_fault(desk: Desk) -> None:
    for period, codes in (
        ({"since": "2026-03-01", "until": "2026-02-01"}, ["past", "before_since"]),
        ({"since": "2026-03-02", "until": "2026-09-02"}, ["too_long"]),
        ({"since": "2026-03-07", "until": "2026-03-08"}, ["nothing_open"]),  # a weekend
        ({"since": "9999-12-30", "until": "9999-12-31"}, ["too_far"]),
        ({"since": "2027-03-04", "until": "2027-03-05"}, ["too_far"]),
    ):
        refused = await desk.send(LEADER, "POST", f"{DESK}/rosters", period)
        assert [fault["code"] for fault in refused.json()["faults"]] == codes


async def test_without_anybody_who_serves_nothing_is_drafted(empty_desk: Desk) -> None:
    await empty_desk.enrol(LEADER, "陈主任", serves=False, leads=True)
    refused = await empty_desk.send(LEADER, "POST", f"{DESK}/rosters", MARCH)
    assert refused.json()["type"] == "/problems/nobody-serves"


async def test_a_leader_who_left_is_nobody_who_could_have_taken_a_day(
    desk: Desk, clock: Clock
) -> None:
    await desk.publish(since="2026-03-02", until="2026-03-05")
    await desk.leave(LEADER)
    clock.pass_by(days=4)  # 2026-03-06
    await desk.enrol(ADMIN, "新人")
    period = {"since": "2026-03-06", "until": "2026-03-20"}
    drafted = await desk.done(ADMIN, "POST", f"{DESK}/rosters", period)
    # Li and Zhao had a third of a day less than their part, the newcomer neither more nor less.
    assert [day["name"] for day in drafted["days"]][:3] == ["李强", "赵敏", "新人"]


async def test_who_joins_late_makes_up_for_nothing(desk: Desk, clock: Clock) -> None:
    await desk.publish()
    clock.pass_by(days=11)  # 2026-03-13
    newcomer = await desk.enrol(ADMIN, "新人")
    second = await desk.draft(since="2026-03-14", until="2026-03-25")
    shares = {share["member_id"]: share["days"] for share in second["shares"]}
    assert len(second["days"]) == 8
    assert shares[newcomer["id"]] == 2


NEW_YEAR = WorkdaysNoticed(
    year=2027,
    title="国务院办公厅关于2027年部分节假日安排的通知",
    number="国办发明电〔2026〕9号",
    issued_on=date(2026, 11, 4),
    off=(date(2027, 1, 1),),
    makeup=(date(2027, 1, 3),),
)
