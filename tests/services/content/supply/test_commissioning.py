from typing import Any

import pytest

from shared.auth import Permission
from tests.factories.content import EDITOR, LEADER, OFFICE, SITE, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.supply.conftest import NOWHERE, send
from tests.support.people import person

ENTRY = {"name": "李教授", "field": "公共管理", "affiliation": "安徽大学"}
BOTH = person(Permission.READ_DRAFTS, Permission.EDIT, Permission.REVIEW, at=OFFICE, name="editor")


async def _expert(group: Group) -> Any:
    new = {**ENTRY, "organization": "340300-zfb"}
    done = await group.send(EDITOR, "POST", "/v1/experts", new)
    assert done.status_code == 201, done.text
    return done.json()


async def _given(group: Group, **fields: Any) -> Any:
    new = {"site_code": SITE, "brief": "解读政策", "due_on": "2026-03-20", "fee": "800.00"}
    who = {} if "medium" in fields else {"expert_id": (await _expert(group))["id"]}
    done = await group.send(EDITOR, "POST", "/v1/commissions", {**new, **who, **fields})
    assert done.status_code == 201, done.text
    return done.json()


async def _step(group: Group, commission: Any, state: str, actor: Any = EDITOR, **f: Any) -> Any:
    return await send(group, actor, "commissions", commission, "step", {"state": state, **f})


async def test_a_commission_goes_from_invitation_to_accepted_work(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    policy = await group.draft()
    given = await _given(group, interprets=policy["id"])
    assert (given["state"], given["fee"], given["currency"]) == ("invited", "800.00", "CNY")
    accepted = (await _step(group, given, "accepted")).json()
    item = await group.draft(kind="interpretation", interprets=policy["id"])
    other = await group.draft(kind="interpretation")
    async with unchanged():
        wrong = await _step(group, accepted, "delivered", item_id=other["id"])
        assert wrong.json()["faults"][0]["code"] == "other_policy"
    delivered = (await _step(group, accepted, "delivered", item_id=item["id"])).json()
    async with unchanged():
        early = await _step(group, delivered, "accepted_work")
        assert early.json()["type"] == "/problems/outside-authority"
        own = await _step(group, delivered, "accepted_work", BOTH)
        assert own.json()["type"] == "/problems/own-commission"
    done = (await _step(group, delivered, "accepted_work", LEADER)).json()
    assert (done["state"], done["accepted_by"]) == ("accepted_work", LEADER.id)
    assert done["item_id"] == item["id"]
    told = [name for name in await announced() if "commission" in name or "expert" in name]
    assert told == [
        "content.expert.registered",
        "content.commission.given",
        *["content.commission.moved"] * 3,
    ]
    async with unchanged():
        after = await _step(group, done, "cancelled", reason="x")
        assert after.json()["type"] == "/problems/commission-stands"


async def test_work_that_will_not_do_is_asked_for_again(group: Group) -> None:
    given = await _given(group, medium="蚌埠日报")
    accepted = (await _step(group, given, "accepted")).json()
    item = await group.draft()
    delivered = (await _step(group, accepted, "delivered", item_id=item["id"])).json()
    assert (await _step(group, delivered, "accepted", reason="请补充")).json()[
        "state"
    ] == "accepted"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"expert_id": NOWHERE, "medium": "蚌埠日报"}, "invitee_unclear"),
        ({}, "invitee_unclear"),
        ({"medium": "蚌埠日报", "fee": "-1"}, "greater_than_equal"),
        ({"medium": "蚌埠日报", "fee": "0.001"}, "decimal_max_places"),
        ({"medium": "蚌埠日报", "currency": "USD"}, "literal_error"),
        ({"medium": "蚌埠日报", "due_on": "2026-03-01"}, "out_of_range"),
    ],
)
async def test_a_commission_is_to_one_by_a_day_to_come_for_a_fee_in_yuan(
    group: Group, unchanged: Unchanged, fields: dict[str, Any], code: str
) -> None:
    new = {"site_code": SITE, "brief": "解读", "due_on": "2026-03-20", **fields}
    async with unchanged():
        refused = await group.send(EDITOR, "POST", "/v1/commissions", new)
    assert [fault["code"] for fault in refused.json()["faults"]] == [code]


async def test_only_a_policy_is_interpreted(group: Group, unchanged: Unchanged) -> None:
    news = await group.draft(kind="news")
    new = {"site_code": SITE, "brief": "解读", "due_on": "2026-03-20", "medium": "蚌埠日报"}
    async with unchanged():
        for item, status in ((news["id"], 422), (NOWHERE, 404)):
            body = {**new, "interprets": item}
            refused = await group.send(EDITOR, "POST", "/v1/commissions", body)
            assert refused.status_code == status


async def test_register_and_commissions_are_the_site_s_own(
    group: Group, announced: Announced, unchanged: Unchanged
) -> None:
    given = await _given(group)
    (expert,) = (await group.send(EDITOR, "GET", "/v1/experts")).json()["items"]
    changed = {**ENTRY, "affiliation": "安徽财经大学"}
    async with unchanged():
        for actor, status in ((STRANGER, 404), (LEADER, 403)):
            assert (
                await send(group, actor, "experts", expert, body=changed)
            ).status_code == status
            refused = await _step(group, given, "cancelled", actor, reason="x")
            assert refused.status_code == status
        new = {**ENTRY, "organization": "340300-zfb"}
        assert (await group.send(STRANGER, "POST", "/v1/experts", new)).status_code == 403
        half = await _step(group, given, "cancelled")
        assert half.json()["faults"][0]["code"] == "reason_missing"
    done = await send(group, EDITOR, "experts", expert, body=changed)
    assert done.json()["affiliation"] == "安徽财经大学"
    assert (await announced())[-1] == "content.expert.changed"
    for path in ("experts", "commissions"):
        assert (await group.send(STRANGER, "GET", f"/v1/{path}")).json()["items"] == []
    assert (await group.send(STRANGER, "GET", f"/v1/commissions/{given['id']}")).status_code == 404
    assert (await group.send(LEADER, "GET", f"/v1/commissions/{given['id']}")).json() == given
