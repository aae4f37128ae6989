import asyncio

import pytest
from sqlalchemy import func, select

from services.content.release.models import Live
from shared.auth import Permission
from shared.db import Sessions
from tests.factories.content import (
    ADMIN,
    COUNTY_EDITOR,
    COUNTY_OFFICE,
    COUNTY_SITE,
    EDITOR,
    SITE,
    Group,
)
from tests.services.content.conftest import Announced, Hear, Unchanged
from tests.services.content.syndication.reposting.conftest import ActByRule, CountyDesk
from tests.support.people import person
from tests.support.queries import CountQueries

DEPUTY = person(Permission.REPOST, at=COUNTY_OFFICE, name="county-deputy")


async def test_a_rule_accepts_what_fits_as_soon_as_it_is_ordered_and_once(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule, announced: Announced
) -> None:
    rule = await desk.rule(issuers=["340000.340300"], kinds=["policy"])
    assert rule["issuers"] == ["340000.340300"]
    item = await group.released()
    await group.directive(item)
    assert await act_by_rule() == 1
    owed = await desk.owed()
    assert (owed["state"], owed["accepted_by"]) == ("accepted", rule["id"])
    repost = await group.public({"id": owed["repost_id"]})
    assert (repost["origin"]["item_id"], repost["column_id"]) == (item["id"], rule["column_id"])
    assert await act_by_rule() == 0
    assert (await announced()).count("content.obligation.settled") == 1


async def test_what_no_rule_fits_waits_for_a_person(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule
) -> None:
    await desk.rule(kinds=["news"])
    await group.directive(await group.released())
    await act_by_rule()
    owed = await desk.owed()
    assert (owed["state"], owed["hindrances"], owed["repost_id"]) == ("delivered", [], None)


async def test_a_rule_acts_on_what_is_ordered_after_it_was_made(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule
) -> None:
    await group.directive(await group.released())
    await act_by_rule()
    await desk.rule()
    await act_by_rule()
    assert (await desk.owed())["state"] == "delivered"


@pytest.mark.parametrize("act", ["suspension", "end"])
async def test_a_suspended_or_ended_rule_does_nothing(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule, act: str
) -> None:
    rule = await desk.rule()
    path, method = f"/v1/acceptance-rules/{rule['id']}", "DELETE"
    if act == "suspension":
        path, method = f"{path}/suspension", "POST"
    done = await group.send(COUNTY_EDITOR, method, path, version=rule["version"])
    assert done.status_code == 200, done.text
    await group.directive(await group.released())
    assert await act_by_rule() == 0
    assert (await desk.owed())["state"] == "delivered"


async def test_a_rule_suspended_before_the_worker_came_does_nothing(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule, hear: Hear
) -> None:
    rule = await desk.rule()
    await group.directive(await group.released())
    await hear()
    path = f"/v1/acceptance-rules/{rule['id']}/suspension"
    await group.send(COUNTY_EDITOR, "POST", path, version=rule["version"])
    assert await act_by_rule() == 1
    assert (await desk.owed())["state"] == "delivered"


async def test_a_person_who_was_quicker_is_left_alone(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule, announced: Announced
) -> None:
    await desk.rule()
    owed = await group.owed(await group.released())
    done = await group.answer(owed, answer="decline", reason="与本县无关")
    assert done.status_code == 200
    await act_by_rule()
    assert (await desk.owed())["state"] == "declined"
    assert (await announced()).count("content.obligation.settled") == 1


async def test_a_rule_whose_maker_may_not_any_more_leaves_it_open_and_says_why(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule, announced: Announced
) -> None:
    known = {"name": "责任人", "organization": "340321-zfb", "login": "deputy"}
    made = await group.send(ADMIN, "POST", "/v1/people", {**known, "password": "x" * 12})
    assert made.status_code == 201, made.text
    maker = person(Permission.REPOST, at=COUNTY_OFFICE, name=made.json()["id"])
    assert (await desk.make_rule(actor=maker)).status_code == 201
    await group.directive(await group.released())
    await act_by_rule()
    owed = await desk.owed()
    assert (owed["state"], owed["repost_id"], owed["accepted_by"]) == ("delivered", None, None)
    assert [one["code"] for one in owed["hindrances"]] == ["maker_may_not"]
    assert (await announced())[-1] == "content.obligation.rule_hindered"
    done = await group.answer(owed, answer="accept", column_id=group.county_columns["policies"])
    assert (done.status_code, done.json()["hindrances"]) == (200, [])


async def test_a_rule_that_meets_a_double_leaves_it_open_and_says_why(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule, sessions: Sessions
) -> None:
    number = "蚌政办秘〔2017〕97号"
    await desk.taken(await group.released(doc_no=number))
    await desk.rule()
    await group.directive(await group.released(doc_no=number))
    await act_by_rule()
    owed = await desk.owed()
    assert owed["state"] == "delivered"
    assert [one["code"] for one in owed["hindrances"]] == ["already_stands"]
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Live)) == 3


async def test_a_repost_that_stands_already_keeps_what_a_rule_accepts(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule
) -> None:
    item = await group.released()
    taken = await desk.taken(item)
    await desk.rule()
    await group.directive(item)
    await act_by_rule()
    assert (await desk.owed())["repost_id"] == taken["item_id"]


async def test_a_withdrawn_item_is_not_accepted(
    group: Group, desk: CountyDesk, act_by_rule: ActByRule
) -> None:
    await desk.rule()
    item = await group.released()
    await group.directive(item)
    await group.withdraw(item)
    await act_by_rule()
    assert (await desk.owed())["state"] == "withdrawn"
    assert (await group.client.get("/v1/public/items")).json()["items"] == []


async def test_a_rule_and_a_person_at_once_make_one_repost(
    real_group: Group, real_desk: CountyDesk, really_act: ActByRule, real_sessions: Sessions
) -> None:
    await real_desk.rule()
    for _ in range(3):
        owed = await real_group.owed(await real_group.released())
        given = {"answer": "accept", "column_id": real_group.county_columns["policies"]}
        answered, *_ = await asyncio.gather(
            real_group.answer(owed, **given), really_act(), really_act()
        )
        assert answered.status_code in {200, 409, 412}, answered.text
        assert (await real_desk.owed())["repost_id"] is not None
    async with real_sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Live)) == 6


async def test_rules_are_versioned_and_signed_by_who_last_changed_them(
    group: Group, desk: CountyDesk, announced: Announced, unchanged: Unchanged
) -> None:
    rule = await desk.rule()
    path = f"/v1/acceptance-rules/{rule['id']}"
    new = {"site_code": COUNTY_SITE, "column_id": rule["column_id"], "kinds": ["policy"]}
    async with unchanged():
        assert (await group.send(DEPUTY, "PUT", path, new)).status_code == 428
        assert (await group.send(DEPUTY, "PUT", path, new, version=7)).status_code == 412
    changed = await group.send(DEPUTY, "PUT", path, new, version=1)
    assert changed.status_code == 200, changed.text
    told = changed.json()
    assert (told["kinds"], told["version"], told["made_by"]) == (["policy"], 2, DEPUTY.id)
    for act in ("suspension", "resumption"):
        done = await group.send(DEPUTY, "POST", f"{path}/{act}", version=told["version"])
        told = done.json()
        assert told["suspended"] is (act == "suspension")
    ended = await group.send(DEPUTY, "DELETE", path, version=told["version"])
    assert ended.json()["ended_at"] is not None
    async with unchanged():
        again = await group.send(DEPUTY, "PUT", path, new, version=ended.json()["version"])
        assert (again.status_code, again.json()["type"]) == (409, "/problems/rule-ended")
    assert (await announced()).count("content.acceptance_rule.changed") == 5


async def test_only_who_may_repost_there_makes_and_sees_rules(
    group: Group, desk: CountyDesk, unchanged: Unchanged, count_queries: CountQueries
) -> None:
    rule = await desk.rule()
    path = f"/v1/acceptance-rules/{rule['id']}"
    async with unchanged():
        assert (await desk.make_rule(actor=EDITOR)).status_code == 403
        for act in ("suspension", "resumption"):
            refused = await group.send(EDITOR, "POST", f"{path}/{act}", version=1)
            assert refused.status_code == 404
        assert (await group.send(EDITOR, "DELETE", path, version=1)).status_code == 404
    assert (await group.send(EDITOR, "GET", "/v1/acceptance-rules")).json()["items"] == []
    await desk.rule()
    with count_queries(1):
        listed = await group.send(
            COUNTY_EDITOR, "GET", f"/v1/acceptance-rules?site_code={COUNTY_SITE}"
        )
    assert len(listed.json()["items"]) == 2


async def test_every_fault_of_a_rule_is_named(
    group: Group, desk: CountyDesk, unchanged: Unchanged
) -> None:
    async with unchanged():
        refused = await desk.make_rule(
            column_id=group.columns["news"], issuers=["340000.340300", "340300"], subjects=["诗歌"]
        )
        told = {(fault["pointer"], fault["code"]) for fault in refused.json()["faults"]}
        assert told == {
            ("/issuers/1", "unknown"),
            ("/subjects/0", "unknown_term"),
            ("/column_id", "other_site"),
        }
    rule = await desk.rule()
    moved = {"site_code": SITE, "column_id": rule["column_id"]}
    refused = await group.send(
        COUNTY_EDITOR, "PUT", f"/v1/acceptance-rules/{rule['id']}", moved, version=1
    )
    assert refused.json()["faults"][0]["pointer"] == "/site_code"
