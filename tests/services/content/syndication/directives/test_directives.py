import asyncio
from typing import Any

import pytest

from services.content.syndication.directives.commands.issuing import issue_directive
from shared.auth import Permission
from shared.contracts.directives import NewDirective
from shared.uow import BeginAs
from tests.factories.content import (
    ADMIN,
    COUNTY,
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    SITE,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.services.content.conftest import Announced, Hear, Unchanged
from tests.support.people import person
from tests.support.queries import CountQueries

OTHER_SITE = "3403220001"
COUNTY_SUPERVISOR = person(Permission.ISSUE_DIRECTIVE, at=COUNTY, name="county-supervisor")
OTHER_EDITOR = person(Permission.REPOST, at="340000.340300.340322", name="other")


async def _other_county(group: Group) -> None:
    government = {"code": "340322", "name": "另一县", "kind": "government", "level": "county"}
    offices = {"supervising": "340300", "sponsoring": "340322", "operating": "340322"}
    site = {"code": OTHER_SITE, "name": "另一县", "domain": "other.gov.cn", "level": "county"}
    new = {**government, "parent": "340300"}
    done = await group.send(ADMIN, "POST", "/v1/organizations", new)
    assert done.status_code == 201, done.text
    await group.opened_site({**site, **offices, "region": "340322"})


async def _coverage(group: Group, directive: Any) -> dict[str, str]:
    path = f"/v1/directives/{directive['id']}/obligations"
    listed = await group.send(SUPERVISOR, "GET", path)
    assert listed.status_code == 200, listed.text
    return {owed["site_code"]: owed["state"] for owed in listed.json()["items"]}


async def test_a_directive_binds_every_site_below_but_the_items_own(
    group: Group, announced: Announced
) -> None:
    await _other_county(group)
    item = await group.released()
    issued = await group.directive(item)
    assert issued.status_code == 201, issued.text
    assert issued.json()["issuer"] == "340000.340300"
    assert issued.json()["title"] == item["title"]
    assert await _coverage(group, issued.json()) == dict.fromkeys(
        (COUNTY_SITE, OTHER_SITE), "delivered"
    )
    assert (await announced())[-1] == "content.directive.issued"


async def test_a_directive_may_name_its_sites_or_their_level(group: Group) -> None:
    await _other_county(group)
    item = await group.released()
    named = await group.directive(item, site_codes=[OTHER_SITE, SITE])
    assert await _coverage(group, named.json()) == {OTHER_SITE: "delivered"}
    level = await group.directive(item, level="county")
    assert set(await _coverage(group, level.json())) == {COUNTY_SITE, OTHER_SITE}


@pytest.mark.parametrize(
    ("fields", "type"),
    [
        ({"level": "city"}, "nobody-bound"),
        ({"level": "province"}, "nobody-bound"),
        ({"site_codes": [SITE]}, "nobody-bound"),
        ({"site_codes": []}, "nobody-bound"),
        ({"site_codes": [COUNTY_SITE, "9999990000"]}, "invalid"),
        ({"site_codes": [COUNTY_SITE], "level": "city"}, "invalid"),
        ({"deadline": "2026-03-02T01:00:00Z"}, "deadline-out-of-range"),
        ({"deadline": "2028-03-02T01:00:00Z"}, "deadline-out-of-range"),
        ({"deadline": "2026-03-09T01:00:00"}, "invalid"),
        ({"deadline": "9999-12-31T23:59:59-23:59"}, "deadline-out-of-range"),
        ({"ask": "delete"}, "invalid"),
    ],
)
async def test_a_directive_that_binds_nobody_or_asks_too_much_is_refused(
    group: Group, unchanged: Unchanged, fields: dict[str, Any], type: str
) -> None:
    item = await group.released()
    async with unchanged():
        refused = await group.directive(item, **fields)
    assert (refused.status_code, refused.json()["type"]) == (422, f"/problems/{type}")


async def test_a_supervisor_orders_only_their_own_sites(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.released()
    new = {"item_id": item["id"], "issuer": "340300", "deadline": "2026-03-09T01:00:00Z"}
    async with unchanged():
        for actor, status in ((COUNTY_SUPERVISOR, 403), (EDITOR, 403), (None, 401)):
            assert (await group.send(actor, "POST", "/v1/directives", new)).status_code == status
        beyond = {**new, "issuer": "340321", "site_codes": [SITE]}
        refused = await group.send(COUNTY_SUPERVISOR, "POST", "/v1/directives", beyond)
        assert refused.json()["faults"][0]["code"] == "out_of_reach"


async def test_only_what_is_public_can_be_reposted(group: Group, unchanged: Unchanged) -> None:
    draft = await group.draft()
    async with unchanged():
        assert (await group.directive(draft)).status_code == 404


async def test_others_do_not_know_of_a_directive(group: Group) -> None:
    await _other_county(group)
    directive = (await group.directive(await group.released())).json()
    for path in (
        f"/v1/directives/{directive['id']}",
        f"/v1/directives/{directive['id']}/obligations",
    ):
        assert (await group.send(SUPERVISOR, "GET", path)).status_code == 200
        for actor in (COUNTY_SUPERVISOR, STRANGER, EDITOR):
            assert (await group.send(actor, "GET", path)).status_code == 404
        assert (await group.send(None, "GET", path)).status_code == 401


async def test_a_county_sees_and_answers_only_what_it_owes(
    group: Group, unchanged: Unchanged
) -> None:
    await _other_county(group)
    directive = (await group.directive(await group.released())).json()
    own = (await group.send(COUNTY_EDITOR, "GET", "/v1/obligations")).json()["items"]
    assert [owed["site_code"] for owed in own] == [COUNTY_SITE]
    foreign = (await group.send(OTHER_EDITOR, "GET", "/v1/obligations")).json()["items"]
    assert [owed["site_code"] for owed in foreign] == [OTHER_SITE]
    for query in (f"?site_code={OTHER_SITE}", "?state=late", f"?site_code={SITE}"):
        listed = await group.send(COUNTY_EDITOR, "GET", f"/v1/obligations{query}")
        assert listed.json()["items"] == []
    async with unchanged():
        refused = await group.answer(foreign[0], answer="decline", reason="不适用")
        assert refused.status_code == 404, refused.text
        assert directive["title"] not in refused.text


async def test_what_is_owed_is_listed_in_one_query(
    group: Group, count_queries: CountQueries
) -> None:
    item = await group.released()
    for _ in range(2):
        await group.directive(item)
        with count_queries(1):
            await group.send(COUNTY_EDITOR, "GET", "/v1/obligations")


async def test_an_item_that_is_withdrawn_while_it_is_ordered_is_owed_by_nobody(
    real_group: Group, real_begin: BeginAs, real_hear: Hear
) -> None:
    item = await real_group.released()

    async def withdraw() -> None:
        await real_group.withdraw(item)
        await real_hear()

    new = NewDirective(item_id=item["id"], issuer="340300", policy="red_line")
    async with real_begin(SUPERVISOR, "test") as uow:
        directive = await issue_directive(uow, new)
        withdrawing = asyncio.create_task(withdraw())
        await asyncio.sleep(0.5)
    await withdrawing
    assert await _coverage(real_group, {"id": str(directive.id)}) == {COUNTY_SITE: "withdrawn"}
