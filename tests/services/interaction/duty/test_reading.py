import pytest

from shared.contracts.registry import OrganizationKind
from shared.uow import BeginAs
from tests.services.interaction.conftest import CITY, hear, organization
from tests.services.interaction.duty.conftest import (
    ADMIN,
    DESK,
    LEADER,
    LI,
    WANG,
    ZHAO,
    Desk,
    person_id,
)
from tests.support import people
from tests.support.queries import CountQueries


async def filled(desk: Desk) -> None:
    """Three of each thing that a desk lists."""
    await desk.publish()
    for since in ("2026-12-01", "2026-12-02", "2026-12-03"):
        await desk.absent(LI, LEADER, since, since)
    mine = await desk.of(WANG)
    for duty, asked in ((mine[1], LI), (mine[1], ZHAO), (mine[2], LI)):
        await desk.act(WANG, duty, "swaps", {"member_id": (await desk.member(asked))["id"]})
    duty = (await desk.act(WANG, mine[0], "sign-on")).json()
    for text in ("一", "二", "三"):
        duty = (await desk.act(WANG, duty, "notes", {"text": text})).json()
    await desk.publish(since="2026-03-16", until="2026-03-17")
    await desk.draft(since="2026-03-18", until="2026-03-20")


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/v1/my-duties", 1),
        (f"{DESK}/members", 2),
        (f"{DESK}/duties", 2),
        (f"{DESK}/absences", 2),
        (f"{DESK}/swaps", 2),
        (f"{DESK}/rosters", 3),  # with the days of all of them
        (f"{DESK}/notes", 3),  # with the event
    ],
)
async def test_a_list_costs_as_much_for_one_as_for_many_and_turns_its_pages(
    desk: Desk, count_queries: CountQueries, path: str, queries: int
) -> None:
    await filled(desk)
    actor = WANG if path in {"/v1/my-duties", f"{DESK}/notes"} else LEADER
    with count_queries(queries):
        whole = await desk.done(actor, "GET", path, params={"first": 100})
    assert len(whole["items"]) >= 3
    turned, after = [], None
    while True:
        params = {"first": 1} | ({"after": after} if after else {})
        page = await desk.done(actor, "GET", path, params=params)
        turned += page["items"]
        if (after := page["next"]) is None:
            break
    assert turned == whole["items"]


async def test_a_day_costs_two_questions_whatever_happened_to_it(
    desk: Desk, count_queries: CountQueries
) -> None:
    await filled(desk)
    duty = (await desk.of(WANG))[0]
    with count_queries(2):
        opened = await desk.done(LI, "GET", f"/v1/duties/{duty['id']}")
    assert [change["kind"] for change in opened["changes"]] == ["published", "signed_on"]


async def test_who_is_on_duty_costs_four_questions(
    desk: Desk, count_queries: CountQueries
) -> None:
    await filled(desk)
    with count_queries(4):
        await desk.done(LI, "GET", f"{DESK}/now")


async def test_days_are_asked_for_by_their_first_and_last(desk: Desk) -> None:
    await desk.publish()
    days = [duty["on"] for duty in await desk.duties(since="2026-03-04", until="2026-03-06")]
    assert days == ["2026-03-04", "2026-03-05", "2026-03-06"]
    numbers = await desk.send(LEADER, "GET", f"{DESK}/duties", params={"since": "0"})
    assert numbers.status_code == 422


async def test_ones_days_at_several_desks_are_one_list(desk: Desk, begin: BeginAs) -> None:
    await desk.publish()
    await hear(begin, organization(f"{CITY}.bureau", OrganizationKind.DEPARTMENT))
    keeper = people.person(*ADMIN.grants, at=CITY, name="city")
    new = {"person_id": person_id(WANG), "name": "王芳"}
    bureau = "/v1/duty-desks/bureau"
    await desk.done(keeper, "POST", f"{bureau}/members", new)
    period = {"since": "2026-03-02", "until": "2026-03-02"}
    drafted = await desk.done(keeper, "POST", f"{bureau}/rosters", period)
    path = f"/v1/duty-rosters/{drafted['id']}/publication"
    await desk.done(keeper, "POST", path, version=1)
    mine = await desk.of(WANG)
    assert [duty["organization"].rpartition(".")[2] for duty in mine[:2]] == ["office", "bureau"]
    assert {duty["on"] for duty in mine[:2]} == {"2026-03-02"}
    desks = (await desk.done(WANG, "GET", "/v1/duty-desks"))["items"]
    assert [each["code"] for each in desks] == ["office", "bureau"]
    assert len((await desk.done(LI, "GET", "/v1/duty-desks"))["items"]) == 1
