from datetime import timedelta
from typing import Any

import pytest

from tests.factories.content import EDITOR, LEADER, SITE, STRANGER, Group
from tests.services.content.conftest import Announced, Unchanged, Watch
from tests.support.people import bearer

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
    )
    for path in everywhere:
        assert item["id"] in (await group.client.get(path)).text, path
    done = await group.send(LEADER, "POST", _address(item), REASON)
    assert done.status_code == 200, done.text
    for path in everywhere:
        gone = await group.client.get(path)
        assert gone.status_code == 200
        assert item["id"] not in gone.text, path
    assert (await group.client.get(f"/v1/public/items/{item['id']}")).status_code == 410


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
