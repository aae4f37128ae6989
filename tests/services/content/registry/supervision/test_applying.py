from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from services.content.editorial.models import Item
from services.content.registry.supervision.models import Application as Row
from services.content.release.models import Live
from services.content.worker import CONSUMER
from shared.auth import Permission
from shared.contracts.applying import Application
from shared.db import Sessions
from shared.inbox import take_in
from shared.outbox import OutboxMessage
from shared.uow import BeginAs
from tests.factories.content import (
    ADMIN,
    COUNTY,
    COUNTY_SITE,
    EDITOR,
    SITE,
    STRANGER,
    SUPERVISOR,
    Group,
)
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.registry.test_registering import NEW_SITE
from tests.support.people import person
from tests.support.queries import CountQueries

APPLICATIONS = "/v1/applications"
OTHER_ADMIN = person(
    Permission.ADMINISTER, Permission.APPROVE_CHANGE, at="340000", name="other-admin"
)
NEW = {"name": "规划计划", "kind": "plans", "keywords": ["规划"], "description": "规划与计划"}


async def column(group: Group, name: str) -> Any:
    return (await group.client.get(f"/v1/public/columns/{group.columns[name]}")).json()


async def filed(group: Group, act: str = "open_column", **change: Any) -> Any:
    done = await group.apply(act, **(change or NEW))
    assert done.status_code == 201, done.text
    return done.json()


async def test_an_application_changes_nothing_until_it_is_approved(
    group: Group, announced: Announced
) -> None:
    before = len(await announced())
    columns = (await group.client.get(f"/v1/public/sites/{SITE}/columns")).content
    application = await filed(group)
    assert Application.model_validate(application).change.act == "open_column"
    assert (await announced())[before:] == ["content.application.filed"]
    assert (await group.client.get(f"/v1/public/sites/{SITE}/columns")).content == columns
    done = await group.decide(application)
    assert (done.status_code, done.json()["state"]) == (200, "approved")
    assert done.json()["decided_by"] == SUPERVISOR.id
    assert (await announced())[before + 1 :] == [
        "content.application.decided",
        "content.column.opened",
    ]
    listed = (await group.client.get(f"/v1/public/sites/{SITE}/columns")).json()["items"]
    assert {name: listed[-1][name] for name in NEW} == NEW
    assert listed[-1]["target_days"] == 90


@pytest.mark.parametrize(
    ("act", "change", "event", "shown"),
    [
        ("rename_column", {"name": "要闻"}, "renamed", {"name": "要闻", "keywords": []}),
        ("rename_column", {"keywords": ["闻"]}, "renamed", {"name": "news", "keywords": ["闻"]}),
        ("hide_column", {}, "hidden", {"hidden": True}),
        ("move_column", {"position": 5}, "moved", {"position": 5, "parent_id": None}),
    ],
)
async def test_what_is_approved_is_done_at_once_and_told(
    group: Group,
    announced: Announced,
    act: str,
    change: dict[str, Any],
    event: str,
    shown: dict[str, Any],
) -> None:
    await group.change(act, column_id=group.columns["news"], **change)
    assert (await announced())[-1] == f"content.column.{event}"
    now = await column(group, "news")
    assert {name: now[name] for name in shown} == shown
    assert now["version"] == 2


async def test_a_site_changes_what_the_application_names_and_nothing_else(
    group: Group, announced: Announced
) -> None:
    before = (await group.client.get(f"/v1/public/sites/{SITE}")).json()
    await group.change("change_site", name="蚌埠市人民政府网", domain="www.bengbu.gov.cn")
    after = (await group.client.get(f"/v1/public/sites/{SITE}")).json()
    changed = {"name": "蚌埠市人民政府网", "domain": "www.bengbu.gov.cn", "version": 3}
    assert after == {**before, **changed}
    assert (await announced())[-1] == "content.site.changed"


async def test_a_refusal_needs_a_reason_and_changes_nothing(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    application = await filed(group, "hide_column", column_id=group.columns["news"])
    async with unchanged():
        without = await group.decide(application, "refuse")
        assert without.status_code == 422
    done = await group.decide(application, "refuse", reason="栏目仍需保留")
    assert (done.json()["state"], done.json()["decision_reason"]) == ("refused", "栏目仍需保留")
    assert (await announced())[-1] == "content.application.decided"
    assert (await column(group, "news"))["hidden"] is False


async def test_nobody_decides_what_they_applied_for(
    group: Group, unchanged: Unchanged, sessions: Sessions
) -> None:
    application = await filed(group)
    async with unchanged():
        for decision in ("approve", "refuse"):
            refused = await group.decide(application, decision, ADMIN, reason="同意")
            assert (refused.status_code, refused.json()["type"]) == (
                403,
                "/problems/own-application",
            )
    with pytest.raises(IntegrityError, match="nobody_decides_their_own"):
        async with sessions.begin() as session:
            await session.execute(update(Row).values(state="approved", decided_by=Row.applied_by))
    assert (await group.decide(application, actor=OTHER_ADMIN)).status_code == 200


async def test_only_the_sites_own_lines_apply_and_decide(
    group: Group, unchanged: Unchanged
) -> None:
    application = await filed(group)
    sponsor = person(Permission.ADMINISTER, name="sponsor")
    async with unchanged():
        new = {"site_code": SITE, "change": {"act": "open_column", **NEW}, "reason": "需要"}
        for actor in (EDITOR, STRANGER, SUPERVISOR):
            assert (await group.send(actor, "POST", APPLICATIONS, new)).status_code == 403
        for actor, status in ((sponsor, 403), (STRANGER, 404), (EDITOR, 404)):
            assert (await group.decide(application, actor=actor)).status_code == status
        path = f"{APPLICATIONS}/{application['id']}/withdrawal"
        refused = await group.send(SUPERVISOR, "POST", path, version=1)
        assert (refused.status_code, refused.json()["type"]) == (
            403,
            "/problems/not-the-applicant",
        )


async def test_the_applicant_withdraws_once(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    application = await filed(group)
    path = f"{APPLICATIONS}/{application['id']}/withdrawal"
    done = await group.send(ADMIN, "POST", path, version=1)
    assert done.json()["state"] == "withdrawn"
    assert (await announced())[-1] == "content.application.withdrawn"
    async with unchanged():
        again = await group.send(ADMIN, "POST", path, version=2)
        assert (again.status_code, again.json()["type"]) == (409, "/problems/no-longer-open")
        assert (await group.decide(done.json())).status_code == 409


async def test_what_could_not_be_done_is_not_taken_in(group: Group, unchanged: Unchanged) -> None:
    news, policies = group.columns["news"], group.columns["policies"]
    elsewhere = group.county_columns["news"]
    async with unchanged():
        for act, change, status, kind in (
            ("move_column", {"column_id": news, "parent_id": news}, 409, "under-itself"),
            ("hide_column", {"column_id": elsewhere}, 404, "no-such-column"),
            ("merge_columns", {"from_id": news, "into_id": news}, 422, "into-itself"),
            ("merge_columns", {"from_id": news, "into_id": elsewhere}, 404, "no-such-column"),
            ("show_column", {"column_id": policies}, 409, "column-already-so"),
            ("open_column", {**NEW, "parent_id": elsewhere}, 404, "no-such-column"),
            ("open_column", {**NEW, "target_days": 91}, 422, "rhythm-too-loose"),
            ("change_site", {"operating": "999999"}, 404, "not-found"),
            ("change_site", {"domain": f"www.s{COUNTY_SITE}.gov.cn"}, 409, "already-registered"),
        ):
            refused = await group.apply(act, **change)
            assert refused.status_code == status, (act, refused.text)
            assert refused.json()["type"] == f"/problems/{kind}"


async def test_what_was_possible_when_applied_for_is_checked_again(
    group: Group, unchanged: Unchanged
) -> None:
    news, policies = group.columns["news"], group.columns["policies"]
    hide = await filed(group, "hide_column", column_id=news)
    domain = await filed(group, "change_site", domain="www.bengbu.gov.cn")
    taken = {**NEW_SITE, "domain": "www.bengbu.gov.cn"}
    assert (await group.send(ADMIN, "POST", "/v1/sites", taken)).status_code == 201
    await group.change("merge_columns", from_id=news, into_id=policies)
    async with unchanged():
        refused = await group.decide(hide)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/already-merged")
        refused = await group.decide(domain)
        assert refused.json()["type"] == "/problems/already-registered"
    assert (await group.decide(hide, "refuse", reason="已合并")).status_code == 200


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({}, [("/change", "union_tag_not_found")]),
        ({"act": "paint_column"}, [("/change", "union_tag_invalid")]),
        ({"act": "hide_column"}, [("/change/column_id", "missing")]),
        (
            {"act": "open_column", "name": "", "kind": "x", "colour": 1},
            [
                ("/change/name", "string_too_short"),
                ("/change/kind", "enum"),
                ("/change/colour", "extra_forbidden"),
            ],
        ),
        ({"act": "change_site"}, [("/change", "nothing_asked")]),
        (
            {"act": "change_site", "icp_number": "05018251"},
            [("/change/icp_number", "string_pattern_mismatch")],
        ),
    ],
)
async def test_every_fault_is_named_where_it_is(
    group: Group, unchanged: Unchanged, change: Any, faults: list[tuple[str, str]]
) -> None:
    async with unchanged():
        new = {"site_code": SITE, "change": change, "reason": "需要"}
        refused = await group.send(ADMIN, "POST", APPLICATIONS, new)
    assert refused.status_code == 422, refused.text
    told = refused.json()["faults"]
    assert [(fault["pointer"], fault["code"]) for fault in told] == faults
    assert all(fault["detail"].endswith("。") for fault in told)


async def test_both_sides_see_the_applications_and_nobody_else(
    group: Group, count_queries: CountQueries
) -> None:
    application = await filed(group)
    for actor, seen in ((ADMIN, 1), (SUPERVISOR, 1), (STRANGER, 0), (EDITOR, 0)):
        for query in ("", "?state=filed", f"?site_code={SITE}"):
            with count_queries(1):
                page = await group.send(actor, "GET", f"{APPLICATIONS}{query}")
            assert len(page.json()["items"]) == seen, actor.id
        one = await group.send(actor, "GET", f"{APPLICATIONS}/{application['id']}")
        assert one.status_code == (200 if seen else 404)
    for query in ("?state=approved", f"?site_code={COUNTY_SITE}"):
        assert (await group.send(ADMIN, "GET", APPLICATIONS + query)).json()["items"] == []


async def test_the_second_line_reads_and_does_not_decide(
    group: Group, unchanged: Unchanged
) -> None:
    bureau = {"name": "税务局", "kind": "department", "level": "city"}
    for new in (
        {**bureau, "code": "340000-sw", "level": "province", "parent": "340000"},
        {**bureau, "code": "340300-sw", "parent": "340300", "supervised_by": "340000-sw"},
    ):
        assert (await group.send(ADMIN, "POST", "/v1/organizations", new)).status_code == 201
    site = {"code": "3403000007", "name": "税务", "domain": "sw.bengbu.gov.cn", "level": "city"}
    offices = {"supervising": "340300", "sponsoring": "340300-sw", "operating": "340300-sw"}
    new = {**site, **offices, "region": "340300"}
    await group.opened_site(new)
    filed = (await group.apply("open_column", site_code=site["code"], **NEW)).json()
    above = person(Permission.APPROVE_CHANGE, at="340000.340000-sw", name="above")
    page = await group.send(above, "GET", APPLICATIONS)
    assert [each["id"] for each in page.json()["items"]] == [filed["id"]]
    async with unchanged():
        refused = await group.decide(filed, actor=above)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/outside-authority")


async def test_items_follow_their_site_to_its_new_sponsor(
    group: Group, begin: BeginAs, sessions: Sessions
) -> None:
    item = await group.released()
    await group.change("change_site", sponsoring="340321-zfb")
    async with sessions() as session:
        told = select(OutboxMessage).where(OutboxMessage.type == "content.site.changed")
        message = (await session.scalars(told)).one()
    await take_in(CONSUMER, begin, message.envelope())
    async with sessions() as session:
        drafted = await session.get_one(Item, item["id"])
        live = await session.get_one(Live, item["id"])
    office = f"{COUNTY}.340321-zfb"
    assert (drafted.sponsoring, live.sponsoring) == (office, office)
    assert (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).status_code == 404
