from typing import Any

import pytest
import pytest_asyncio

from services.interaction.group import queries as group
from services.interaction.mailbox.clocks import schedule
from services.interaction.mailbox.clocks.telling.queries import on_watch
from shared.auth import Actor, Permission
from shared.contracts.registry import OrganizationChanged, OrganizationKind
from shared.db import Sessions
from shared.uow import BeginAs
from tests.services.interaction.conftest import (
    CLERK,
    COUNTY,
    DISPATCHER,
    HEAD,
    OFFICE,
    ROADS,
    SITE,
    STRANGER,
    Clock,
    Mailbox,
    hear,
    organization,
)
from tests.support.people import CITY, person
from tests.support.queries import CountQueries

SUPERVISOR = person(Permission.APPROVE_CHANGE, at=OFFICE, name="supervisor")
SECOND_LINE = person(Permission.APPROVE_CHANGE, at="340000.jt", name="second-line")
BOTH = Actor(
    "person:both", CITY, {Permission.REVIEW_ANSWER: (ROADS,), Permission.APPROVE_CHANGE: (CITY,)}
)
WHY = {"text": "李小龙反映的路段产权待核，手机13855201234未接通。"}


@pytest_asyncio.fixture
async def late(mailbox: Mailbox, sessions: Sessions, begin: BeginAs, clock: Clock) -> str:
    """A letter of the roads department that is late, and has both cards."""
    receipt = await mailbox.dispatched()
    clock.pass_by(days=40)
    await schedule.tell(sessions, begin, on_watch, clock.now)
    return str(receipt["number"])


async def second_line(begin: BeginAs, sessions: Sessions) -> None:
    async with sessions() as session:
        roads = await group.organization(session, "roads")
    assert roads is not None
    told = organization(ROADS, OrganizationKind.DEPARTMENT).model_dump() | {"id": roads.id}
    await hear(begin, OrganizationChanged(**told, supervised_by="340000.jt"))


async def cards(mailbox: Mailbox, actor: Actor, **asked: Any) -> list[dict[str, Any]]:
    path = "/v1/letter-cards" + "".join(f"?{name}={value}" for name, value in asked.items())
    answer = await mailbox.send(actor, "GET", path)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def explain(mailbox: Mailbox, card: dict[str, Any], actor: Actor | None = CLERK) -> Any:
    path = f"/v1/letter-cards/{card['id']}/explanation"
    return await mailbox.send(actor, "POST", path, WHY, card["version"])


async def rule(
    mailbox: Mailbox, card: dict[str, Any], actor: Actor | None = SUPERVISOR, **body: Any
) -> Any:
    path = f"/v1/letter-cards/{card['id']}/ruling"
    return await mailbox.send(actor, "POST", path, {"ruling": "accept"} | body, card["version"])


async def test_both_cards_are_listed_for_the_unit_its_site_and_up_the_line(
    mailbox: Mailbox, late: str, begin: BeginAs, sessions: Sessions
) -> None:
    await second_line(begin, sessions)
    for actor in (CLERK, DISPATCHER, HEAD, SUPERVISOR, SECOND_LINE):
        shown = await cards(mailbox, actor)
        assert [(card["colour_label"], card["number"]) for card in shown] == [
            ("红牌", late),
            ("黄牌", late),
        ]
    [red] = await cards(mailbox, CLERK, colour="red")
    assert (red["organization"], red["due_on"]) == (ROADS, "2026-03-23")


async def test_cards_go_up_the_line_of_supervision(
    mailbox: Mailbox, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    await second_line(begin, sessions)
    await mailbox.dispatched()
    clock.pass_by(days=40)
    await schedule.tell(sessions, begin, on_watch, clock.now)
    given = [d for type_, d in await mailbox.announced() if type_.endswith("letter_card.given")]
    assert [(each["colour"], each["told"]) for each in given] == [
        ("yellow", [OFFICE]),
        ("red", [OFFICE, "340000.jt"]),
    ]
    assert {each["organization"] for each in given} == {ROADS}


async def test_cards_stay_once_the_letter_is_answered(mailbox: Mailbox, late: str) -> None:
    assert (await mailbox.act(CLERK, late, "answer", text="已更换十二盏路灯。")).status_code == 200
    assert (await mailbox.review(late, "approve", "已核实")).status_code == 200
    assert [card["colour"] for card in await cards(mailbox, CLERK)] == ["red", "yellow"]


async def test_an_explanation_is_accepted_by_whoever_supervises(
    mailbox: Mailbox, late: str
) -> None:
    assert late
    [red, _] = await cards(mailbox, CLERK)
    explained = await explain(mailbox, red)
    assert explained.status_code == 200, explained.text
    assert explained.json()["state"] == "explained"
    assert explained.headers["ETag"] == f'"{explained.json()["version"]}"'
    ruled = await rule(mailbox, explained.json(), reason="属实")
    assert ruled.status_code == 200, ruled.text
    shown = ruled.json()
    assert (shown["state_label"], shown["explanation"], shown["ruling_reason"]) == (
        "说明已认可",
        WHY["text"],
        "属实",
    )
    assert (await cards(mailbox, CLERK, state="accepted")) == [shown]


async def test_a_rejected_explanation_may_be_given_anew(mailbox: Mailbox, late: str) -> None:
    assert late
    [red, _] = await cards(mailbox, CLERK)
    explained = (await explain(mailbox, red)).json()
    assert (await rule(mailbox, explained, ruling="reject")).status_code == 422
    rejected = (await rule(mailbox, explained, ruling="reject", reason="未说明原因")).json()
    assert rejected["state"] == "rejected"
    again = (await explain(mailbox, rejected)).json()
    assert (again["state"], again["ruled_by"], again["ruling_reason"]) == ("explained", None, None)


async def test_a_card_is_explained_and_ruled_on_in_turn(mailbox: Mailbox, late: str) -> None:
    assert late
    [red, _] = await cards(mailbox, CLERK)
    assert (await rule(mailbox, red)).json()["type"] == "/problems/nothing-to-rule"
    explained = (await explain(mailbox, red)).json()
    assert (await explain(mailbox, explained)).json()["type"] == "/problems/not-explainable"
    assert (await explain(mailbox, red)).status_code == 412
    before = await mailbox.announced()
    assert (await rule(mailbox, red)).status_code == 412
    assert await mailbox.announced() == before


async def test_nobody_rules_on_an_explanation_of_their_own(mailbox: Mailbox, late: str) -> None:
    assert late
    [red, _] = await cards(mailbox, BOTH)
    explained = (await explain(mailbox, red, BOTH)).json()
    assert (await rule(mailbox, explained, BOTH)).json()["type"] == "/problems/own-explanation"


@pytest.mark.parametrize(
    ("actor", "status"), [(None, 401), (STRANGER, 404), (person(name="nobody"), 404)]
)
async def test_nobody_else_learns_of_cards(
    mailbox: Mailbox, late: str, actor: Actor | None, status: int
) -> None:
    assert late
    [red, _] = await cards(mailbox, CLERK)
    assert (await explain(mailbox, red, actor)).status_code == status
    assert (await rule(mailbox, red, actor)).status_code == status
    listed = await mailbox.send(actor, "GET", "/v1/letter-cards")
    assert listed.status_code == 401 if actor is None else listed.json()["items"] == []


async def test_the_unit_does_not_rule_and_supervisors_do_not_explain(
    mailbox: Mailbox, late: str
) -> None:
    assert late
    [red, _] = await cards(mailbox, CLERK)
    assert (await explain(mailbox, red, SUPERVISOR)).status_code == 403
    wide = person(Permission.DISPATCH, at=CITY, name="wide")
    for clerk in (DISPATCHER, wide):
        assert (await explain(mailbox, red, clerk)).status_code == 403
    explained = (await explain(mailbox, red)).json()
    for actor in (CLERK, HEAD, DISPATCHER):
        assert (await rule(mailbox, explained, actor)).status_code == 403


async def test_clerks_explain_what_they_gave_to_nobody(
    mailbox: Mailbox, sessions: Sessions, begin: BeginAs, clock: Clock
) -> None:
    await mailbox.write()
    clock.pass_by(days=2)
    await schedule.tell(sessions, begin, on_watch, clock.now)
    [card] = await cards(mailbox, DISPATCHER)
    assert (card["step"], card["organization"]) == ("accept", OFFICE)
    assert (await explain(mailbox, card, CLERK)).status_code == 404
    assert (await explain(mailbox, card, DISPATCHER)).status_code == 200


async def test_what_is_explained_is_sealed_and_never_announced(
    mailbox: Mailbox, late: str
) -> None:
    assert late
    [red, _] = await cards(mailbox, CLERK)
    assert (await explain(mailbox, red)).status_code == 200
    assert "李小龙" not in str(await mailbox.announced())
    county = person(Permission.APPROVE_CHANGE, at=COUNTY, name="county")
    assert await cards(mailbox, county, site_code=SITE) == []


async def test_a_page_of_cards_costs_one_query(
    mailbox: Mailbox, late: str, count_queries: CountQueries
) -> None:
    assert late
    with count_queries(1):
        await cards(mailbox, HEAD)
