from uuid import UUID, uuid4

from shared.contracts.registry import OrganizationChanged
from shared.contracts.staff import PersonDeactivated, PostVacated
from shared.uow import BeginAs
from tests.services.interaction.conftest import CITY, OFFICE, ROADS, Clock, hear, organization
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
from tests.support import people

STRANGER = someone(99)


async def test_an_administrator_opens_a_desk_with_its_first_member(empty_desk: Desk) -> None:
    assert (await empty_desk.done(ADMIN, "GET", "/v1/duty-desks"))["items"] == []
    member = await empty_desk.enrol(WANG, "王芳")
    assert (member["organization"], member["since"], member["leads"]) == (
        *(OFFICE, "2026-03-02", False),
    )
    (listed,) = (await empty_desk.done(ADMIN, "GET", "/v1/duty-desks"))["items"]
    assert (listed["name"], listed["code"], listed["looks_on"]) == ("市政府办公室", "office", None)
    (told,) = await empty_desk.announced()
    assert told == {
        "type": "duty_member.enrolled",
        "member_id": member["id"],
        "person_id": person_id(WANG),
        "organization": OFFICE,
        "serves": True,
        "leads": False,
    }


async def test_nobody_else_opens_one(empty_desk: Desk) -> None:
    new = {"person_id": person_id(WANG), "name": "王芳"}
    assert (await empty_desk.send(WANG, "POST", f"{DESK}/members", new)).status_code == 404
    unknown = await empty_desk.send(ADMIN, "POST", "/v1/duty-desks/nobody/members", new)
    assert unknown.status_code == 404
    elsewhere = await empty_desk.send(ADMIN, "POST", "/v1/duty-desks/roads/members", new)
    assert elsewhere.status_code == 404
    assert await empty_desk.announced() == []


async def test_a_person_is_on_a_register_once(desk: Desk) -> None:
    new = {"person_id": person_id(WANG), "name": "王芳"}
    again = await desk.send(ADMIN, "POST", f"{DESK}/members", new)
    assert again.json()["type"] == "/problems/already-enrolled"
    await desk.leave(WANG)
    assert (await desk.enrol(WANG, "王芳"))["left_on"] is None


async def test_a_member_does_something_or_is_none(desk: Desk) -> None:
    new = {"person_id": str(uuid4()), "name": "孙凯", "serves": False}
    refused = await desk.send(ADMIN, "POST", f"{DESK}/members", new)
    assert refused.json()["faults"][0]["code"] == "does_nothing"


async def test_leaders_keep_the_register_but_name_no_leaders(desk: Desk) -> None:
    new = {"person_id": str(uuid4()), "name": "孙凯"}
    assert (await desk.send(LEADER, "POST", f"{DESK}/members", new)).status_code == 201
    refused = await desk.send(LEADER, "POST", f"{DESK}/members", {**new, "leads": True})
    assert refused.status_code == 403
    wang = await desk.member(WANG)
    path = f"/v1/duty-members/{wang['id']}"
    terms = {"name": "王芳芳", "leads": True}
    assert (await desk.send(LEADER, "PUT", path, terms, version=1)).status_code == 403
    renamed = await desk.done(LEADER, "PUT", path, {"name": "王芳芳"}, version=1)
    assert (renamed["name"], renamed["version"]) == ("王芳芳", 2)
    assert (await desk.done(ADMIN, "PUT", path, terms, version=2))["leads"] is True
    assert (await desk.send(WANG, "PUT", path, terms, version=2)).status_code == 412


async def test_whoever_bears_the_days_does_not_share_them_out(desk: Desk) -> None:
    drafted = await desk.draft()
    wang = await desk.member(WANG)
    for method, path, body, version in (
        ("POST", f"{DESK}/members", {"person_id": str(uuid4()), "name": "孙凯"}, None),
        ("POST", f"{DESK}/rosters", {"since": "2026-03-16", "until": "2026-03-20"}, None),
        ("PUT", f"/v1/duty-members/{wang['id']}", {"name": "王"}, 1),
        ("POST", f"/v1/duty-members/{wang['id']}/leaving", None, 1),
    ):
        more = {} if version is None else {"version": version}
        assert (await desk.send(WANG, method, path, body, **more)).status_code == 403, path
    for act in ("publication", "discard"):
        path = f"/v1/duty-rosters/{drafted['id']}/{act}"
        assert (await desk.send(WANG, "POST", path, version=1)).status_code == 404
    assert drafted["id"] not in str(await desk.announced("duty_roster.published"))


async def test_the_days_of_who_leaves_fall_vacant_and_are_told(desk: Desk, clock: Clock) -> None:
    await desk.publish()
    before = await desk.of(WANG)
    clock.pass_by(days=1)
    left = await desk.leave(WANG, LEADER)
    assert left["left_on"] == "2026-03-03"
    ahead = [duty["on"] for duty in before if duty["on"] >= "2026-03-03"]
    told = await desk.announced("duty.vacated")
    assert [each["on"] for each in told] == ahead
    assert {(each["before"], each["because"]) for each in told} == {(person_id(WANG), "left")}
    assert [duty["on"] for duty in await desk.of(WANG)] == ["2026-03-02"]
    assert (
        await desk.send(LEADER, "POST", f"/v1/duty-members/{left['id']}/leaving", version=2)
    ).status_code == 404


async def test_who_left_sees_the_desk_no_more_unless_their_post_shows_it(desk: Desk) -> None:
    plain = await desk.enrol(STRANGER, "孙凯")
    assert (await desk.send(STRANGER, "GET", f"{DESK}/now")).status_code == 200
    await desk.leave(STRANGER)
    assert (await desk.send(STRANGER, "GET", f"{DESK}/now")).status_code == 404
    assert plain["id"]


async def test_an_absence_on_a_keepers_word_vacates_the_days_in_it(desk: Desk) -> None:
    await desk.publish()
    mine = [duty["on"] for duty in await desk.of(LI)]
    refused = await desk.absent(LI, LI, mine[0], mine[1])
    assert (refused.status_code, refused.json()["days"]) == (409, mine[:2])
    assert refused.json()["type"] == "/problems/on-duty-then"
    assert (await desk.absent(LI, WANG, mine[0], mine[1])).status_code == 403
    done = await desk.absent(LI, LEADER, mine[0], mine[1])
    assert done.json()["name"] == "李强"
    told = await desk.announced("duty_absence.recorded", "duty.vacated")
    assert [each["type"] for each in told] == [
        "duty_absence.recorded",
        "duty.vacated",
        "duty.vacated",
    ]
    assert [duty["on"] for duty in await desk.of(LI)] == mine[2:]


async def test_who_has_signed_on_keeps_the_day_although_they_go(desk: Desk) -> None:
    await desk.publish()
    today = (await desk.act(WANG, (await desk.of(WANG))[0], "sign-on")).json()
    assert (await desk.absent(WANG, LEADER, today["on"], today["on"])).status_code == 201
    assert (await desk.duty(today["on"])) == today
    await desk.leave(WANG)
    assert (await desk.duty(today["on"])) == today


async def test_an_absence_is_withdrawn_once_and_gives_no_day_back(desk: Desk) -> None:
    await desk.publish()
    mine = [duty["on"] for duty in await desk.of(LI)]
    absence = (await desk.absent(LI, LEADER, mine[0], mine[0])).json()
    path = f"/v1/duty-absences/{absence['id']}/withdrawal"
    assert (await desk.send(WANG, "POST", path, version=1)).status_code == 403
    assert (await desk.done(LI, "POST", path, version=1))["withdrawn_at"]
    assert (await desk.send(LI, "POST", path, version=2)).status_code == 409
    assert [duty["on"] for duty in await desk.of(LI)] == mine[1:]
    own = {"member_id": (await desk.member(LI))["id"]}
    again = await desk.act(LI, await desk.duty(mine[0]), "cover", own)
    assert again.json()["name"] == "李强"


async def test_absences_are_for_the_keepers_and_for_oneself(desk: Desk) -> None:
    await desk.absent(LI, LI, "2026-03-03", "2026-03-04")
    await desk.absent(WANG, LEADER, "2026-03-05", "2026-03-05")
    for actor, seen in ((LEADER, 2), (ADMIN, 2), (LI, 1), (WANG, 1), (ZHAO, 0)):
        assert len((await desk.done(actor, "GET", f"{DESK}/absences"))["items"]) == seen


async def test_an_absence_of_no_days_or_of_another_age_is_refused_with_every_fault(
    desk: Desk,
) -> None:
    for since, until, codes in (
        ("2026-03-04", "2026-03-03", ["out_of_range"]),
        ("2026-03-04", "2027-03-06", ["out_of_range"]),
        ("0001-01-01", "9999-12-31", ["too_far", "out_of_range"]),
        ("0001-01-01", "0001-01-01", ["too_far"]),  # which the database calls infinity
        ("9999-12-31", "9999-12-31", ["too_far"]),
    ):
        refused = await desk.absent(LI, LI, since, until)
        assert [fault["code"] for fault in refused.json()["faults"]] == codes, since
    assert await desk.announced("duty_absence.recorded") == []


async def test_who_is_barred_leaves_every_register(desk: Desk, begin: BeginAs) -> None:
    await desk.publish()
    await hear(begin, PersonDeactivated(person_id=UUID(person_id(ZHAO)), organization=OFFICE))
    assert await desk.of(ZHAO) == []
    assert len(await desk.announced("duty.vacated")) == 3
    (told,) = await desk.announced("duty_member.left")
    assert told["person_id"] == person_id(ZHAO)


async def test_who_leaves_a_clerks_post_takes_no_days_there_and_elsewhere_still(
    desk: Desk, begin: BeginAs
) -> None:
    def vacated(actor: str, kind: str, at: str) -> PostVacated:
        return PostVacated(post_id=uuid4(), person_id=UUID(actor), kind=kind, organization=at)

    terms = {"name": "王芳", "leads": True}
    wang = await desk.member(WANG)
    await desk.done(ADMIN, "PUT", f"/v1/duty-members/{wang['id']}", terms, version=1)
    before = await desk.announced()
    await hear(begin, vacated(person_id(WANG), "clerk", ROADS))
    await hear(begin, vacated(person_id(WANG), "handler", OFFICE))
    assert await desk.announced() == before
    await hear(begin, vacated(person_id(WANG), "clerk", OFFICE))
    member = await desk.member(WANG)
    assert (member["serves"], member["leads"]) == (False, True)
    await hear(begin, vacated(person_id(WANG), "leader", OFFICE))
    assert (await desk.announced())[-1]["type"] == "duty_member.left"


async def test_a_desk_follows_what_its_organization_is_called(desk: Desk, begin: BeginAs) -> None:
    told = organization(f"{CITY}.bureau")
    await hear(begin, told)
    administrator = people.person(*ADMIN.grants, at=CITY, name="city")
    new = {"person_id": person_id(WANG), "name": "王芳"}
    await desk.done(administrator, "POST", "/v1/duty-desks/bureau/members", new)
    moved = {**told.model_dump(), "name": "市数据资源局", "supervised_by": None}
    await hear(begin, OrganizationChanged(**{**moved, "path": f"{OFFICE}.bureau"}))
    listed = (await desk.done(administrator, "GET", "/v1/duty-desks"))["items"]
    assert ("市数据资源局", f"{OFFICE}.bureau") in [
        (each["name"], each["organization"]) for each in listed
    ]
