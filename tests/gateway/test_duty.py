from typing import Any
from uuid import UUID

import pytest_asyncio

from services.interaction.group.models import Organization
from shared.auth import Permission
from shared.db import open_sessions
from tests.gateway.conftest import Ask, outcome
from tests.support.people import CITY, person

OFFICE = f"{CITY}.office"
ADMIN = person(Permission.ADMINISTER, at=OFFICE, name=str(UUID(int=1)))
WANG = person(Permission.DISPATCH, at=OFFICE, name=str(UUID(int=2)))
LI = person(Permission.DISPATCH, at=OFFICE, name=str(UUID(int=3)))
STRANGER = person(*Permission, at=f"{CITY}.340321", name=str(UUID(int=9)))

ENROL = """mutation($in: NewDutyMemberInput!) { enrolDutyMember(organization: "office", input: $in)
  { __typename ... on DutyMember { id name version } ... on Problem { type status } } }"""
DRAFT = """mutation { draftDutyRoster(organization: "office",
    input: { since: "2026-03-02", until: "2026-03-05" })
  { __typename ... on DutyRoster { id version days { on name memberId } gaps shares { days } }
    ... on Problem { type status } } }"""
GIVE = """mutation($id: UUID!, $in: RosterChoiceInput!) { giveRosterDay(rosterId: $id,
    on: "2026-03-05", version: 1, input: $in)
  { __typename ... on DutyRoster { version gaps } ... on Problem { type faults { code } } } }"""
PUBLISH = """mutation($id: UUID!) { publishDutyRoster(id: $id, version: 2)
  { __typename ... on DutyRoster { stateLabel } ... on Problem { type } } }"""
DUTIES = """{ duties(organization: "office", until: "2026-03-31") { nodes
  { id on name stateLabel version memberId } pageInfo { hasNextPage } } }"""
NOW = """{ dutyNow(organization: "office") { dayLabel leaders { name }
  duty { name } onDuty { name } } }"""


@pytest_asyncio.fixture
async def roster(stage: dict[str, Any], ask: Ask) -> list[dict[str, Any]]:
    """A published roster of the city's office, made through the gateway; its days."""
    unit = Organization(id=UUID(int=8), code="office", name="市政府办公室", path=OFFICE)
    unit.governs = False
    async with open_sessions(stage["engines"]["interaction"]).begin() as session:
        session.add(unit)
    for actor, name, leads in ((WANG, "王芳", False), (LI, "李强", True)):
        new = {"personId": actor.id.removeprefix("person:"), "name": name, "leads": leads}
        enrolled = await outcome(ask, ENROL, ADMIN, **{"in": new})
        assert enrolled["__typename"] == "DutyMember", enrolled
    drafted = await outcome(ask, DRAFT, ADMIN)
    assert [share["days"] for share in drafted["shares"]] == [2, 2]
    opened = await outcome(ask, GIVE, ADMIN, id=drafted["id"], **{"in": {"memberId": None}})
    assert opened == {"__typename": "DutyRoster", "version": 2, "gaps": ["2026-03-05"]}
    published = await outcome(ask, PUBLISH, ADMIN, id=drafted["id"])
    assert published["stateLabel"] == "已发布"
    duties = (await outcome(ask, DUTIES, WANG))["nodes"]
    assert [duty["name"] for duty in duties] == ["王芳", "李强", "王芳", None]
    found: list[dict[str, Any]] = duties
    return found


async def test_who_is_on_duty_is_asked_through_the_gateway(
    ask: Ask, roster: list[dict[str, Any]]
) -> None:
    assert len(roster) == 4
    assert await outcome(ask, NOW, WANG) == {
        "dayLabel": "工作日",
        "leaders": [{"name": "李强"}],
        "duty": {"name": "王芳"},
        "onDuty": {"name": "王芳"},
    }
    assert await outcome(ask, NOW, STRANGER) is None
    assert "errors" in await ask(NOW)


async def test_a_day_is_signed_on_to_noted_and_signed_off(
    ask: Ask, roster: list[dict[str, Any]]
) -> None:
    act = """mutation($id: UUID!) { %s ... on Duty { version stateLabel late notes }
      ... on Problem { type status } } }"""
    today = {"id": roster[0]["id"]}
    for what, version, label, notes in (
        ("signOn(dutyId: $id, version: 1) {", 2, "值班中", 0),
        ('leaveHandoverNote(dutyId: $id, version: 2, input: {text: "转告"}) {', 3, "值班中", 1),
        ('signOff(dutyId: $id, version: 3, input: {note: "完"}) {', 4, "已签退", 2),
    ):
        done = await outcome(ask, act % what, WANG, **today)
        assert (done["version"], done["stateLabel"], done["notes"]) == (version, label, notes)
    refused = await outcome(ask, act % "signOn(dutyId: $id, version: 4) {", LI, **today)
    assert (refused["type"], refused["status"]) == ("/problems/not-yours", 403)
    notes = """{ handoverNotes(organization: "office") { nodes { text author on } } }"""
    read = await outcome(ask, notes, LI)
    assert [note["text"] for note in read["nodes"]] == ["完", "转告"]
    assert "errors" in await ask(notes, ADMIN)
    opened = """query($id: UUID!) { duty(id: $id) { changes { kindLabel after reason } } }"""
    changes = (await outcome(ask, opened, LI, **today))["changes"]
    assert [change["kindLabel"] for change in changes] == ["发布排班", "签到", "签退"]


async def test_a_day_is_swapped_and_a_vacant_one_covered(
    ask: Ask, roster: list[dict[str, Any]]
) -> None:
    ask_for = """mutation($id: UUID!, $in: SwapWishInput!) { askForSwap(dutyId: $id, version: 1,
      input: $in) { ... on DutySwap { id askedOf returnOn } ... on Problem { type } } }"""
    wish = {"memberId": roster[1]["memberId"], "returnDutyId": roster[1]["id"]}
    swap = await outcome(ask, ask_for, WANG, id=roster[2]["id"], **{"in": wish})
    assert (swap["askedOf"], swap["returnOn"]) == ("李强", "2026-03-03")
    for act, actor in (("withdrawSwap", LI), ("refuseSwap", WANG)):
        settle = f"mutation($id: UUID!) {{ {act}(id: $id, version: 1) "
        refused = await outcome(
            ask, settle + "{ ... on Problem { type } } }", actor, id=swap["id"]
        )
        assert refused["type"] == "/problems/not-your-swap"
    accept = """mutation($id: UUID!) { acceptSwap(id: $id, version: 1)
      { ... on DutySwap { stateLabel } ... on Problem { type } } }"""
    assert await outcome(ask, accept, LI, id=swap["id"]) == {"stateLabel": "已同意"}
    swaps = """{ dutySwaps(organization: "office", state: ACCEPTED) { nodes { id } } }"""
    assert (await outcome(ask, swaps, WANG))["nodes"] == [{"id": swap["id"]}]
    cover = """mutation($id: UUID!, $in: DutyCoverInput!) { coverDuty(id: $id, version: 1,
      input: $in) { ... on Duty { name } ... on Problem { type } } }"""
    by = {"memberId": roster[0]["memberId"], "reason": "补班"}
    done = await outcome(ask, cover, WANG, id=roster[3]["id"], **{"in": by})
    assert done == {"name": "王芳"}
    mine = "{ myDuties { nodes { on } } }"
    assert [node["on"] for node in (await outcome(ask, mine, WANG))["nodes"]] == [
        *("2026-03-02", "2026-03-03", "2026-03-05"),
    ]


async def test_registers_and_absences_are_kept_through_the_gateway(
    ask: Ask, roster: list[dict[str, Any]]
) -> None:
    away = """mutation($id: UUID!) { recordDutyAbsence(memberId: $id,
      input: { since: "2026-03-03", until: "2026-03-03" })
      { ... on DutyAbsence { id name version } ... on Problem { type status } } }"""
    li = {"id": roster[1]["memberId"]}
    assert (await outcome(ask, away, WANG, **li))["status"] == 403
    absence = await outcome(ask, away, ADMIN, **li)
    assert absence["name"] == "李强"
    absences = """{ dutyAbsences(organization: "office") { nodes { since withdrawnAt } } }"""
    assert len((await outcome(ask, absences, LI))["nodes"]) == 1
    assert (await outcome(ask, absences, WANG))["nodes"] == []
    back = """mutation($id: UUID!) { withdrawDutyAbsence(id: $id, version: 1)
      { ... on DutyAbsence { withdrawnAt } ... on Problem { type } } }"""
    assert (await outcome(ask, back, LI, id=absence["id"]))["withdrawnAt"]
    change = """mutation($id: UUID!) { changeDutyMember(id: $id, version: 1, input:
      { name: "李强强", serves: false, leads: true })
      { ... on DutyMember { version serves } ... on Problem { type } } }"""
    assert await outcome(ask, change, ADMIN, **li) == {"version": 2, "serves": False}
    leave = """mutation($id: UUID!) { leaveDuty(id: $id, version: 2)
      { ... on DutyMember { leftOn } ... on Problem { type } } }"""
    assert (await outcome(ask, leave, ADMIN, **li))["leftOn"] == "2026-03-02"
    members = """{ dutyMembers(organization: "office") { nodes { name leftOn } } }"""
    assert [node["name"] for node in (await outcome(ask, members, WANG))["nodes"]] == [
        *("王芳", "李强强"),
    ]
    desks = "{ dutyDesks { nodes { code looksOn } } }"
    assert (await outcome(ask, desks, WANG))["nodes"] == [
        {"code": "office", "looksOn": "2026-03-02"}
    ]


async def test_drafts_are_for_those_who_keep_the_desk(
    ask: Ask, roster: list[dict[str, Any]]
) -> None:
    later = DRAFT.replace("2026-03-02", "2026-03-06").replace("2026-03-05", "2026-03-06")
    drafted = await outcome(ask, later, LI)
    one = """query($id: UUID!) { dutyRoster(id: $id) { stateLabel } }"""
    assert await outcome(ask, one, LI, id=drafted["id"]) == {"stateLabel": "草案"}
    assert await outcome(ask, one, WANG, id=drafted["id"]) is None
    rosters = """{ dutyRosters(organization: "office") { nodes { stateLabel } } }"""
    assert len((await outcome(ask, rosters, ADMIN))["nodes"]) == 2
    assert len((await outcome(ask, rosters, WANG))["nodes"]) == 1
    discard = """mutation($id: UUID!) { discardDutyRoster(id: $id, version: 1)
      { ... on DutyRoster { stateLabel } ... on Problem { type } } }"""
    assert (await outcome(ask, discard, WANG, id=drafted["id"])) == {"type": "/problems/not-found"}
    assert await outcome(ask, discard, LI, id=drafted["id"]) == {"stateLabel": "已作废"}
    assert roster
