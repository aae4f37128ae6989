from typing import Any

from shared.auth import Permission
from shared.contracts.registry import OrganizationKind
from shared.db import open_sessions
from shared.uow import beginner
from tests.gateway.conftest import Ask, outcome
from tests.services.interaction.conftest import (
    CITY,
    CLERK,
    COUNTY,
    DISPATCHER,
    LETTER,
    OFFICE,
    ROADS,
    SITE,
    hear,
    organization,
    site,
)
from tests.support.people import NOW, person

WHY = "... on Problem { type status faults { pointer code } }"
SHOWN = f"... on Letter {{ number state stateLabel organizationName leadId version }} {WHY}"
ON = "$id: UUID!, $version: Int!"
AT = "id: $id, version: $version"
LISTED = """query($filter: LetterFilterInput) { listedLetters(filter: $filter) {
  nodes { id number title state urgencyLabel version } } }"""
COUNTS = "{ letterCounts { states { state letters } overdue atMost } }"
REASONS = "{ refusalReasons { code label advice document clause } }"
MOVES = """query($id: UUID!) { letterMoves(letterId: $id) {
  nodes { kind part senderName receiverName reason } } }"""
HELP = """query($id: UUID!) { coHandlings(letterId: $id) {
  nodes { id organizationName question opinion version } } }"""
ASKED = f"... on CoHandling {{ id organizationName givenBy withdrawnAt version }} {WHY}"
ASK = f"""mutation({ON}, $input: CoHandlingInput!) {{
  askForCoHandling(letterId: $id, version: $version, input: $input) {{ {ASKED} }} }}"""
SAY = f"""mutation({ON}, $input: CoHandlingOpinionInput!) {{
  giveCoHandlingOpinion({AT}, input: $input) {{ {ASKED} }} }}"""
RELEASE = f"mutation({ON}) {{ withdrawCoHandling({AT}) {{ {ASKED} }} }}"
COUNTY_CLERK = person(Permission.ANSWER, at=COUNTY, name="county-clerk")
REASON = {"reason": "县管道路", "publicReason": "路段由县里负责"}
QUESTION = {"organization": "340321", "dueOn": "2026-03-10", "question": "是否县管道路？"}


def act(name: str, kind: str | None = None) -> str:
    if kind is None:
        return f"mutation({ON}) {{ {name}({AT}) {{ {SHOWN} }} }}"
    return f"mutation({ON}, $input: {kind}!) {{ {name}({AT}, input: $input) {{ {SHOWN} }} }}"


async def letters(stage: dict[str, Any], ask: Ask, count: int) -> list[dict[str, Any]]:
    """Letters to a site whose units the service was told of, the first first."""
    begin = beginner(open_sessions(stage["engines"]["interaction"]), lambda: NOW, "/interaction")
    await hear(
        begin,
        organization(CITY),
        organization(COUNTY),
        organization(OFFICE, OrganizationKind.OFFICE),
        organization(ROADS, OrganizationKind.DEPARTMENT),
        site(SITE, OFFICE),
    )
    for _ in range(count):
        written = await stage["clients"]["interaction"].post("/v1/public/letters", json=LETTER)
        assert written.status_code == 201, written.text
    listed = await outcome(ask, LISTED, DISPATCHER)
    found: list[dict[str, Any]] = listed["nodes"][::-1]
    return found


async def test_letters_are_screened_and_merged(stage: dict[str, Any], ask: Ask) -> None:
    first, second, third = await letters(stage, ask, 3)
    one, other = ({"id": each["id"]} for each in (first, second))
    urgent = await outcome(
        ask,
        act("setLetterUrgency", "LetterUrgencyInput"),
        DISPATCHER,
        **one,
        version=1,
        input={"urgency": "URGENT"},
    )
    accepted = await outcome(
        ask, act("acceptLetter"), DISPATCHER, **one, version=urgent["version"]
    )
    assert accepted["stateLabel"] == "已受理"
    merge = act("mergeLetters", "LetterMergerInput")
    version = accepted["version"]
    itself = {"letters": [first["id"]]}
    refused = await outcome(ask, merge, DISPATCHER, **one, version=version, input=itself)
    assert refused["faults"] == [{"pointer": "/letters/0", "code": "itself"}]
    lead = await outcome(
        ask, merge, DISPATCHER, **one, version=version, input={"letters": [second["id"]]}
    )
    assert lead["number"] == first["number"]
    waiting = await outcome(ask, LISTED, DISPATCHER, filter={"leadId": first["id"]})
    assert [(each["number"], each["state"]) for each in waiting["nodes"]] == [
        (second["number"], "MERGED")
    ]
    parted = await outcome(
        ask,
        act("partLetter", "LetterPartingInput"),
        DISPATCHER,
        **other,
        version=waiting["nodes"][0]["version"],
        input={"words": "地点不同"},
    )
    assert (parted["state"], parted["leadId"]) == ("ACCEPTED", None)
    reasons = await outcome(ask, REASONS, CLERK)
    refused = await outcome(
        ask,
        act("refuseLetter", "LetterRefusalInput"),
        DISPATCHER,
        id=third["id"],
        version=1,
        input={"reason": reasons[0]["code"]},
    )
    assert refused["state"] == "REFUSED"
    counts = await outcome(ask, COUNTS, DISPATCHER)
    assert {each["state"]: each["letters"] for each in counts["states"]}["ACCEPTED"] == 2
    found = await outcome(ask, LISTED, DISPATCHER, filter={"urgency": "URGENT"})
    assert [each["urgencyLabel"] for each in found["nodes"]] == ["紧急"]


async def test_letters_are_dispatched_passed_on_and_helped_with(
    stage: dict[str, Any], ask: Ask
) -> None:
    (letter,) = await letters(stage, ask, 1)
    mine = {"id": letter["id"]}
    dispatch = {"organization": "roads", "coHandlers": [QUESTION]}
    done = await outcome(
        ask,
        act("dispatchLetter", "LetterDispatchInput"),
        DISPATCHER,
        **mine,
        version=1,
        input=dispatch,
    )
    assert done["organizationName"] == "市城市管理局"
    (asked,) = (await outcome(ask, HELP, COUNTY_CLERK, **mine))["nodes"]
    opinion = {"id": asked["id"], "version": asked["version"], "input": {"text": "是县管道路。"}}
    assert (await outcome(ask, SAY, CLERK, **opinion))["status"] == 403
    said = await outcome(ask, SAY, COUNTY_CLERK, **opinion)
    assert said["givenBy"] == COUNTY_CLERK.id
    (heard,) = (await outcome(ask, HELP, CLERK, **mine))["nodes"]
    assert heard["opinion"] == "是县管道路。"
    version = (await outcome(ask, LISTED, CLERK))["nodes"][0]["version"]
    again = await outcome(ask, ASK, CLERK, **mine, version=version, input=QUESTION)
    gone = await outcome(ask, RELEASE, CLERK, id=again["id"], version=again["version"])
    assert gone["withdrawnAt"]
    version = (await outcome(ask, LISTED, CLERK))["nodes"][0]["version"]
    passed = await outcome(
        ask,
        act("transferLetter", "LetterTransferInput"),
        CLERK,
        **mine,
        version=version,
        input={**REASON, "organization": "340321"},
    )
    assert passed["organizationName"] == "340321人民政府"
    back = await outcome(
        ask,
        act("giveLetterBack", "LetterReturnInput"),
        COUNTY_CLERK,
        **mine,
        version=passed["version"],
        input=REASON,
    )
    assert (back["state"], back["organizationName"]) == ("ACCEPTED", None)
    way = (await outcome(ask, MOVES, DISPATCHER, **mine))["nodes"]
    assert [(each["kind"], each["part"]) for each in way] == [
        ("GIVEN_BACK", "LEAD"),
        ("TRANSFERRED", "LEAD"),
        ("RELEASED", "CO_HANDLER"),
        ("ASKED", "CO_HANDLER"),
        ("ASKED", "CO_HANDLER"),
        ("DISPATCHED", "LEAD"),
    ]
    assert way[1]["reason"] == REASON["reason"]
