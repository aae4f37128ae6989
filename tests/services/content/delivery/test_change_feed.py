"""A node that was cut off catches up by cursor, with nothing missing and nothing doubled."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, update

from services.content.delivery.change_feed import LostPlace, Place, check_place
from services.content.release.models import Change
from shared.db import Sessions
from tests.factories.content import COUNTY_SITE, EDITOR, SITE, Group
from tests.services.content.conftest import Watch
from tests.support.people import NOW, bearer

ROUNDS, AT_ONCE = 4, 5


@dataclass
class Node:
    """What a county node holds: the items that are public to it, and every step it was told."""

    client: httpx.AsyncClient
    site_code: str | None = None
    next: str | None = None
    items: dict[str, Any] = field(default_factory=dict)
    steps: list[tuple[int, str]] = field(default_factory=list)
    graves: set[str] = field(default_factory=set)

    async def catch_up(self, first: int = 3) -> int:
        """Follow the feed until nothing more comes; return how many steps were told."""
        told = 0
        while steps := await self.turn(first):
            told += len(steps)
        return told

    async def turn(self, first: int = 3) -> Sequence[Any]:
        asked = {"since": self.next, "site_code": self.site_code, "first": first}
        wanted = {name: value for name, value in asked.items() if value is not None}
        answer = await self.client.get("/v1/public/changes", params=wanted)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        self.next = page["next"]
        for step in page["changes"]:
            self._take(step)
        changes: list[Any] = page["changes"]
        return changes

    def _take(self, step: Any) -> None:
        self.steps.append((step["seq"], step["item_id"]))
        if step["act"] == "withdrawn":
            self.items.pop(step["item_id"], None)
            self.graves.add(step["item_id"])
        elif step["item"] is not None:  # else a later step says what became of it
            self.items[step["item_id"]] = step["item"]


async def _public(client: httpx.AsyncClient) -> dict[str, Any]:
    found, after = {}, ""
    while after is not None:
        page = (
            await client.get(f"/v1/public/items?first=100{after and f'&after={after}'}")
        ).json()
        found |= {item["id"]: item for item in page["items"]}
        after = page["next"]
    return found


async def test_a_node_cut_off_while_many_write_at_once_catches_up(
    real_group: Group, real_client: httpx.AsyncClient
) -> None:
    follower, cut_off = Node(real_client), Node(real_client)
    standing = [await real_group.released(title=f"旧文件{one}") for one in range(AT_ONCE)]
    await cut_off.catch_up()
    writing = True

    async def follow() -> None:
        while writing:
            await follower.turn()
            await asyncio.sleep(0)

    following = asyncio.ensure_future(follow())
    for round_ in range(ROUNDS):
        titles = [f"第{round_}轮文件{one}" for one in range(AT_ONCE)]
        ready = [await real_group.cleared(title=title) for title in titles]
        done = await asyncio.gather(
            *(real_group.release(item) for item in ready),
            *(real_group.withdraw(item) for item in standing),
        )
        assert {answer.status_code for answer in done[:AT_ONCE]} == {201}
        standing = ready
    writing = False
    await following
    newcomer = Node(real_client)
    public = await _public(real_client)
    assert len(public) == AT_ONCE
    for node in (follower, cut_off, newcomer):
        await node.catch_up()
        assert node.items == public
        assert len(node.steps) == len(set(node.steps)) == AT_ONCE * (1 + 2 * ROUNDS)
        assert node.steps == sorted(node.steps, key=lambda step: step[0])
    assert sorted(follower.steps) == sorted(cut_off.steps) == sorted(newcomer.steps)
    assert len(newcomer.graves) == AT_ONCE * ROUNDS


async def test_a_node_of_one_site_is_told_of_that_site_alone(group: Group) -> None:
    await group.released()
    county, city = Node(group.client, COUNTY_SITE), Node(group.client, SITE)
    assert (await county.catch_up(), await city.catch_up()) == (0, 1)
    assert await county.catch_up() == 0


async def test_a_correction_replaces_what_the_node_holds(group: Group, watch: Watch) -> None:
    item = await group.released(title="原标题")
    node = Node(group.client)
    await node.catch_up()
    read = (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()
    corrected = await group.revised(read, title="更正后的标题", correction_note="标题有误")
    watch.turn(timedelta(minutes=1))
    wanted = {"items": [{"item_id": item["id"], "version": corrected["version"]}]}
    done = await group.client.post("/v1/releases", json=wanted, headers=bearer(EDITOR, watch()))
    assert done.status_code == 201, done.text
    assert await node.catch_up() == 1
    assert node.items[item["id"]]["title"] == "更正后的标题"


async def test_a_node_ahead_of_a_restored_backup_is_told_to_begin_anew(
    group: Group, sessions: Sessions
) -> None:
    await group.released()
    node = Node(group.client)
    await node.catch_up()
    kept = node.next
    lost = await group.released()
    await node.catch_up()
    ahead = node.next
    async with sessions.begin() as session:
        await session.execute(delete(Change).where(Change.item_id == lost["id"]))
    refused = await group.client.get(f"/v1/public/changes?since={ahead}")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/lost-place")
    node.next = kept
    assert await node.catch_up() == 0


async def test_a_number_given_again_after_a_restored_backup_is_another_place(
    group: Group, sessions: Sessions
) -> None:
    await group.released()
    node = Node(group.client)
    await node.catch_up()
    async with sessions.begin() as session:
        await session.execute(update(Change).values(at=NOW + timedelta(hours=1)))
    refused = await group.client.get(f"/v1/public/changes?since={node.next}")
    assert refused.json()["type"] == "/problems/lost-place"


@pytest.mark.parametrize("since", ["0", "x" * 1001, "WyIwIl0.forged"])
async def test_a_cursor_that_is_none_of_ours_is_refused_by_name(group: Group, since: str) -> None:
    refused = await group.client.get("/v1/public/changes", params={"since": since})
    assert refused.status_code in {400, 422}
    assert refused.json()["type"] in {"/problems/invalid-cursor", "/problems/invalid"}


def test_a_place_reads_as_it_was_sealed() -> None:
    for place in (Place(), Place(7, NOW)):
        assert Place.read(place.parts) == place
    assert check_place(Place.read(["7"]), NOW) == Place(7, NOW)
    assert check_place(Place(), None) == Place()
    with pytest.raises(LostPlace):
        check_place(Place.read(["7"]), None)
