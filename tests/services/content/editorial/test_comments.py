from typing import Any

import pytest

from tests.factories.content import COUNTY_EDITOR, EDITOR, LEADER, Group
from tests.services.content.conftest import Announced, Unchanged

REMARK = {"revision": 1, "field": "body", "start": 0, "end": 5, "remark": "主送机关不全。"}


async def _comment(group: Group, actor: Any, item: Any, **fields: Any) -> Any:
    return await group.send(
        actor, "POST", f"/v1/items/{item['id']}/comments", {**REMARK, **fields}
    )


async def test_a_remark_keeps_what_it_is_about_and_is_settled(
    group: Group, announced: Announced
) -> None:
    item = await group.submitted()
    made = await _comment(group, LEADER, item)
    assert made.status_code == 201, made.text
    assert (made.json()["quote"], made.json()["author"]) == (item["body"][:5], LEADER.id)
    path = f"/v1/comments/{made.json()['id']}/settlement"
    done = await group.send(EDITOR, "POST", path, version=1)
    assert done.json()["settled_by"] == EDITOR.id
    listed = (await group.send(LEADER, "GET", f"/v1/items/{item['id']}/comments")).json()
    assert listed["items"] == [done.json()]
    assert (await announced())[-2:] == ["content.item.commented", "content.comment.settled"]
    again = await group.send(EDITOR, "POST", path, version=2)
    assert again.json()["type"] == "/problems/already-dealt-with"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"start": 5, "end": 4}, 422),
        ({"end": 10_000}, 422),
        ({"field": "summary", "end": 1}, 422),
        ({"field": "source"}, 422),
        ({"revision": 2}, 404),
        ({"remark": " "}, 422),
    ],
)
async def test_a_remark_stands_somewhere_in_a_text(
    group: Group, unchanged: Unchanged, fields: dict[str, Any], status: int
) -> None:
    item = await group.draft()
    async with unchanged():
        refused = await _comment(group, LEADER, item, **fields)
    assert refused.status_code == status, refused.text


async def test_strangers_neither_read_nor_write_remarks(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.draft()
    made = (await _comment(group, LEADER, item)).json()
    async with unchanged():
        assert (await _comment(group, COUNTY_EDITOR, item)).status_code == 404
        path = f"/v1/comments/{made['id']}/settlement"
        assert (await group.send(COUNTY_EDITOR, "POST", path, version=1)).status_code == 404
    listed = await group.send(COUNTY_EDITOR, "GET", f"/v1/items/{item['id']}/comments")
    assert listed.json()["items"] == []
