import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text, update

from services.content.registry.models import Site
from services.content.release.commands.publishing import take_turn
from services.content.release.models import Live
from services.content.release.schedule import CLOCK
from shared.auth import Permission
from shared.contracts.registry import SiteState
from shared.db import Sessions
from shared.uow import BeginAs, beginner
from tests.factories.content import (
    CITY,
    COUNTY_EDITOR,
    COUNTY_SITE,
    EDITOR,
    LEADER,
    Group,
)
from tests.services.content.conftest import Announced, Hear, Unchanged, Watch
from tests.support.people import person

NEW = {"title": "更正后的通知", "body": "更正后的正文。", "correction_note": "更正第一段"}


@pytest.fixture
def real_begin(real_sessions: Sessions, watch: Watch) -> BeginAs:
    return beginner(real_sessions, watch, "/content")


async def _taken(group: Group, item: Any, **fields: Any) -> Any:
    new = {"item_id": item["id"], "column_id": group.county_columns["policies"], **fields}
    done = await group.send(COUNTY_EDITOR, "POST", "/v1/reposts", new)
    assert done.status_code == 201, done.text
    return done.json()


async def _revised(group: Group, item: Any, **fields: Any) -> Any:
    read = (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()
    return await group.revised(read, **{**NEW, **fields})


async def _corrected(group: Group, item: Any, **fields: Any) -> Any:
    done = await group.release(await _revised(group, item, **fields))
    assert done.status_code == 201, done.text
    return done.json()


async def _repost(group: Group, taken: Any) -> Any:
    return await group.public({"id": taken["item_id"]})


async def test_reposts_show_a_new_edition_in_the_act_of_its_release(
    group: Group, announced: Announced
) -> None:
    item = await group.released()
    taken = await _taken(group, item, local_note="请遵照执行。")
    address = f"/v1/public/items/{taken['item_id']}"
    before = await group.client.get(address)
    release = await _corrected(group, item)
    source, repost = await group.public(item), await _repost(group, taken)
    for name in ("title", "body", "content_hash", "correction_note", "corrections", "index_no"):
        assert repost[name] == source[name], name
    assert repost["origin"]["content_hash"] == source["content_hash"]
    assert repost["release_seq"] == source["release_seq"] == release["seq"]
    assert (repost["local_note"], repost["url"]) == ("请遵照执行。", taken["url"])
    assert repost["origin"]["hops"] == taken["hops"]
    etag = before.headers["ETag"]
    again = await group.client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.headers["ETag"] == etag) == (200, False)
    etag = again.headers["ETag"]
    held = await group.client.get(address, headers={"If-None-Match": etag})
    assert held.status_code == 304
    changes = (await group.client.get("/v1/public/changes")).json()["changes"]
    step = [one for one in changes if one["seq"] == release["seq"]]
    assert {one["item_id"] for one in step} == {item["id"], taken["item_id"]}
    assert (await announced())[-2:] == ["content.item.released"] * 2


async def test_what_a_search_finds_of_a_repost_follows_its_text(group: Group) -> None:
    item = await group.released()
    taken = await _taken(group, item)
    await _corrected(group, item, body="关于防汛抗旱的正文。")
    found = await group.client.get(
        "/v1/public/search", params={"q": "防汛抗旱", "site_code": COUNTY_SITE}
    )
    assert [hit["id"] for hit in found.json()["items"]] == [taken["item_id"]]


@pytest.mark.parametrize("state", [SiteState.SUSPENDED, SiteState.CLOSED])
async def test_a_correction_reaches_reposts_on_sites_that_do_not_run(
    group: Group, sessions: Sessions, state: SiteState
) -> None:
    item = await group.released()
    taken = await _taken(group, item)
    async with sessions.begin() as session:
        stopped = update(Site).where(Site.code == COUNTY_SITE).values(state=state)
        await session.execute(stopped)
    await _corrected(group, item)
    assert (await _repost(group, taken))["body"] == NEW["body"]
    await group.withdraw(item)
    gone = await group.client.get(f"/v1/public/items/{taken['item_id']}")
    assert gone.status_code == 410


async def test_a_mark_of_validity_stands_on_reposts_too(group: Group) -> None:
    item, successor = await group.released(), await group.released()
    taken = await _taken(group, item)
    mark = {"state": "repealed", "reason": "由新文件取代", "successor": successor["id"]}
    done = await group.send(LEADER, "POST", f"/v1/items/{item['id']}/validity", mark)
    assert done.status_code == 201, done.text
    repost = await _repost(group, taken)
    assert repost["validity"] == (await group.public(item))["validity"]
    assert repost["validity"]["successor"]["id"] == successor["id"]
    replaced = (await group.public(successor))["replaces"]
    assert [one["id"] for one in replaced] == [item["id"]]
    late = await _taken(group, successor)
    assert (await _repost(group, late))["replaces"] == []


async def test_a_repost_itself_is_marked_only_at_its_origin(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.released()
    taken = await _taken(group, item)
    leader = person(Permission.WITHDRAW, at=CITY, name="city-leader")
    mark = {"state": "repealed", "reason": "废止"}
    async with unchanged():
        path = f"/v1/items/{taken['item_id']}/validity"
        refused = await group.send(leader, "POST", path, mark)
        assert (refused.status_code, refused.json()["type"]) == (
            409,
            "/problems/not-the-original",
        )
        assert refused.json()["origin_item_id"] == item["id"]


async def test_reposts_leave_in_the_act_that_takes_their_source_back(
    group: Group, announced: Announced
) -> None:
    policy = await group.released()
    explained = await group.released(kind="interpretation", interprets=policy["id"])
    taken = [
        await _taken(group, policy),
        await _taken(group, explained, column_id=group.county_columns["interpretations"]),
    ]
    done = await group.withdraw(policy)
    assert done["also"] == [explained["id"]]
    for one in taken:
        gone = await group.client.get(f"/v1/public/items/{one['item_id']}")
        assert gone.status_code == 410
    changes = (await group.client.get("/v1/public/changes")).json()["changes"]
    assert [one["seq"] for one in changes][-4:] == [done["seq"]] * 4
    assert (await announced()).count("content.item.withdrawn") == 4


async def test_a_repost_that_its_source_left_behind_is_taken_back_when_that_is_heard(
    group: Group, sessions: Sessions, hear: Hear
) -> None:
    item = await group.released()
    taken = await _taken(group, item)
    here = update(Live).where(Live.item_id == taken["item_id"])
    async with sessions.begin() as session:
        await session.execute(here.values(origin_item_id=uuid4()))
    await group.withdraw(item, kind="expired")
    async with sessions.begin() as session:
        await session.execute(here.values(origin_item_id=item["id"]))
    await hear()
    gone = await group.client.get(f"/v1/public/items/{taken['item_id']}")
    assert (gone.status_code, gone.json()["kind"]) == (410, "expired")


async def test_what_came_back_and_was_ordered_anew_outlasts_the_withdrawal_before(
    group: Group, hear: Hear, watch: Watch
) -> None:
    item = await group.released()
    first = await group.owed(item)
    await group.withdraw(item)
    watch.turn(timedelta(minutes=1))  # and the worker has not heard of it yet
    done = await group.release(await group.cleared_again(item))
    assert done.status_code == 201, done.text
    second = await group.owed(item)
    given = {"answer": "accept", "column_id": group.county_columns["policies"]}
    settled = (await group.answer(second, **given)).json()
    await hear()
    listed = (await group.send(COUNTY_EDITOR, "GET", "/v1/obligations")).json()["items"]
    states = {one["id"]: one["state"] for one in listed}
    assert states[first["id"]] == "withdrawn"
    assert states[second["id"]] == "live_claimed"
    assert (await _repost(group, {"item_id": settled["repost_id"]}))["origin"]["item_id"]


async def test_a_repost_placed_while_its_source_is_corrected_ends_with_the_new_text(
    real_group: Group, real_sessions: Sessions, real_begin: BeginAs
) -> None:
    item = await real_group.released()
    async with real_begin(CLOCK, "correction") as uow:
        await take_turn(uow)
        placing = asyncio.create_task(_taken(real_group, item))
        await _waits(real_sessions)
        corrected = update(Live).where(Live.item_id == UUID(item["id"]))
        await uow.session.execute(corrected.values(body="新的正文。", content_hash="f" * 64))
    repost = await _repost(real_group, await placing)
    assert (repost["body"], repost["content_hash"]) == ("新的正文。", "f" * 64)


async def _waits(sessions: Sessions) -> None:
    """Return once somebody waits for a turn."""
    here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    waiting = text(f"SELECT count(*) FROM pg_locks WHERE NOT granted AND {here}")  # noqa: S608  # our own
    async with sessions() as session:
        for _ in range(1000):
            if await session.scalar(waiting):
                return
            await asyncio.sleep(0.02)
    pytest.fail("nobody waits")


async def test_corrections_and_reposts_at_once_end_alike(real_group: Group) -> None:
    for _ in range(3):
        item = await real_group.released()
        revised = await _revised(real_group, item)
        taken, released = await asyncio.gather(
            _taken(real_group, item), real_group.release(revised)
        )
        assert released.status_code == 201, released.text
        repost, source = await _repost(real_group, taken), await real_group.public(item)
        for name in ("title", "body", "content_hash"):
            assert repost[name] == source[name]


async def test_a_repost_placed_while_its_source_is_withdrawn_is_gone_with_it(
    real_group: Group,
) -> None:
    for _ in range(4):
        item = await real_group.released()
        new = {"item_id": item["id"], "column_id": real_group.county_columns["policies"]}
        answered, _ = await asyncio.gather(
            real_group.send(COUNTY_EDITOR, "POST", "/v1/reposts", new),
            real_group.withdraw(item),
        )
        assert answered.status_code in {201, 404}, answered.text
        assert (await real_group.client.get("/v1/public/items")).json()["items"] == []
