from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shared.db import Sessions
from shared.outbox import OutboxMessage
from tests.factories.content import EDITOR, LEADER, SITE, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import bearer
from tests.support.queries import CountQueries

REASON = {"reason": "内容有误"}


def _address(item: Any) -> str:
    return f"/v1/items/{item['id']}/withdrawal"


async def test_a_withdrawn_item_is_gone_from_everywhere(group: Group) -> None:
    item = await group.released(title="关于饮水安全的通告", doc_no="蚌政办秘〔2017〕97号")
    everywhere = (
        "/v1/public/items",
        f"/v1/public/items?id={item['id']}",
        f"/v1/public/items?site_code={SITE}",
        f"/v1/public/columns/{item['column_id']}/items",
        "/v1/public/search?q=饮水",
        "/v1/public/search?q=蚌政办秘〔2017〕97号",
        *(f"/v1/public/sites/{SITE}/feed.{form}" for form in ("atom", "rss", "json")),
        f"/v1/public/columns/{item['column_id']}/feed.json",
        f"/v1/public/sites/{SITE}/catalogue",
        "/v1/public/policies/in-force",
    )
    for path in everywhere:
        assert item["id"] in (await group.client.get(path)).text, path
    done = await group.send(LEADER, "POST", _address(item), REASON)
    assert done.status_code == 200, done.text
    for path in everywhere:
        gone = await group.client.get(path)
        assert gone.status_code == 200
        assert item["id"] not in gone.text, path
    for part in ("", "/labels", "/share", "/qr.svg", "/visits"):
        gone = await group.client.get(f"/v1/public/items/{item['id']}{part}")
        assert (gone.status_code, gone.json()["kind"]) == (410, "mistaken"), part


async def test_a_withdrawal_leaves_a_tombstone_in_the_changes(
    group: Group, announced: Announced
) -> None:
    item = await group.released()
    done = await group.send(LEADER, "POST", _address(item), REASON)
    changes = (await group.client.get("/v1/public/changes")).json()["changes"]
    assert [change["act"] for change in changes] == ["released", "withdrawn"]
    assert changes[0]["item"] is None
    assert changes[-1] == {
        "seq": done.json()["seq"],
        "act": "withdrawn",
        "item_id": item["id"],
        "site_code": SITE,
        "at": "2026-03-02T01:00:00Z",
        "item": None,
    }
    assert REASON["reason"] not in str(changes)
    assert (await announced())[-1] == "content.item.withdrawn"


async def test_first_publication_survives_withdrawal_and_return(
    group: Group, watch: Watch
) -> None:
    item = await group.released()
    await group.send(LEADER, "POST", _address(item), REASON)
    item = await group.cleared_again(item)
    watch.turn(timedelta(days=3))
    wanted = {"items": [{"item_id": item["id"], "version": item["version"]}]}
    again = await group.client.post("/v1/releases", json=wanted, headers=bearer(EDITOR, watch()))
    assert again.status_code == 201, again.text
    shown = (await group.client.get(f"/v1/public/items/{item['id']}")).json()
    assert shown["first_public_at"] == "2026-03-02T01:00:00Z"
    assert shown["updated_at"] == "2026-03-05T01:00:00Z"


async def test_withdrawing_takes_authority_and_something_public(
    group: Group, unchanged: Unchanged
) -> None:
    item, draft = await group.released(), await group.draft()
    async with unchanged():
        for actor, of, status in (
            (EDITOR, item, 403),
            (STRANGER, item, 403),
            (None, item, 401),
            (LEADER, draft, 404),
            (LEADER, {"id": "019c0000-0000-7000-8000-000000000000"}, 404),
        ):
            refused = await group.send(actor, "POST", _address(of), REASON)
            assert refused.status_code == status, refused.text


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "\x00"}, {"reason": "字" * 2001}])
async def test_a_withdrawal_says_why(group: Group, unchanged: Unchanged, body: Any) -> None:
    item = await group.released()
    async with unchanged():
        assert (await group.send(LEADER, "POST", _address(item), body)).status_code == 422


async def test_an_item_is_not_withdrawn_twice(group: Group, unchanged: Unchanged) -> None:
    item = await group.released()
    await group.send(LEADER, "POST", _address(item), REASON)
    async with unchanged():
        assert (await group.send(LEADER, "POST", _address(item), REASON)).status_code == 404


async def test_what_was_superseded_leads_to_what_came_in_its_place(
    group: Group, announced: Announced
) -> None:
    old, new = await group.released(), await group.released(title="新的通知")
    done = await group.withdraw(old, kind="superseded", successor=new["id"])
    assert (done["kind"], done["also"]) == ("superseded", [])
    gone = await group.client.get(f"/v1/public/items/{old['id']}")
    assert gone.status_code == 410
    assert gone.headers["Content-Type"] == "application/problem+json"
    told = gone.json()
    assert (told["type"], told["kind"], told["successor"], told["at"]) == (
        "/problems/gone",
        "superseded",
        new["id"],
        "2026-03-02T01:00:00+00:00",
    )
    assert old["title"] not in gone.text
    assert REASON["reason"] not in gone.text
    assert (await announced())[-1] == "content.item.withdrawn"


async def test_nobody_is_told_what_was_withdrawn_for_security(
    group: Group, sessions: Sessions
) -> None:
    item = await group.released()
    await group.withdraw(item, kind="security", reason="含有不应公开的接口地址")
    gone = await group.client.get(f"/v1/public/items/{item['id']}")
    assert gone.status_code == 410
    assert set(gone.json()) == {"type", "title", "status", "detail", "request_id"}
    async with sessions() as session:
        last = select(OutboxMessage.data).order_by(OutboxMessage.position.desc()).limit(1)
        event = await session.scalar(last)
    assert (event["kind"], event["reason"]) == (None, "该内容已不再公开。")
    path = f"/v1/items/{item['id']}/public-history"
    steps = (await group.send(EDITOR, "GET", path)).json()["items"]
    assert (steps[0]["kind"], steps[0]["reason"], steps[0]["by"]) == (
        "security",
        "含有不应公开的接口地址",
        LEADER.id,
    )
    assert (await group.send(STRANGER, "GET", path)).status_code == 404


async def test_what_never_was_public_is_not_gone(group: Group) -> None:
    draft = await group.draft()
    for item_id in (draft["id"], "019c0000-0000-7000-8000-000000000000"):
        assert (await group.client.get(f"/v1/public/items/{item_id}")).status_code == 404


async def test_a_policy_takes_its_interpretations_along(
    group: Group, announced: Announced
) -> None:
    policy = await group.released()
    read = [await group.released(kind="interpretation", interprets=policy["id"]) for _ in range(2)]
    deeper = await group.released(kind="interpretation", interprets=read[0]["id"])
    done = await group.withdraw(policy, kind="expired")
    assert set(done["also"]) == {item["id"] for item in (*read, deeper)}
    for item in (policy, *read, deeper):
        gone = await group.client.get(f"/v1/public/items/{item['id']}")
        assert (gone.status_code, gone.json()["kind"]) == (410, "expired")
    changes = (await group.client.get("/v1/public/changes")).json()["changes"]
    assert [change["seq"] for change in changes if change["act"] == "withdrawn"] == [5] * 4
    assert (await announced())[-4:] == ["content.item.withdrawn"] * 4


async def test_what_depends_on_an_item_is_told_before_it_is_withdrawn(
    group: Group, count_queries: CountQueries
) -> None:
    policy, older = await group.released(), await group.released(title="旧规定")
    read = await group.released(kind="interpretation", interprets=policy["id"], title="解读")
    column = group.county_columns["policies"]
    done = await group.answer(await group.owed(policy), answer="accept", column_id=column)
    mark = {"state": "repealed", "successor": policy["id"], "reason": "清理"}
    assert (await group.send(LEADER, "POST", f"/v1/items/{older['id']}/validity", mark)).is_success
    path = f"/v1/items/{policy['id']}/impact"
    with count_queries(2):
        told = await group.send(EDITOR, "GET", path)
    found = {item["item_id"]: (item["relation"], item["leaves"]) for item in told.json()["items"]}
    assert found == {
        read["id"]: ("interpretation", True),
        done.json()["repost_id"]: ("repost", True),
        older["id"]: ("replaced", False),
    }
    assert (await group.send(STRANGER, "GET", path)).status_code == 403
    draft = await group.draft()
    assert (await group.send(EDITOR, "GET", f"/v1/items/{draft['id']}/impact")).status_code == 404


async def test_only_what_was_superseded_has_a_public_successor(
    group: Group, unchanged: Unchanged
) -> None:
    item, draft = await group.released(), await group.draft()
    async with unchanged():
        for fields, code in (
            ({"kind": "mistaken", "successor": item["id"]}, "successor_misplaced"),
            ({"kind": "superseded", "successor": item["id"]}, "not_public"),
            ({"kind": "superseded", "successor": draft["id"]}, "not_public"),
            ({"kind": "forgotten"}, "enum"),
        ):
            refused = await group.send(LEADER, "POST", _address(item), REASON | fields)
            assert refused.status_code == 422
            assert [fault["code"] for fault in refused.json()["faults"]] == [code]


async def test_what_was_withdrawn_goes_out_again_only_after_new_reviews(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.released()
    done = await group.send(LEADER, "POST", _address(item), REASON)
    assert done.status_code == 200, done.text
    path = f"/v1/items/{item['id']}"
    item = (await group.send(EDITOR, "GET", path)).json()
    assert (item["stage"], item["return_reason"], item["approvals"]) == (
        "draft",
        REASON["reason"],
        [],
    )
    async with unchanged():
        refused = await group.release(item)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/not-releasable")
    item = await group.submit(item)
    assert item["stage"] == "in_review"
    assert (await group.release(await group.clear(item))).status_code == 201


async def test_an_approved_text_restored_after_its_withdrawal_is_reviewed_anew(
    group: Group,
) -> None:
    item = await group.released()
    text = {"title": item["title"], "body": "另一段正文。", "source": item["source"]}
    path = f"/v1/items/{item['id']}"
    version = (await group.send(EDITOR, "GET", path)).json()["version"]
    other = (await group.send(EDITOR, "PUT", path, text, version=version)).json()
    await group.withdraw(item)
    version = (await group.send(EDITOR, "GET", path)).json()["version"]
    restored = f"{path}/revisions/1/restoration"
    item = (await group.send(EDITOR, "POST", restored, version=version)).json()
    assert item["content_hash"] != other["content_hash"]
    assert (await group.submit(item))["stage"] == "in_review"
